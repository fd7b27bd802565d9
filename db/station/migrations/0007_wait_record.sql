ALTER TABLE `ticket` ADD `wait_low_ms` integer;--> statement-breakpoint
ALTER TABLE `ticket` ADD `wait_middle_ms` integer;--> statement-breakpoint
ALTER TABLE `ticket` ADD `wait_high_ms` integer;