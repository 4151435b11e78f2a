CREATE TABLE `product_sweeps` (
	`account_id` text PRIMARY KEY NOT NULL,
	`seen_to` text NOT NULL,
	`whole_at` text NOT NULL,
	`swept_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `product_sweeps_swept` ON `product_sweeps` (`swept_at`);--> statement-breakpoint
ALTER TABLE `orders` ADD `unpaid_method` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `erased_at` text;--> statement-breakpoint
CREATE INDEX `orders_unpaid` ON `orders` (`store_hash`,`unpaid_method`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `charge_trial` text;