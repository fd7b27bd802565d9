import { asc, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { EventType } from "../../../protocol/events/event.ts";

/*
 * The station's whole memory is one SQLite file. Instants are UTC milliseconds; service days are ISO dates fixed at
 * issue. Every change of a ticket or a print job stands beside its event in the same transaction.
 */

/**
 * The station's own streams. One is open; after a fork (a cloned or restored disk) another goes on, and the one
 * before ends where both agree with the server.
 */
export const stream = sqliteTable("stream", {
	id: text().primaryKey(),
	/** The site whose tickets these are: a folder never changes it. */
	site: text().notNull(),
	/** Events in the station's log before the stream's first: event `n` of the stream is at place base + n. */
	base: integer().notNull(),
	/** Sequence and hash of the last event: the head that the next event is chained to. */
	seq: integer().notNull(),
	head: text().notNull(),
	openedAt: integer("opened_at").notNull(),
	endedAt: integer("ended_at"),
	/** Where it went on from another: the last event that station and server agreed on. */
	fromStream: text("from_stream"),
	fromSeq: integer("from_seq"),
	/** How far the server has it, as it last said; kept so that a station without a network can tell what is unsent. */
	ackedSeq: integer("acked_seq").notNull().default(0),
	/** How far the server has it in a backup. */
	backedUpSeq: integer("backed_up_seq").notNull().default(0),
});

/** Orders streams by their place in the log, never by a clock. Of several that begin at one place only the last has events or is open. */
export const STREAMS_IN_ORDER = [asc(stream.base), asc(stream.seq), sql`${stream.endedAt} is null`];

/**
 * The station's log: `seq` is the place in it, which no fork changes, and which a ticket's place in line is taken
 * from. `text` is the event's exact JSON: what is hashed, sent and printed; nothing is rebuilt from columns.
 */
export const event = sqliteTable(
	"event",
	{
		seq: integer().primaryKey(),
		id: text().notNull(),
		type: text().$type<EventType>().notNull(),
		at: integer().notNull(),
		text: text().notNull(),
		hash: text().notNull(),
		/**
		 * After a fork, an event that the server has already in a stream that is gone: `text` then only says so, and
		 * this is what happened.
		 */
		original: text(),
	},
	// Found without reading the whole stream: what came out since the last roll is the events after it.
	(table) => [index("event_roll").on(table.seq).where(sql`${table.type} = 'printer.roll-changed'`)],
);
