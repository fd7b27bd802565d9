CREATE TABLE "administrator" (
	"name" text PRIMARY KEY NOT NULL,
	"salt" text NOT NULL,
	"hash" text NOT NULL,
	"failed_attempts" integer NOT NULL,
	"locked_until" bigint
);
--> statement-breakpoint
CREATE TABLE "administrator_session" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"administrator" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "command" (
	"station" uuid NOT NULL,
	"number" bigint NOT NULL,
	"previous_number" bigint DEFAULT 0 NOT NULL,
	"action" jsonb NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"outcome" text,
	"reason" text,
	"outcome_at" bigint,
	CONSTRAINT "command_station_number_pk" PRIMARY KEY("station","number")
);
--> statement-breakpoint
CREATE TABLE "document" (
	"kind" text NOT NULL,
	"version" bigint NOT NULL,
	"text" text NOT NULL,
	"signer" text NOT NULL,
	"signature" text NOT NULL,
	"issued_at" bigint NOT NULL,
	"published_by" text NOT NULL,
	CONSTRAINT "document_kind_version_pk" PRIMARY KEY("kind","version")
);
--> statement-breakpoint
CREATE TABLE "signer" (
	"position" integer PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "backup" (
	"method" text PRIMARY KEY NOT NULL,
	"at" bigint,
	"begun_at" bigint
);
--> statement-breakpoint
CREATE TABLE "event" (
	"station" uuid NOT NULL,
	"stream" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"event_id" uuid NOT NULL,
	"type" text NOT NULL,
	"at" bigint NOT NULL,
	"text" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"received_at" bigint NOT NULL,
	CONSTRAINT "event_station_stream_seq_pk" PRIMARY KEY("station","stream","seq"),
	CONSTRAINT "event_once" UNIQUE("station","event_id")
) PARTITION BY HASH ("station");
--> statement-breakpoint
DO $$ BEGIN
	FOR part IN 0..31 LOOP
		EXECUTE format('CREATE TABLE "event_%s" PARTITION OF "event" FOR VALUES WITH (MODULUS 32, REMAINDER %s)', lpad(part::text, 2, '0'), part);
	END LOOP;
END $$;
--> statement-breakpoint
CREATE TABLE "rejected_request" (
	"station" uuid NOT NULL,
	"code" text NOT NULL,
	"count" integer NOT NULL,
	"last_at" bigint NOT NULL,
	CONSTRAINT "rejected_request_station_code_pk" PRIMARY KEY("station","code")
);
--> statement-breakpoint
CREATE TABLE "stream" (
	"station" uuid NOT NULL,
	"id" uuid NOT NULL,
	"acked_seq" bigint NOT NULL,
	"head" "bytea" NOT NULL,
	"backed_up_seq" bigint NOT NULL,
	"redacted_seq" bigint DEFAULT 0 NOT NULL,
	"opened_at" bigint NOT NULL,
	"from_stream" uuid,
	"from_seq" bigint,
	CONSTRAINT "stream_station_id_pk" PRIMARY KEY("station","id")
);
--> statement-breakpoint
CREATE TABLE "phone_ticket" (
	"station" uuid NOT NULL,
	"code_digest" text NOT NULL,
	"ticket" jsonb NOT NULL,
	"reported_at" bigint NOT NULL,
	CONSTRAINT "phone_ticket_station_code_digest_pk" PRIMARY KEY("station","code_digest")
);
--> statement-breakpoint
CREATE TABLE "enrolment_code" (
	"station" uuid NOT NULL,
	"digest" text NOT NULL,
	"site" text,
	"expires_at" bigint NOT NULL,
	"used_at" bigint,
	CONSTRAINT "enrolment_code_station_digest_pk" PRIMARY KEY("station","digest")
);
--> statement-breakpoint
CREATE TABLE "station" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"public_key" text,
	"enrolled_at" bigint,
	"revoked_at" bigint,
	"last_seen_at" bigint,
	"clock_offset" integer,
	"report" jsonb,
	"report_since" bigint,
	"forks_reviewed" jsonb,
	"commands" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "command_of_administrator" ON "command" USING btree ("station","number") WHERE "command"."created_by" is not null;--> statement-breakpoint
CREATE INDEX "command_open" ON "command" USING btree ("station","number") WHERE "command"."outcome" is null;--> statement-breakpoint
CREATE INDEX "command_of_the_day" ON "command" USING btree ("created_at") WHERE "command"."created_by" is not null;--> statement-breakpoint
CREATE INDEX "refused_last" ON "rejected_request" USING btree ("station","last_at");--> statement-breakpoint
CREATE INDEX "stream_id" ON "stream" USING btree ("id");--> statement-breakpoint
CREATE INDEX "phone_ticket_code" ON "phone_ticket" USING btree ("code_digest");--> statement-breakpoint
CREATE INDEX "enrolment_code_digest" ON "enrolment_code" USING btree ("digest");