import { type SQLWrapper, sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Restorable } from "../../../protocol/events/event.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { PrintState } from "../../../protocol/model/print.ts";
import type { TicketClass, TicketOutcome, TicketState } from "../../../protocol/model/ticket.ts";

/*
 * number_counter, ticket, ticket_interval and print_job are WITHOUT ROWID, written into the migration by
 * hand (drizzle has no word for it): a text key's table and its index are then one tree, and a ticket's
 * commit writes eleven pages instead of fifteen.
 */

/** The last number given of each series on each service day. */
export const numberCounter = sqliteTable(
	"number_counter",
	{
		serviceDay: text("service_day").notNull(),
		series: text().notNull(),
		last: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.serviceDay, table.series] })],
);

/** An appointment stands by its time, the others by their arrival. */
export const positionInClass = (of: { class: SQLWrapper; queuePosition: SQLWrapper }) =>
	sql`case when ${of.class} = 'appointment' then ${of.queuePosition} else 0 end`;
/** Who gave way stands behind another. Without a comma, at which drizzle-kit would cut the index's expression. */
export const positionInQueue = (of: { behind: SQLWrapper; issuedSeq: SQLWrapper }) =>
	sql`case when ${of.behind} is null then ${of.issuedSeq} else ${of.behind} end`;

export const ticket = sqliteTable(
	"ticket",
	{
		id: text().primaryKey(),
		/** The request's own key, made once per visit: it makes a repeated tap the same ticket. */
		requestKey: text("request_key").notNull(),
		/**
		 * For the phone page: random, never shown on a public screen. Looked up within its service day, so
		 * it has no index of its own: a random place in one would be one more page of every durable commit.
		 */
		code: text().notNull(),
		serviceDay: text("service_day").notNull(),
		series: text().notNull(),
		ordinal: integer().notNull(),
		number: text().notNull(),
		topic: text().notNull(),
		/** The topics that follow, in turn; null where there is none. */
		nextTopics: text("next_topics", { mode: "json" }).$type<string[]>(),
		/** Null once it was cut (station/retention): the language of an old visit is nobody's business. */
		language: text().$type<Language>(),
		partySize: integer("party_size").notNull(),
		class: text().$type<TicketClass>().notNull(),
		/** From when its place in the line counts: the arrival, less what its class is given ahead. */
		queuePosition: integer("queue_position").notNull(),
		/** Where it gave way to others: the issue of the ticket that it stands behind now. */
		behind: integer(),
		/** What the visitor said of the visit, 1 to 5. */
		rating: integer(),
		/** What staff wrote about the visit, for each other. */
		note: text(),
		state: text().$type<TicketState>().notNull(),
		version: integer().notNull(),
		counter: text(),
		/** The only counter that may call it, where it was sent to one. */
		reservedFor: text("reserved_for"),
		outcome: text().$type<TicketOutcome>(),
		/** As it was before the last act, so that it can be undone; null where there is nothing to undo. */
		before: text({ mode: "json" }).$type<Restorable>(),
		calls: integer().notNull(),
		/** Sequence of the event that issued it: the place in the line. A clock may go back, this never does. */
		issuedSeq: integer("issued_seq").notNull(),
		arrivedAt: integer("arrived_at").notNull(),
		since: integer().notNull(),
		calledAt: integer("called_at"),
		/** Until then "next" leaves the ticket alone: it was called and nobody came. */
		notBefore: integer("not_before"),
		/** What the paper says, as it was at issue: a reprint must say the same. */
		aheadAtIssue: integer("ahead_at_issue").notNull(),
		waitMinMinutes: integer("wait_min_minutes"),
		waitMaxMinutes: integer("wait_max_minutes"),
	},
	(table) => [
		uniqueIndex("ticket_request_key").on(table.requestKey),
		uniqueIndex("ticket_number").on(table.serviceDay, table.series, table.ordinal),
		// The waiting list is read at every call and for every picture of the board: neither history nor a long
		// line must slow that down, so that it lies in the order of statements.ts, headOfClass.
		index("ticket_waiting")
			.on(table.serviceDay, table.class, positionInClass(table), positionInQueue(table))
			.where(sql`${table.state} = 'waiting'`),
		index("ticket_held")
			.on(table.serviceDay, table.state)
			.where(sql`${table.state} in ('called', 'serving', 'parked', 'missed')`),
		index("ticket_at_counter").on(table.counter).where(sql`${table.state} in ('called', 'serving')`),
	],
);

/**
 * Visitors who are expected: bookings, and those whom another site sends on. Nobody is named: a code, a time
 * and a topic. `source` is a digest of where it came from, so that the same file read again changes nothing.
 */
export const expectedVisit = sqliteTable(
	"expected_visit",
	{
		id: text().primaryKey(),
		source: text().notNull().unique(),
		kind: text().$type<"appointment" | "referral">().notNull(),
		/** SHA-256 of the code, hex: who reads the file cannot check in with it. */
		codeDigest: text("code_digest").notNull(),
		serviceDay: text("service_day").notNull(),
		at: integer().notNull(),
		topic: text().notNull(),
		language: text().$type<Language>(),
		partySize: integer("party_size").notNull(),
		/** The first leg of a referral. */
		fromSite: text("from_site"),
		fromTicket: text("from_ticket"),
		/** The ticket that it became; null until its visitor comes. */
		ticket: text().references(() => ticket.id),
		withdrawnAt: integer("withdrawn_at"),
	},
	(table) => [index("expected_visit_code").on(table.codeDigest, table.serviceDay)],
);

/** Every state a ticket was in, from when to when: durations are queries, never guesses. */
export const ticketInterval = sqliteTable(
	"ticket_interval",
	{
		ticket: text()
			.notNull()
			.references(() => ticket.id),
		/** The ticket's version when it entered the state. */
		version: integer().notNull(),
		state: text().$type<TicketState>().notNull(),
		/** The topic at that time: a transfer begins the second leg of the visit. */
		topic: text().notNull(),
		counter: text(),
		startedAt: integer("started_at").notNull(),
		endedAt: integer("ended_at"),
	},
	(table) => [primaryKey({ columns: [table.ticket, table.version] })],
);

export const printJob = sqliteTable(
	"print_job",
	{
		id: text().primaryKey(),
		ticket: text()
			.notNull()
			.references(() => ticket.id),
		/** 1 is the first paper; a reprint is 2 and bears the mark. */
		copy: integer().notNull(),
		state: text().$type<PrintState>().notNull(),
		attempts: integer().notNull(),
		reason: text(),
		createdAt: integer("created_at").notNull(),
		changedAt: integer("changed_at").notNull(),
	},
	(table) => [
		uniqueIndex("print_job_copy").on(table.ticket, table.copy),
		index("print_job_open").on(table.createdAt).where(sql`${table.state} in ('queued', 'sending', 'sent')`),
	],
);
