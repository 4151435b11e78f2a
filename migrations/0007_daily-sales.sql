CREATE TABLE `day_sales` (
	`store_hash` text NOT NULL,
	`day_sale` integer NOT NULL,
	`account_id` text NOT NULL,
	`day` text NOT NULL,
	`zone` text NOT NULL,
	`cut` text NOT NULL,
	`stem` text NOT NULL,
	`location` text NOT NULL,
	`members` integer NOT NULL,
	PRIMARY KEY(`store_hash`, `day_sale`)
);
--> statement-breakpoint
ALTER TABLE `orders` ADD `day_cut` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `day_sale` integer;--> statement-breakpoint
CREATE INDEX `orders_day` ON `orders` (`store_hash`,`day_sale`);