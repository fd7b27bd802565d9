CREATE TABLE "summed_stream" (
	"station" uuid NOT NULL,
	"stream" uuid NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "summed_stream_station_stream_pk" PRIMARY KEY("station","stream")
);
