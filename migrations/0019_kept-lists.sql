CREATE TABLE `kept_lists` (
	`store_hash` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`form` integer NOT NULL,
	`lists` text NOT NULL
);
