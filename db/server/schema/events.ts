import { bigint, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { EventId, StationId, StreamId } from "../../../protocol/model/ids.ts";
import { digest, instant } from "./columns.ts";

export const stream = pgTable(
	"stream",
	{
		station: uuid().$type<StationId>().notNull(),
		id: uuid().$type<StreamId>().notNull(),
		ackedSeq: bigint("acked_seq", { mode: "number" }).notNull(),
		head: digest().notNull(),
		/** How far it is in a backup. */
		backedUpSeq: bigint("backed_up_seq", { mode: "number" }).notNull(),
		/** Up to here its old events are redacted (server/retention). */
		redactedSeq: bigint("redacted_seq", { mode: "number" }).notNull().default(0),
		openedAt: instant("opened_at").notNull(),
		/** The event of another stream that it continues: a fork, which the fleet's page shows. */
		fromStream: uuid("from_stream").$type<StreamId>(),
		fromSeq: bigint("from_seq", { mode: "number" }),
	},
	(table) => [
		primaryKey({ columns: [table.station, table.id] }),
		// When a station opens a stream: whether another station has it.
		index("stream_id").on(table.id),
	],
);

/**
 * `text` is the event's exact JSON as the station wrote it. The hash is over it. In 32 parts by the hash of the station,
 * written into the migration by hand because drizzle cannot express it: a year of many stations stays in indexes that fit
 * into memory, and a part can be vacuumed by itself.
 */
export const event = pgTable(
	"event",
	{
		station: uuid().$type<StationId>().notNull(),
		stream: uuid().$type<StreamId>().notNull(),
		seq: bigint({ mode: "number" }).notNull(),
		eventId: uuid("event_id").$type<EventId>().notNull(),
		type: text().notNull(),
		at: instant("at").notNull(),
		text: text().notNull(),
		hash: digest().notNull(),
		receivedAt: instant("received_at").notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.station, table.stream, table.seq] }),
		unique("event_once").on(table.station, table.eventId),
	],
);

/** How many requests of a station were refused, by code, for the fleet's page. */
export const refused = pgTable(
	"rejected_request",
	{
		station: uuid().$type<StationId>().notNull(),
		code: text().notNull(),
		count: integer().notNull(),
		lastAt: instant("last_at").notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.station, table.code] }),
		index("refused_last").on(table.station, table.lastAt),
	],
);

/**
 * The last backup of this database, a row for each method. Not part of an export. A small table that every machine of a
 * distributed database holds.
 */
export const backup = pgTable("backup", {
	method: text().$type<BackupMethod>().primaryKey(),
	/** It has everything that came before this moment; null before the first. */
	at: instant("at"),
	/** When an instance began one: the others wait meanwhile. */
	begunAt: instant("begun_at"),
});

/** `export`: by `paihao server export` or its schedule. `own`: by the administrator's own tools. */
export type BackupMethod = "export" | "own";
