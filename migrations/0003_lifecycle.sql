CREATE TABLE `alert_addresses` (
	`store_hash` text NOT NULL,
	`area` text NOT NULL,
	`account_id` text NOT NULL,
	`email` text NOT NULL,
	`saved_by` text NOT NULL,
	`saved_at` text NOT NULL,
	`sent_at` text,
	PRIMARY KEY(`store_hash`, `area`)
);
--> statement-breakpoint
CREATE TABLE `alerts_sent` (
	`store_hash` text NOT NULL,
	`key` text NOT NULL,
	`account_id` text NOT NULL,
	`raised_at` text NOT NULL,
	`sent_at` text NOT NULL,
	PRIMARY KEY(`store_hash`, `key`)
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`store_hash` text NOT NULL,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL,
	`what` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_store` ON `audit` (`store_hash`,`at`);--> statement-breakpoint
CREATE TABLE `disconnects` (
	`store_hash` text PRIMARY KEY NOT NULL,
	`account_id` text,
	`choice` text NOT NULL,
	`begun_at` text NOT NULL,
	`ended_at` text
);
--> statement-breakpoint
CREATE TABLE `first_runs` (
	`store_hash` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`looked_at` text,
	`found` text,
	`off_by` text,
	`off_at` text,
	`tried_at` text,
	`tried_orders` integer,
	`tried_tie` integer
);
--> statement-breakpoint
CREATE TABLE `kept_links` (
	`id` text PRIMARY KEY NOT NULL,
	`store_hash` text NOT NULL,
	`account_id` text NOT NULL,
	`source` text NOT NULL,
	`rows` integer NOT NULL,
	`sealed` text NOT NULL,
	`keep_until` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `kept_links_store` ON `kept_links` (`store_hash`,`account_id`,`source`);--> statement-breakpoint
CREATE INDEX `kept_links_until` ON `kept_links` (`keep_until`);--> statement-breakpoint
CREATE TABLE `user_answers` (
	`store_hash` text NOT NULL,
	`user_id` integer NOT NULL,
	`answered_at` text NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`store_hash`, `user_id`)
);
