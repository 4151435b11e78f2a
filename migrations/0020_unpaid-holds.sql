ALTER TABLE `orders` ADD `unpaid_method` text;--> statement-breakpoint
CREATE INDEX `orders_unpaid` ON `orders` (`store_hash`,`unpaid_method`);