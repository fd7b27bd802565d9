ALTER TABLE `expected_visit` ADD `sequence` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `expected_visit` ADD `listed_as` text DEFAULT 'event' NOT NULL;