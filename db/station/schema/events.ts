import { asc, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { EventType } from "../../../protocol/events/event.ts";
import type { EventId, SiteId, StreamId } from "../../../protocol/model/ids.ts";

/*
 * All of the station's data is in one SQLite file. Instants are UTC milliseconds; service days are ISO dates fixed at
 * issue. Every change of a ticket or a print job is written with its event in one transaction.
 */

/**
 * The station's own streams. One is open. After a fork (a cloned or restored disk) a new one continues, and the one before
 * ends with the last event that station and server share.
 */
export const stream = sqliteTable("stream", {
	id: text().$type<StreamId>().primaryKey(),
	/** The site whose tickets these are: a folder never changes it. */
	site: text().$type<SiteId>().notNull(),
	/** Events in the station's log before the stream's first: event `n` of the stream is at place base + n. */
	base: integer().notNull(),
	/** Sequence and hash of the last event: the head that the next event is chained to. */
	seq: integer().notNull(),
	head: text().notNull(),
	openedAt: integer("opened_at").notNull(),
	endedAt: integer("ended_at"),
	/** The event of another stream that it continues: the last one that station and server share. */
	fromStream: text("from_stream").$type<StreamId>(),
	fromSeq: integer("from_seq"),
	/** How far the server had it at the last answer; kept so that a station without a network knows what is unsent. */
	ackedSeq: integer("acked_seq").notNull().default(0),
	/** How far the server has it in a backup. */
	backedUpSeq: integer("backed_up_seq").notNull().default(0),
});

/** Orders streams by their place in the log, never by a clock. Of several that begin at one place only the last has events or is open. */
export const STREAMS_IN_ORDER = [asc(stream.base), asc(stream.seq), sql`${stream.endedAt} is null`];

/**
 * The station's log. `seq` is the place in it: no fork changes it, and a ticket's place in the queue comes from it.
 * `text` is the event's exact JSON, as it is hashed, sent and printed; it is never rebuilt from columns.
 */
export const event = sqliteTable(
	"event",
	{
		seq: integer().primaryKey(),
		id: text().$type<EventId>().notNull(),
		type: text().$type<EventType>().notNull(),
		at: integer().notNull(),
		text: text().notNull(),
		hash: text().notNull(),
		/**
		 * After a fork, the text of an event that the server has already in a deleted stream: `text` is then only an
		 * `event.duplicate`.
		 */
		original: text(),
	},
	// Finds the last roll without reading the whole log: the tickets since then are the events after it.
	(table) => [index("event_roll").on(table.seq).where(sql`${table.type} = 'printer.roll-changed'`)],
);
