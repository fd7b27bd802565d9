import { type SQLWrapper, sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Restorable } from "../../../protocol/events/event.ts";
import type { CounterNumber, PrintJobId, SiteId, TicketId, TopicId, VisitId } from "../../../protocol/model/ids.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { PrintState } from "../../../protocol/model/print.ts";
import type { TicketClass, TicketOutcome, TicketState } from "../../../protocol/model/ticket.ts";

/*
 * number_counter, ticket, ticket_interval and print_job are WITHOUT ROWID, written into the migration by
 * hand (drizzle cannot express it): a text key's table and its index are then one tree, and a ticket's
 * commit writes eleven pages instead of fifteen.
 */

/** The last number issued of each series on each service day. */
export const numberCounter = sqliteTable(
	"number_counter",
	{
		serviceDay: text("service_day").notNull(),
		series: text().notNull(),
		last: integer().notNull(),
	},
	(table) => [primaryKey({ columns: [table.serviceDay, table.series] })],
);

/** Appointments are ordered by their time, the others by their arrival. */
const positionInClass = (of: { class: SQLWrapper; queuePosition: SQLWrapper }) =>
	sql`case when ${of.class} = 'appointment' then ${of.queuePosition} else 0 end`;
/** A ticket that gave way is ordered after another one. Without a comma, at which drizzle-kit would split the index's expression. */
const positionInQueue = (of: { behind: SQLWrapper; issuedSeq: SQLWrapper }) =>
	sql`case when ${of.behind} is null then ${of.issuedSeq} else ${of.behind} end`;

export const ticket = sqliteTable(
	"ticket",
	{
		id: text().$type<TicketId>().primaryKey(),
		/** The request's own key, made once per visit: a repeated tap gets the same ticket. */
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
		topic: text().$type<TopicId>().notNull(),
		/** The topics that follow, in their order; null where there is none. */
		nextTopics: text("next_topics", { mode: "json" }).$type<TopicId[]>(),
		/** Null after redaction (station/retention). */
		language: text().$type<Language>(),
		partySize: integer("party_size").notNull(),
		class: text().$type<TicketClass>().notNull(),
		/** From when its place in the queue counts: the arrival, less what its class gets as a lead. */
		queuePosition: integer("queue_position").notNull(),
		/** The booked time of a visitor with an appointment, also of one who came late for it. */
		bookedAt: integer("booked_at"),
		/** Where it gave way to others: the issue of the ticket that it comes after now. */
		/** SQLite keeps a fraction in it as it is. */
		behind: integer(),
		/** The visitor's rating of the visit, 1 to 5. */
		rating: integer(),
		/** What staff wrote about the visit, for each other. */
		note: text(),
		state: text().$type<TicketState>().notNull(),
		version: integer().notNull(),
		counter: text().$type<CounterNumber>(),
		/** The only counter that may call it, where it was transferred to one. */
		reservedFor: text("reserved_for").$type<CounterNumber>(),
		outcome: text().$type<TicketOutcome>(),
		/** The ticket before the last action, so that it can be undone; null where there is nothing to undo. */
		before: text({ mode: "json" }).$type<Restorable>(),
		calls: integer().notNull(),
		/** Those that were made before the current leg: each leg of a visit has all its calls. */
		callsBeforeLeg: integer("calls_before_leg").notNull().default(0),
		/** Sequence of the event that issued it: the place in the queue. A clock may go back, this never does. */
		issuedSeq: integer("issued_seq").notNull(),
		arrivedAt: integer("arrived_at").notNull(),
		since: integer().notNull(),
		calledAt: integer("called_at"),
		/** Until then "next" skips the ticket: it was called and the visitor did not come, or the visitor is late. */
		notBefore: integer("not_before"),
		/** Until when the visitor said to be late, which they may once; null where they did not. */
		delayedUntil: integer("delayed_until"),
		/** What the paper says, as it was at issue: a reprint must say the same. */
		aheadAtIssue: integer("ahead_at_issue").notNull(),
		waitMinMinutes: integer("wait_min_minutes"),
		waitMaxMinutes: integer("wait_max_minutes"),
		/** The 10th, 50th and 90th percentile as simulated at issue: the record of the estimates is made from them. */
		waitLowMs: integer("wait_low_ms"),
		waitMiddleMs: integer("wait_middle_ms"),
		waitHighMs: integer("wait_high_ms"),
	},
	(table) => [
		uniqueIndex("ticket_request_key").on(table.requestKey),
		uniqueIndex("ticket_number").on(table.serviceDay, table.series, table.ordinal),
		// Who waits is read at the start, at the turn of the day and after a failed change: history may not slow that down.
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
 * Visitors who are expected: bookings, and referrals from other sites. No name, only a code, a time and a topic.
 * `source` is a digest of where the entry came from, so that reading the same file again changes nothing; of an event
 * that repeats, its times stand behind the digest, so that they are found together.
 */
export const expectedVisit = sqliteTable(
	"expected_visit",
	{
		id: text().$type<VisitId>().primaryKey(),
		source: text().notNull().unique(),
		kind: text().$type<"appointment" | "referral">().notNull(),
		/** SHA-256 of the code, hex: reading the file is not enough to check in. */
		codeDigest: text("code_digest").notNull(),
		serviceDay: text("service_day").notNull(),
		at: integer().notNull(),
		topic: text().$type<TopicId>().notNull(),
		language: text().$type<Language>(),
		partySize: integer("party_size").notNull(),
		/** The first leg of a referral. */
		fromSite: text("from_site").$type<SiteId>(),
		fromTicket: text("from_ticket").$type<TicketId>(),
		/** The visitor's ticket; null until the visitor comes. */
		ticket: text()
			.$type<TicketId>()
			.references(() => ticket.id),
		withdrawnAt: integer("withdrawn_at"),
		/** The calendar's SEQUENCE (RFC 5545) as it was last told: what is older changes nothing. */
		sequence: integer().notNull().default(0),
		/** An event of its own tells it, or one that repeats. */
		listedAs: text("listed_as").$type<"event" | "series">().notNull().default("event"),
	},
	(table) => [index("expected_visit_code").on(table.codeDigest, table.serviceDay)],
);

/** Every state a ticket was in, from when to when, so that durations are exact. */
export const ticketInterval = sqliteTable(
	"ticket_interval",
	{
		ticket: text()
			.$type<TicketId>()
			.notNull()
			.references(() => ticket.id),
		/** The ticket's version when it entered the state. */
		version: integer().notNull(),
		state: text().$type<TicketState>().notNull(),
		/** The topic at that time: a transfer begins the second leg of the visit. */
		topic: text().$type<TopicId>().notNull(),
		counter: text().$type<CounterNumber>(),
		startedAt: integer("started_at").notNull(),
		endedAt: integer("ended_at"),
	},
	(table) => [primaryKey({ columns: [table.ticket, table.version] })],
);

export const printJob = sqliteTable(
	"print_job",
	{
		id: text().$type<PrintJobId>().primaryKey(),
		ticket: text()
			.$type<TicketId>()
			.notNull()
			.references(() => ticket.id),
		/** 1 is the first paper; a reprint is 2 and has the mark. */
		copy: integer().notNull(),
		state: text().$type<PrintState>().notNull(),
		attempts: integer().notNull(),
		reason: text(),
		createdAt: integer("created_at").notNull(),
		changedAt: integer("changed_at").notNull(),
		/** The name of the paired kiosk whose printer it is for, if that kiosk has one; null: the station's printer. */
		printer: text(),
	},
	(table) => [
		uniqueIndex("print_job_copy").on(table.ticket, table.copy),
		index("print_job_open").on(table.createdAt).where(sql`${table.state} in ('queued', 'sending', 'sent')`),
	],
);
