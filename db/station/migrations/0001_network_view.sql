CREATE TABLE `network_view` (
	`id` integer PRIMARY KEY NOT NULL,
	`known_at` integer NOT NULL
);
