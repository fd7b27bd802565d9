import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { CommandAction, CommandOutcome } from "../../../protocol/sync/command.ts";
import { instant } from "./columns.ts";

/** Commands of a station, in the order of their numbers; each names the one before it, so that none goes missing unseen. */
export const command = pgTable(
	"command",
	{
		station: uuid().notNull(),
		number: bigint({ mode: "number" }).notNull(),
		/** The number before it: what a station must have passed to take this one. */
		previousNumber: bigint("previous_number", { mode: "number" }).notNull().default(0),
		action: jsonb().$type<CommandAction>().notNull(),
		/** The administrator; null where the server gave it by itself. */
		createdBy: text("created_by"),
		createdAt: instant("created_at").notNull(),
		expiresAt: instant("expires_at").notNull(),
		/** What the station's own event said became of it; null until it did. */
		outcome: text().$type<CommandOutcome>(),
		reason: text(),
		outcomeAt: instant("outcome_at"),
	},
	(table) => [
		primaryKey({ columns: [table.station, table.number] }),
		// Visitors' own acts are by far the most: the fleet's page asks for the few of administrators.
		index("command_of_administrator").on(table.station, table.number).where(sql`${table.createdBy} is not null`),
		// Each poll asks for them.
		index("command_open").on(table.station, table.number).where(sql`${table.outcome} is null`),
		index("command_of_the_day").on(table.createdAt).where(sql`${table.createdBy} is not null`),
	],
);
