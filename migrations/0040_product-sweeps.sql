CREATE TABLE `product_sweeps` (
	`account_id` text PRIMARY KEY NOT NULL,
	`seen_to` text NOT NULL,
	`whole_at` text NOT NULL,
	`swept_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `product_sweeps_swept` ON `product_sweeps` (`swept_at`);