CREATE TABLE "backup" (
	"way" text PRIMARY KEY NOT NULL,
	"at" bigint,
	"begun_at" bigint
);
