ALTER TABLE "station" ADD COLUMN "report_since" bigint;--> statement-breakpoint
ALTER TABLE "station" ADD COLUMN "forks_seen" jsonb;--> statement-breakpoint
CREATE INDEX "command_of_administrator" ON "command" USING btree ("station","number") WHERE "command"."made_by" is not null;--> statement-breakpoint
CREATE INDEX "command_of_the_day" ON "command" USING btree ("made_at") WHERE "command"."made_by" is not null;