import { blob, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { CounterNumber, StaffId, TopicId } from "../../../protocol/model/ids.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { PauseReason, SessionEndReason, StaffRole } from "../../../protocol/model/staff.ts";

/* Staff, their sessions, and what supervisors configure. */

export const staff = sqliteTable("staff", {
	id: text().$type<StaffId>().primaryKey(),
	name: text().notNull().unique(),
	role: text().$type<StaffRole>().notNull(),
	pinSalt: blob("pin_salt", { mode: "buffer" }).notNull(),
	pinHash: blob("pin_hash", { mode: "buffer" }).notNull(),
});

/** A desk's session, one for a counter. Only the token's hash is kept: reading the file is not enough to sign in. */
export const session = sqliteTable("session", {
	tokenHash: text("token_hash").primaryKey(),
	staff: text()
		.$type<StaffId>()
		.notNull()
		.references(() => staff.id),
	counter: text().$type<CounterNumber>().notNull(),
	openedAt: integer("opened_at").notNull(),
	expiresAt: integer("expires_at").notNull(),
	/** Since when the member of staff is on a break; null while at work. */
	pausedAt: integer("paused_at"),
	/** Why; null where nobody said, or while at work. */
	pauseReason: text("pause_reason").$type<PauseReason>(),
});

/** Why a session is over, for the desk that still has its token. Kept for some days. */
export const endedSession = sqliteTable("ended_session", {
	tokenHash: text("token_hash").primaryKey(),
	reason: text().$type<SessionEndReason>().notNull(),
	/** Who did it; null where nobody did, or it was done on the command line. */
	by: text().$type<StaffId>(),
	/** The counter that was signed in at, in place of this one. */
	counter: text().$type<CounterNumber>(),
	endedAt: integer("ended_at").notNull(),
});

/** What a counter can do; a counter without a row serves every topic. */
export const counterSetting = sqliteTable("counter_setting", {
	counter: text().$type<CounterNumber>().primaryKey(),
	/** The topics it serves; null: all. */
	topics: text({ mode: "json" }).$type<TopicId[]>(),
	/** The languages spoken at it. */
	languages: text({ mode: "json" }).$type<Language[]>().notNull(),
});

/** Whether a topic gives tickets today; a topic without a row is open. */
export const topicSetting = sqliteTable("topic_setting", {
	topic: text().$type<TopicId>().primaryKey(),
	open: integer({ mode: "boolean" }).notNull(),
	/** How many of its tickets a service day gives at most; null: no limit. */
	quota: integer(),
	/** How many of its tickets a quarter of an hour gives at most; null: no limit. */
	perQuarterHour: integer("per_quarter_hour"),
});

/** Until when staff or IT closed the whole site; no row where nobody did. It ends by itself. */
export const siteClosure = sqliteTable("site_closure", {
	/** Always 1. */
	id: integer().primaryKey(),
	since: integer().notNull(),
	until: integer().notNull(),
});
