CREATE TABLE `packed_day` (
	`service_day` text PRIMARY KEY NOT NULL,
	`format` integer NOT NULL,
	`names` text NOT NULL,
	`cells` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `statistics_progress` (
	`id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL
);
