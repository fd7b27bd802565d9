ALTER TABLE "administrator" DROP COLUMN "failed_attempts";--> statement-breakpoint
ALTER TABLE "administrator" DROP COLUMN "locked_until";