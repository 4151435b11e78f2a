CREATE TABLE `account_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`fingerprint` text NOT NULL,
	`sealed_key` text NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_keys_once` ON `account_keys` (`account_id`,`fingerprint`);--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`company` text NOT NULL,
	`currency` text NOT NULL,
	`time_zone` text DEFAULT '' NOT NULL,
	`lock_date` text,
	`tax_calculation` text DEFAULT '' NOT NULL,
	`auto_discounts` integer DEFAULT false NOT NULL,
	`epoch` integer DEFAULT 1 NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `activity` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`store_hash` text NOT NULL,
	`account_id` text NOT NULL,
	`at` text NOT NULL,
	`kind` text NOT NULL,
	`order_id` integer,
	`outcome` text NOT NULL,
	`note` text NOT NULL,
	`ms` integer NOT NULL,
	`calls` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `activity_store` ON `activity` (`store_hash`,`at`);--> statement-breakpoint
CREATE INDEX `activity_order` ON `activity` (`store_hash`,`order_id`,`at`);--> statement-breakpoint
CREATE TABLE `link_tries` (
	`store_hash` text PRIMARY KEY NOT NULL,
	`tries` integer NOT NULL,
	`since` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `one_time_codes` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`subject` text NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `one_time_codes_expiry` ON `one_time_codes` (`expires_at`);--> statement-breakpoint
CREATE TABLE `order_payments` (
	`store_hash` text NOT NULL,
	`order_id` integer NOT NULL,
	`account_id` text NOT NULL,
	`mark` text NOT NULL,
	`method` text NOT NULL,
	`amount` text NOT NULL,
	`currency` text NOT NULL,
	`account` text DEFAULT '' NOT NULL,
	`reference` text NOT NULL,
	`paid_at` text NOT NULL,
	`state` text NOT NULL,
	`why` text DEFAULT '' NOT NULL,
	`cin7_payment_id` text,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`store_hash`, `order_id`, `mark`)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`store_hash` text NOT NULL,
	`order_id` integer NOT NULL,
	`account_id` text NOT NULL,
	`placed_at` text NOT NULL,
	`modified_at` text DEFAULT '' NOT NULL,
	`status_id` integer NOT NULL,
	`status` text DEFAULT '' NOT NULL,
	`customer` text DEFAULT '' NOT NULL,
	`email` text DEFAULT '' NOT NULL,
	`currency` text DEFAULT '' NOT NULL,
	`total` text DEFAULT '0' NOT NULL,
	`total_sort` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`noted_for` text,
	`settings_version` integer,
	`generation` integer DEFAULT 1 NOT NULL,
	`met_at` text,
	`sale_id` text,
	`sale_number` text,
	`stages` text DEFAULT '' NOT NULL,
	`invoice_task_id` text,
	`invoice_number` text,
	`reserved` text DEFAULT '[]' NOT NULL,
	`picture` text,
	`updated_at` text NOT NULL,
	PRIMARY KEY(`store_hash`, `order_id`)
);
--> statement-breakpoint
CREATE INDEX `orders_state` ON `orders` (`store_hash`,`state`,`order_id`);--> statement-breakpoint
CREATE INDEX `orders_updated` ON `orders` (`store_hash`,`updated_at`);--> statement-breakpoint
CREATE INDEX `orders_sale` ON `orders` (`account_id`,`sale_id`);--> statement-breakpoint
CREATE TABLE `problem_orders` (
	`store_hash` text NOT NULL,
	`key` text NOT NULL,
	`order_id` integer NOT NULL,
	PRIMARY KEY(`store_hash`, `key`, `order_id`)
);
--> statement-breakpoint
CREATE INDEX `problem_orders_order` ON `problem_orders` (`store_hash`,`order_id`);--> statement-breakpoint
CREATE TABLE `problems` (
	`store_hash` text NOT NULL,
	`key` text NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`area` text NOT NULL,
	`facts` text NOT NULL,
	`holds` integer NOT NULL,
	`raised_at` text NOT NULL,
	`seen_at` text NOT NULL,
	`cleared_at` text,
	PRIMARY KEY(`store_hash`, `key`)
);
--> statement-breakpoint
CREATE INDEX `problems_open` ON `problems` (`store_hash`,`cleared_at`,`raised_at`);--> statement-breakpoint
CREATE TABLE `products` (
	`account_id` text NOT NULL,
	`product_id` text NOT NULL,
	`sku` text NOT NULL,
	`sku_fold` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`revenue_account` text,
	`active` integer NOT NULL,
	`bom` integer DEFAULT false NOT NULL,
	`read_at` text NOT NULL,
	PRIMARY KEY(`account_id`, `product_id`)
);
--> statement-breakpoint
CREATE INDEX `products_sku` ON `products` (`account_id`,`sku_fold`);--> statement-breakpoint
CREATE TABLE `settings_versions` (
	`store_hash` text NOT NULL,
	`version` integer NOT NULL,
	`account_id` text NOT NULL,
	`document` text NOT NULL,
	`changes` text NOT NULL,
	`saved_by` text NOT NULL,
	`saved_at` text NOT NULL,
	PRIMARY KEY(`store_hash`, `version`)
);
--> statement-breakpoint
CREATE TABLE `shared_things` (
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`cin7_id` text,
	`name` text,
	`claimed_by` text NOT NULL,
	`claimed_at` text NOT NULL,
	PRIMARY KEY(`account_id`, `kind`, `key`)
);
--> statement-breakpoint
CREATE TABLE `store_credentials` (
	`store_hash` text PRIMARY KEY NOT NULL,
	`connection` text NOT NULL,
	`client_id` text NOT NULL,
	`sealed_token` text NOT NULL,
	`sealed_client_secret` text,
	`sealed_hook_secret` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stores` (
	`hash` text PRIMARY KEY NOT NULL,
	`store_id` text DEFAULT '' NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`domain` text DEFAULT '' NOT NULL,
	`control_panel_url` text DEFAULT '' NOT NULL,
	`currency` text DEFAULT '' NOT NULL,
	`country` text DEFAULT '' NOT NULL,
	`time_zone` text DEFAULT 'UTC' NOT NULL,
	`prices_include_tax` integer DEFAULT false NOT NULL,
	`connection` text NOT NULL,
	`state` text NOT NULL,
	`epoch` integer DEFAULT 1 NOT NULL,
	`account_id` text,
	`scopes` text DEFAULT '' NOT NULL,
	`look_before` text NOT NULL,
	`hooks_checked_at` text,
	`uninstall_hint_at` text,
	`swept_at` text,
	`connected_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `stores_account` ON `stores` (`account_id`);--> statement-breakpoint
CREATE INDEX `stores_swept` ON `stores` (`state`,`swept_at`);--> statement-breakpoint
CREATE TABLE `used_tokens` (
	`jti` text PRIMARY KEY NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `used_tokens_expiry` ON `used_tokens` (`expires_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`store_hash` text NOT NULL,
	`user_id` integer NOT NULL,
	`email` text NOT NULL,
	`locale` text DEFAULT 'en-US' NOT NULL,
	`owner` integer NOT NULL,
	`role` text NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`removed_at` integer,
	`first_seen_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	PRIMARY KEY(`store_hash`, `user_id`)
);
