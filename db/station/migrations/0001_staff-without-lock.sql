ALTER TABLE `staff` DROP COLUMN `failed_pins`;--> statement-breakpoint
ALTER TABLE `staff` DROP COLUMN `locked_until`;