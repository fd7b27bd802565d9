import { sql } from "drizzle-orm";
import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { StationId } from "../../../protocol/model/ids.ts";
import type { CommandAction, CommandOutcome } from "../../../protocol/sync/command.ts";
import { instant } from "./columns.ts";

/** Commands of a station, in the order of their numbers; each names the one before it, so that a missing one is noticed. */
export const command = pgTable(
	"command",
	{
		station: uuid().$type<StationId>().notNull(),
		number: bigint({ mode: "number" }).notNull(),
		/** The number before it: a station executes this command only after that one. */
		previousNumber: bigint("previous_number", { mode: "number" }).notNull().default(0),
		action: jsonb().$type<CommandAction>().notNull(),
		/** The administrator; null where the server itself sent it. */
		createdBy: text("created_by"),
		createdAt: instant("created_at").notNull(),
		expiresAt: instant("expires_at").notNull(),
		/** The outcome in the station's event; null until the event comes. */
		outcome: text().$type<CommandOutcome>(),
		reason: text(),
		outcomeAt: instant("outcome_at"),
	},
	(table) => [
		primaryKey({ columns: [table.station, table.number] }),
		// Most commands are visitors' own: the fleet's page asks for the few of administrators.
		index("command_of_administrator").on(table.station, table.number).where(sql`${table.createdBy} is not null`),
		// A referral that is undone is withdrawn where it was sent.
		index("command_of_referral")
			.on(sql`(${table.action} -> 'from' ->> 'ticket')`)
			.where(sql`${table.action} ->> 'kind' in ('expect-visitor', 'withdraw-visitor')`),
		// Each poll reads them.
		index("command_open").on(table.station, table.number).where(sql`${table.outcome} is null`),
		index("command_of_the_day").on(table.createdAt).where(sql`${table.createdBy} is not null`),
	],
);
