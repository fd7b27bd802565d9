CREATE TABLE `known_printer` (
	`place` text PRIMARY KEY NOT NULL,
	`abilities` text,
	`spooler_job` text,
	`options` text,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `print_job` ADD `printer` text;