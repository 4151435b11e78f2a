CREATE TABLE `health_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`store_hash` text NOT NULL,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	`side` text NOT NULL,
	`what` text NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `health_events_store` ON `health_events` (`store_hash`,`at`);--> statement-breakpoint
CREATE TABLE `sales_sweeps` (
	`account_id` text PRIMARY KEY NOT NULL,
	`seen_to` text NOT NULL,
	`swept_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sales_sweeps_swept` ON `sales_sweeps` (`swept_at`);--> statement-breakpoint
CREATE TABLE `sweeps` (
	`store_hash` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`seen_to` text DEFAULT '' NOT NULL,
	`line` text DEFAULT '' NOT NULL,
	`nightly_at` text NOT NULL
);
