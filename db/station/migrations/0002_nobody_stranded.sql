CREATE TABLE `ended_session` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`by` text,
	`counter` text,
	`ended_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `session` ADD `pause_reason` text;--> statement-breakpoint
ALTER TABLE `ticket` ADD `calls_before_leg` integer DEFAULT 0 NOT NULL;