import { type SQLWrapper, sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Schedule } from "../../protocol/catalogue.ts";
import type { CommandOutcome, SiteView } from "../../protocol/command.ts";
import type { EventType, Restorable } from "../../protocol/event.ts";
import type { Language } from "../../protocol/language.ts";
import type { DeviceKind } from "../../protocol/pairing.ts";
import type { PrintState } from "../../protocol/print.ts";
import type { DocumentKind } from "../../protocol/signed-document.ts";
import type { StaffRole } from "../../protocol/staff.ts";
import type { TicketClass, TicketOutcome, TicketState } from "../../protocol/ticket.ts";

/*
 * The station's whole memory: one SQLite file. Instants are UTC milliseconds; service days are
 * ISO dates fixed at issue. Every change of a ticket or a print job stands beside its event in
 * the same transaction.
 */

// --- The stream -------------------------------------------------------------------------------

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
	acked: integer().notNull().default(0),
	/** How far the server has it in a backup. */
	backedUp: integer("backed_up").notNull().default(0),
});

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

// --- Tickets ----------------------------------------------------------------------------------

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
export const placeInClass = (of: { class: SQLWrapper; placeAt: SQLWrapper }) =>
	sql`case when ${of.class} = 'appointment' then ${of.placeAt} else 0 end`;
/** Who gave way stands behind another. Without a comma, at which drizzle-kit would cut the index's expression. */
export const placeInLine = (of: { behind: SQLWrapper; issuedSeq: SQLWrapper }) =>
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
		further: text({ mode: "json" }).$type<string[]>(),
		/** Null once it was cut (station/retention): the language of an old visit is nobody's business. */
		language: text().$type<Language>(),
		partySize: integer("party_size").notNull(),
		class: text().$type<TicketClass>().notNull(),
		/** From when its place in the line counts: the arrival, less what its class is given ahead. */
		placeAt: integer("place_at").notNull(),
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
		restsUntil: integer("rests_until"),
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
			.on(table.serviceDay, table.class, placeInClass(table), placeInLine(table))
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

// --- The catalogue, as HSDS names it ----------------------------------------------------------

export const organization = sqliteTable("organization", {
	id: text().primaryKey(),
	phone: text(),
});

export const topicGroup = sqliteTable("topic_group", {
	id: text().primaryKey(),
	series: text().notNull(),
});

export const service = sqliteTable("service", {
	id: text().primaryKey(),
	organizationId: text("organization_id").notNull(),
	group: text().notNull(),
	rank: integer().notNull(),
	icon: text().notNull(),
	minutes: integer().notNull(),
	source: text().notNull(),
	assuredDate: text("assured_date").notNull(),
	confirmBy: text("confirm_by").notNull(),
});

export const requiredDocument = sqliteTable(
	"required_document",
	{
		serviceId: text("service_id").notNull(),
		position: integer().notNull(),
		document: text().notNull(),
	},
	(table) => [primaryKey({ columns: [table.serviceId, table.position] })],
);

export const location = sqliteTable("location", {
	id: text().primaryKey(),
	organizationId: text("organization_id").notNull(),
	kind: text().notNull(),
	example: integer({ mode: "boolean" }).notNull(),
	timezone: text().notNull(),
	dayStartsAt: text("day_starts_at").notNull(),
	counters: text({ mode: "json" }).$type<string[]>().notNull(),
	latitude: real(),
	longitude: real(),
	source: text().notNull(),
	assuredDate: text("assured_date").notNull(),
	confirmBy: text("confirm_by").notNull(),
});

export const serviceAtLocation = sqliteTable(
	"service_at_location",
	{
		serviceId: text("service_id").notNull(),
		locationId: text("location_id").notNull(),
	},
	(table) => [primaryKey({ columns: [table.serviceId, table.locationId] })],
);

export const schedule = sqliteTable(
	"schedule",
	{
		locationId: text("location_id").notNull(),
		position: integer().notNull(),
		rule: text({ mode: "json" }).$type<Schedule>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.locationId, table.position] })],
);

/** Which files the catalogue was read from: one row. The same digest is not read again. */
export const catalogueSource = sqliteTable("catalogue_source", {
	digest: text().primaryKey(),
	loadedAt: integer("loaded_at").notNull(),
});

/** The words of every entity in every language: entity is the table's name, field the file's. */
export const catalogueWord = sqliteTable(
	"catalogue_word",
	{
		entity: text().$type<"organization" | "topic_group" | "service" | "document" | "location">().notNull(),
		id: text().notNull(),
		language: text().$type<Language>().notNull(),
		field: text().$type<"name" | "short_name" | "description" | "address">().notNull(),
		text: text().notNull(),
	},
	(table) => [primaryKey({ columns: [table.entity, table.id, table.language, table.field] })],
);

// --- Staff ------------------------------------------------------------------------------------

export const staff = sqliteTable("staff", {
	id: text().primaryKey(),
	name: text().notNull().unique(),
	role: text().$type<StaffRole>().notNull(),
	pinSalt: blob("pin_salt", { mode: "buffer" }).notNull(),
	pinHash: blob("pin_hash", { mode: "buffer" }).notNull(),
	wrongPins: integer("wrong_pins").notNull(),
	lockedUntil: integer("locked_until"),
});

/** A desk's session, one for a counter. Only the token's hash is kept: who reads the file cannot sign in with it. */
export const session = sqliteTable("session", {
	tokenHash: text("token_hash").primaryKey(),
	staff: text()
		.notNull()
		.references(() => staff.id),
	counter: text().notNull(),
	openedAt: integer("opened_at").notNull(),
	expiresAt: integer("expires_at").notNull(),
	/** Since when its member of staff is on a break; null while at work. */
	pausedAt: integer("paused_at"),
});

// --- Devices on the network --------------------------------------------------------------------

/** A desk, board or further kiosk that staff let in. Only the credential's hash is kept. */
export const pairedDevice = sqliteTable("paired_device", {
	id: text().primaryKey(),
	kind: text().$type<DeviceKind>().notNull(),
	name: text().notNull(),
	credentialHash: text("credential_hash").notNull().unique(),
	pairedAt: integer("paired_at").notNull(),
	/** To the minute: a write each time would cost a commit each time. */
	seenAt: integer("seen_at").notNull(),
});

/** Codes that were read out and not used yet. `digest` is keyed with the pepper: eight digits alone are soon tried. */
export const pairingCode = sqliteTable("pairing_code", {
	digest: text().primaryKey(),
	kind: text().$type<DeviceKind>().notNull(),
	name: text().notNull(),
	expiresAt: integer("expires_at").notNull(),
});

// --- What the server sent ---------------------------------------------------------------------

/** The newest signed document of each kind, of the server's station that this one is enrolled as: another server's count from anew. */
export const takenDocument = sqliteTable(
	"taken_document",
	{
		station: text().notNull(),
		kind: text().$type<DocumentKind>().notNull(),
		version: integer().notNull(),
		/** As it came: signed are its exact bytes. */
		text: text().notNull(),
		signer: text().notNull(),
		signature: text().notNull(),
		takenAt: integer("taken_at").notNull(),
	},
	(table) => [primaryKey({ columns: [table.station, table.kind] })],
);

/** Commands that were carried out: the last number is the cursor. */
export const takenCommand = sqliteTable(
	"taken_command",
	{
		station: text().notNull(),
		number: integer().notNull(),
		kind: text().notNull(),
		outcome: text().$type<CommandOutcome>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.station, table.number] })],
);

/** When the server last told of the other sites, by this station's clock. One row. */
export const networkView = sqliteTable("network_view", {
	id: integer().primaryKey(),
	knownAt: integer("known_at").notNull(),
});

/** What it told: `knownAt` is by this station's clock, and null as long as the site is heard whenever the server tells. */
export const networkSite = sqliteTable("network_site", {
	site: text().primaryKey(),
	view: text({ mode: "json" }).$type<KeptSite>().notNull(),
});
export type KeptSite = Omit<SiteView, "knownAt"> & { knownAt: number | null };

// --- What supervisors set ---------------------------------------------------------------------

/** What a counter can do; a counter without a row serves every topic. */
export const counterSetting = sqliteTable("counter_setting", {
	counter: text().primaryKey(),
	/** The topics it serves; null is every one. */
	topics: text({ mode: "json" }).$type<string[]>(),
	/** The languages spoken at it. */
	languages: text({ mode: "json" }).$type<Language[]>().notNull(),
});

/** Whether a topic is taken today; a topic without a row is open. */
export const topicSetting = sqliteTable("topic_setting", {
	topic: text().primaryKey(),
	open: integer({ mode: "boolean" }).notNull(),
	/** The most tickets that a service day gives of it; null is no limit. */
	quota: integer(),
});
