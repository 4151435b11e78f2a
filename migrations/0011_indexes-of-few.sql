DROP INDEX `orders_sale`;--> statement-breakpoint
DROP INDEX `orders_waits`;--> statement-breakpoint
DROP INDEX `orders_unpaid`;--> statement-breakpoint
DROP INDEX `orders_day`;--> statement-breakpoint
CREATE INDEX `orders_waiting` ON `orders` (`store_hash`,`waits_for`) WHERE waits_for > '';--> statement-breakpoint
CREATE INDEX `orders_held_unpaid` ON `orders` (`store_hash`,`unpaid_method`) WHERE unpaid_method IS NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_of_day` ON `orders` (`store_hash`,`day_sale`) WHERE day_sale IS NOT NULL;