CREATE TABLE `documents` (
	`store_hash` text NOT NULL,
	`order_id` integer NOT NULL,
	`generation` integer NOT NULL,
	`kind` text NOT NULL,
	`mark` text NOT NULL,
	`account_id` text NOT NULL,
	`cin7_id` text,
	`number` text DEFAULT '' NOT NULL,
	`state` text NOT NULL,
	`total` text,
	`currency` text DEFAULT '' NOT NULL,
	`day` text,
	`waits_for` text DEFAULT '' NOT NULL,
	`items` text,
	`at` text NOT NULL,
	PRIMARY KEY(`store_hash`, `order_id`, `generation`, `kind`, `mark`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sale_lines` (
	`store_hash` text NOT NULL,
	`order_id` integer NOT NULL,
	`generation` integer NOT NULL,
	`account_id` text NOT NULL,
	`currency` text NOT NULL,
	`rate` text NOT NULL,
	`tax_inclusive` integer NOT NULL,
	`location` text NOT NULL,
	`net` text NOT NULL,
	`tax` text NOT NULL,
	`total` text NOT NULL,
	`settings_version` integer NOT NULL,
	`lines` text,
	`sold` text,
	PRIMARY KEY(`store_hash`, `order_id`, `generation`)
) WITHOUT ROWID;
