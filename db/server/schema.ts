import { sql } from "drizzle-orm";
import {
	bigint,
	customType,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	unique,
	uuid,
} from "drizzle-orm/pg-core";
import type { CommandAct, CommandOutcome } from "../../protocol/command.ts";
import type { ForksSeen } from "../../protocol/fleet.ts";
import type { PhoneTicket } from "../../protocol/phone.ts";
import type { DocumentKind } from "../../protocol/signed-document.ts";
import type { StationReport } from "../../protocol/sync.ts";

/*
 * The central server's memory. Every table that is a station's begins its key with the station, so that the tables
 * can be spread over machines by it (docs/scale.md); nothing is unique across stations. Instants are UTC milliseconds.
 */

const instant = (name: string) => bigint(name, { mode: "number" });

/** A SHA-256: 32 bytes in the table, hex everywhere else. */
const digest = customType<{ data: string; driverData: Buffer }>({
	dataType: () => "bytea",
	toDriver: (hex) => Buffer.from(hex, "hex"),
	fromDriver: (bytes) => bytes.toString("hex"),
});

/** A site's station. Its device is known by its key alone; enrolling again puts another device in its place. */
export const station = pgTable("station", {
	id: uuid().primaryKey(),
	site: text().notNull(),
	/** Ed25519, SPKI in base64url; null until a device was enrolled. */
	publicKey: text("public_key"),
	enrolledAt: instant("enrolled_at"),
	/** Shut out: tokens of its device are refused from then on. */
	retiredAt: instant("retired_at"),
	lastHeardAt: instant("last_heard_at"),
	/** The station's clock less the server's when it was last heard, in milliseconds. */
	clockOffset: integer("clock_offset"),
	/** How it said it was. */
	report: jsonb().$type<StationReport>(),
	/** Since when it says the same of itself, without a silence between. */
	reportSince: instant("report_since"),
	/** Who has looked at its forks. */
	forksSeen: jsonb("forks_seen").$type<ForksSeen>(),
	/** The number of its last command, or a later one that the station had already passed. */
	commands: bigint({ mode: "number" }).notNull().default(0),
});

/** A code that enrols one device, once. Only its digest is kept. */
export const enrolmentCode = pgTable(
	"enrolment_code",
	{
		/** Whose place the device takes; of a code for no site, the id of a station that is yet to be. */
		station: uuid().notNull(),
		digest: text().notNull(),
		/** For this site alone; null: for the site of whichever device comes with it. */
		site: text(),
		expiresAt: instant("expires_at").notNull(),
		usedAt: instant("used_at"),
	},
	(table) => [primaryKey({ columns: [table.station, table.digest] }), index("enrolment_code_digest").on(table.digest)],
);

export const stream = pgTable(
	"stream",
	{
		station: uuid().notNull(),
		id: uuid().notNull(),
		acked: bigint({ mode: "number" }).notNull(),
		head: digest().notNull(),
		/** How far it stands in an export. */
		backedUp: bigint("backed_up", { mode: "number" }).notNull(),
		/** Up to here its old events were cut (server/retention). */
		cut: bigint({ mode: "number" }).notNull().default(0),
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
	"refused",
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
	way: text().$type<BackupWay>().primaryKey(),
	/** What came before this moment is in it; null before the first. */
	at: instant("at"),
	/** When an instance began with one: meanwhile the others leave it alone. */
	begunAt: instant("begun_at"),
});

/** By `paihao server export` and its schedule, or by means of the administrator's own. */
export type BackupWay = "export" | "own";

// --- What the server tells its stations ---------------------------------------------------------

/** The two public keys that stations pin: 1 signs, 2 follows. Small and read everywhere: on every machine where the tables are spread. */
export const signer = pgTable("signer", {
	place: integer().primaryKey(),
	publicKey: text("public_key").notNull(),
});

/** Signed documents, for all stations: `text` is what is signed, byte for byte. */
export const document = pgTable(
	"document",
	{
		kind: text().$type<DocumentKind>().notNull(),
		version: bigint({ mode: "number" }).notNull(),
		text: text().notNull(),
		signer: text().notNull(),
		signature: text().notNull(),
		issuedAt: instant("issued_at").notNull(),
		publishedBy: text("published_by").notNull(),
	},
	(table) => [primaryKey({ columns: [table.kind, table.version] })],
);

/** Commands of a station, in the order of their numbers; each names the one before it, so that none goes missing unseen. */
export const command = pgTable(
	"command",
	{
		station: uuid().notNull(),
		number: bigint({ mode: "number" }).notNull(),
		/** The number before it: what a station must have passed to take this one. */
		follows: bigint({ mode: "number" }).notNull().default(0),
		act: jsonb().$type<CommandAct>().notNull(),
		/** The administrator; null where the server gave it by itself. */
		madeBy: text("made_by"),
		madeAt: instant("made_at").notNull(),
		expiresAt: instant("expires_at").notNull(),
		/** What the station's own event said became of it; null until it did. */
		outcome: text().$type<CommandOutcome>(),
		reason: text(),
		outcomeAt: instant("outcome_at"),
	},
	(table) => [
		primaryKey({ columns: [table.station, table.number] }),
		// Visitors' own acts are by far the most: the fleet's page asks for the few of administrators.
		index("command_of_administrator").on(table.station, table.number).where(sql`${table.madeBy} is not null`),
		// Each poll asks for them.
		index("command_open").on(table.station, table.number).where(sql`${table.outcome} is null`),
		index("command_of_the_day").on(table.madeAt).where(sql`${table.madeBy} is not null`),
	],
);

/** Tickets of the day as their stations told them, for the phones that ask here. Never the code, only its digest. */
export const phoneTicket = pgTable(
	"phone_ticket",
	{
		station: uuid().notNull(),
		codeDigest: text("code_digest").notNull(),
		ticket: jsonb().$type<PhoneTicket>().notNull(),
		toldAt: instant("told_at").notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.station, table.codeDigest] }),
		index("phone_ticket_code").on(table.codeDigest),
	],
);

// --- Who looks after it -------------------------------------------------------------------------

export const administrator = pgTable("administrator", {
	name: text().primaryKey(),
	salt: text().notNull(),
	hash: text().notNull(),
	wrong: integer().notNull(),
	lockedUntil: instant("locked_until"),
});

/** Only the token's hash is kept. */
export const administratorSession = pgTable("administrator_session", {
	tokenHash: text("token_hash").primaryKey(),
	administrator: text().notNull(),
	expiresAt: instant("expires_at").notNull(),
});
