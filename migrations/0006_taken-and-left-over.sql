ALTER TABLE `orders` ADD `facts` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `rounding` text;