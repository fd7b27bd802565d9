CREATE TABLE `web_push_subscription` (
	`ticket` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`endpoint` text NOT NULL,
	`p256dh` text NOT NULL,
	`auth` text NOT NULL,
	`language` text NOT NULL,
	`last_notice` text,
	`subscribed_at` integer NOT NULL,
	FOREIGN KEY (`ticket`) REFERENCES `ticket`(`id`) ON UPDATE no action ON DELETE no action
);
