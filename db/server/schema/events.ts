import { bigint, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { digest, instant } from "./columns.ts";

export const stream = pgTable(
	"stream",
	{
		station: uuid().notNull(),
		id: uuid().notNull(),
		ackedSeq: bigint("acked_seq", { mode: "number" }).notNull(),
		head: digest().notNull(),
		/** How far it stands in an export. */
		backedUpSeq: bigint("backed_up_seq", { mode: "number" }).notNull(),
		/** Up to here its old events were cut (server/retention). */
		redactedSeq: bigint("redacted_seq", { mode: "number" }).notNull().default(0),
		openedAt: instant("opened_at").notNull(),
		/** Where it went on from another: a fork, that an administrator is shown. */
		fromStream: uuid("from_stream"),
		fromSeq: bigint("from_seq", { mode: "number" }),
	},
	(table) => [
		primaryKey({ columns: [table.station, table.id] }),
		// Asked when a station opens a stream, whether another has it.
		index("stream_id").on(table.id),
	],
);

/** `text` is the event's exact JSON as the station wrote it: what the hash is over. */
export const event = pgTable(
	"event",
	{
		station: uuid().notNull(),
		stream: uuid().notNull(),
		seq: bigint({ mode: "number" }).notNull(),
		eventId: uuid("event_id").notNull(),
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

/** Requests of a station that were refused, by code: counted, so that an administrator sees them. */
export const refused = pgTable(
	"rejected_request",
	{
		station: uuid().notNull(),
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
 * How this database was backed up last, a row for each way. Not part of an export. Small and read everywhere: on every
 * machine where the tables are spread.
 */
export const backup = pgTable("backup", {
	method: text().$type<BackupMethod>().primaryKey(),
	/** What came before this moment is in it; null before the first. */
	at: instant("at"),
	/** When an instance began with one: meanwhile the others leave it alone. */
	begunAt: instant("begun_at"),
});

/** By `paihao server export` and its schedule, or by means of the administrator's own. */
export type BackupMethod = "export" | "own";
