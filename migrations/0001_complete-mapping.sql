CREATE TABLE `decisions` (
	`store_hash` text NOT NULL,
	`account_id` text NOT NULL,
	`key` text NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`store_hash`, `key`)
);
--> statement-breakpoint
ALTER TABLE `accounts` ADD `negative_charges` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `zero_price` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `waits_for` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_waits` ON `orders` (`store_hash`,`waits_for`);