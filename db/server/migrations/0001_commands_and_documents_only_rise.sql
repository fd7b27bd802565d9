ALTER TABLE "command" ALTER COLUMN "number" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "document" ALTER COLUMN "version" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "station" ALTER COLUMN "commands" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "command" ADD COLUMN "follows" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "enrolment_code" ADD COLUMN "site" text;--> statement-breakpoint
UPDATE "command" SET "follows" = "number" - 1;--> statement-breakpoint
UPDATE "enrolment_code" SET "site" = "station"."site" FROM "station" WHERE "station"."id" = "enrolment_code"."station";
