CREATE TABLE `asked_mails` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`store_hash` text NOT NULL,
	`recipient` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `asked_mails_recipient` ON `asked_mails` (`recipient`,`at`);--> statement-breakpoint
CREATE INDEX `asked_mails_at` ON `asked_mails` (`at`);--> statement-breakpoint
ALTER TABLE `alert_addresses` ADD `confirmed_at` text;--> statement-breakpoint
-- Who hears of trouble today goes on hearing.
UPDATE `alert_addresses` SET `confirmed_at` = `saved_at`;
