CREATE TABLE `catalogue_source` (
	`digest` text PRIMARY KEY NOT NULL,
	`loaded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `catalogue_translation` (
	`entity` text NOT NULL,
	`id` text NOT NULL,
	`language` text NOT NULL,
	`field` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`entity`, `id`, `language`, `field`)
);
--> statement-breakpoint
CREATE TABLE `location` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`example` integer NOT NULL,
	`timezone` text NOT NULL,
	`day_starts_at` text NOT NULL,
	`counters` text NOT NULL,
	`latitude` real,
	`longitude` real,
	`source` text NOT NULL,
	`assured_date` text NOT NULL,
	`confirm_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `organization` (
	`id` text PRIMARY KEY NOT NULL,
	`phone` text
);
--> statement-breakpoint
CREATE TABLE `required_document` (
	`service_id` text NOT NULL,
	`position` integer NOT NULL,
	`document` text NOT NULL,
	PRIMARY KEY(`service_id`, `position`)
);
--> statement-breakpoint
CREATE TABLE `schedule` (
	`location_id` text NOT NULL,
	`position` integer NOT NULL,
	`rule` text NOT NULL,
	PRIMARY KEY(`location_id`, `position`)
);
--> statement-breakpoint
CREATE TABLE `service` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`group` text NOT NULL,
	`rank` integer NOT NULL,
	`icon` text NOT NULL,
	`minutes` integer NOT NULL,
	`source` text NOT NULL,
	`assured_date` text NOT NULL,
	`confirm_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `service_at_location` (
	`service_id` text NOT NULL,
	`location_id` text NOT NULL,
	PRIMARY KEY(`service_id`, `location_id`)
);
--> statement-breakpoint
CREATE TABLE `topic_group` (
	`id` text PRIMARY KEY NOT NULL,
	`series` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `paired_device` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`credential_hash` text NOT NULL,
	`paired_at` integer NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `paired_device_credential_hash_unique` ON `paired_device` (`credential_hash`);--> statement-breakpoint
CREATE TABLE `pairing_code` (
	`digest` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `event` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`text` text NOT NULL,
	`hash` text NOT NULL,
	`original` text
);
--> statement-breakpoint
CREATE INDEX `event_roll` ON `event` (`seq`) WHERE "event"."type" = 'printer.roll-changed';--> statement-breakpoint
CREATE TABLE `stream` (
	`id` text PRIMARY KEY NOT NULL,
	`site` text NOT NULL,
	`base` integer NOT NULL,
	`seq` integer NOT NULL,
	`head` text NOT NULL,
	`opened_at` integer NOT NULL,
	`ended_at` integer,
	`from_stream` text,
	`from_seq` integer,
	`acked_seq` integer DEFAULT 0 NOT NULL,
	`backed_up_seq` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `executed_command` (
	`station` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`outcome` text NOT NULL,
	PRIMARY KEY(`station`, `number`)
);
--> statement-breakpoint
CREATE TABLE `network_site` (
	`site` text PRIMARY KEY NOT NULL,
	`view` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `network_view` (
	`id` integer PRIMARY KEY NOT NULL,
	`known_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `pulled_document` (
	`station` text NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`signer` text NOT NULL,
	`signature` text NOT NULL,
	`pulled_at` integer NOT NULL,
	PRIMARY KEY(`station`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `counter_setting` (
	`counter` text PRIMARY KEY NOT NULL,
	`topics` text,
	`languages` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `session` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`staff` text NOT NULL,
	`counter` text NOT NULL,
	`opened_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`paused_at` integer,
	FOREIGN KEY (`staff`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`pin_salt` blob NOT NULL,
	`pin_hash` blob NOT NULL,
	`failed_pins` integer NOT NULL,
	`locked_until` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_name_unique` ON `staff` (`name`);--> statement-breakpoint
CREATE TABLE `topic_setting` (
	`topic` text PRIMARY KEY NOT NULL,
	`open` integer NOT NULL,
	`quota` integer
);
--> statement-breakpoint
CREATE TABLE `expected_visit` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`kind` text NOT NULL,
	`code_digest` text NOT NULL,
	`service_day` text NOT NULL,
	`at` integer NOT NULL,
	`topic` text NOT NULL,
	`language` text,
	`party_size` integer NOT NULL,
	`from_site` text,
	`from_ticket` text,
	`ticket` text,
	`withdrawn_at` integer,
	FOREIGN KEY (`ticket`) REFERENCES `ticket`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `expected_visit_source_unique` ON `expected_visit` (`source`);--> statement-breakpoint
CREATE INDEX `expected_visit_code` ON `expected_visit` (`code_digest`,`service_day`);--> statement-breakpoint
CREATE TABLE `number_counter` (
	`service_day` text NOT NULL,
	`series` text NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`service_day`, `series`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `print_job` (
	`id` text PRIMARY KEY NOT NULL,
	`ticket` text NOT NULL,
	`copy` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`ticket`) REFERENCES `ticket`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `print_job_copy` ON `print_job` (`ticket`,`copy`);--> statement-breakpoint
CREATE INDEX `print_job_open` ON `print_job` (`created_at`) WHERE "print_job"."state" in ('queued', 'sending', 'sent');--> statement-breakpoint
CREATE TABLE `ticket` (
	`id` text PRIMARY KEY NOT NULL,
	`request_key` text NOT NULL,
	`code` text NOT NULL,
	`service_day` text NOT NULL,
	`series` text NOT NULL,
	`ordinal` integer NOT NULL,
	`number` text NOT NULL,
	`topic` text NOT NULL,
	`next_topics` text,
	`language` text,
	`party_size` integer NOT NULL,
	`class` text NOT NULL,
	`queue_position` integer NOT NULL,
	`behind` integer,
	`rating` integer,
	`note` text,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`counter` text,
	`reserved_for` text,
	`outcome` text,
	`before` text,
	`calls` integer NOT NULL,
	`issued_seq` integer NOT NULL,
	`arrived_at` integer NOT NULL,
	`since` integer NOT NULL,
	`called_at` integer,
	`not_before` integer,
	`ahead_at_issue` integer NOT NULL,
	`wait_min_minutes` integer,
	`wait_max_minutes` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `ticket_request_key` ON `ticket` (`request_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `ticket_number` ON `ticket` (`service_day`,`series`,`ordinal`);--> statement-breakpoint
CREATE INDEX `ticket_waiting` ON `ticket` (`service_day`,`class`,case when "class" = 'appointment' then "queue_position" else 0 end,case when "behind" is null then "issued_seq" else "behind" end) WHERE "ticket"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX `ticket_held` ON `ticket` (`service_day`,`state`) WHERE "ticket"."state" in ('called', 'serving', 'parked', 'missed');--> statement-breakpoint
CREATE INDEX `ticket_at_counter` ON `ticket` (`counter`) WHERE "ticket"."state" in ('called', 'serving');--> statement-breakpoint
CREATE TABLE `ticket_interval` (
	`ticket` text NOT NULL,
	`version` integer NOT NULL,
	`state` text NOT NULL,
	`topic` text NOT NULL,
	`counter` text,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`ticket`, `version`),
	FOREIGN KEY (`ticket`) REFERENCES `ticket`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
