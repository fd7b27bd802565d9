CREATE TABLE "network_day" (
	"service_day" text PRIMARY KEY NOT NULL,
	"revisions" bigint NOT NULL,
	"roll_up" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "station_day" (
	"station" uuid NOT NULL,
	"service_day" text NOT NULL,
	"revision" bigint NOT NULL,
	"roll_up" text NOT NULL,
	"visits" integer NOT NULL,
	"arrivals" integer NOT NULL,
	"no_shows" integer NOT NULL,
	"abandoned" integer NOT NULL,
	"closed" integer NOT NULL,
	"called" integer NOT NULL,
	"wait_seconds" bigint NOT NULL,
	"in_time" integer NOT NULL,
	"judged" integer NOT NULL,
	CONSTRAINT "station_day_station_service_day_pk" PRIMARY KEY("station","service_day")
);
--> statement-breakpoint
CREATE TABLE "ticket_history" (
	"station" uuid NOT NULL,
	"ticket" uuid NOT NULL,
	"history" jsonb NOT NULL,
	CONSTRAINT "ticket_history_station_ticket_pk" PRIMARY KEY("station","ticket")
);
--> statement-breakpoint
CREATE INDEX "station_day_by_day" ON "station_day" USING btree ("service_day","station","revision");