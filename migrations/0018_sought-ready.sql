DROP INDEX `orders_state`;--> statement-breakpoint
DROP INDEX `orders_sought`;--> statement-breakpoint
CREATE INDEX `orders_state` ON `orders` (`store_hash`,`state`,`order_id`,`account_id`);--> statement-breakpoint
-- As `worker/lib/db/schema/sought.ts` writes it: by hand, as drizzle-kit takes an expression apart at its commas.
CREATE INDEX `orders_sought` ON `orders` (`store_hash`,`order_id`,lower(coalesce(sale_number, '') || char(10) || replace(replace(replace(coalesce(ordered, ''), '","quantity":', char(1)), '},{"sku":"', char(2)), '[{"sku":"', char(2))),lower(customer || char(10) || email));
