ALTER TABLE `required_document` ADD `use` text;--> statement-breakpoint
ALTER TABLE `service` ADD `details` text;