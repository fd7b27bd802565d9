import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { StationId, StreamId, TicketId } from "../../../protocol/model/ids.ts";
import type { TicketHistory } from "../../../protocol/statistics/ticket-history.ts";

/* What the statistics of the fleet keep. All of it can be made again from the events (paihao server statistics rebuild). */

/** What the events say of a ticket, so that the next one can be added whenever it comes. */
export const ticketHistory = pgTable(
	"ticket_history",
	{
		station: uuid().$type<StationId>().notNull(),
		ticket: uuid().$type<TicketId>().notNull(),
		history: jsonb().$type<TicketHistory>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.station, table.ticket] })],
);

/** Up to where each stream's events are in the histories. Without a row nothing of it is. */
export const summedStream = pgTable(
	"summed_stream",
	{
		station: uuid().$type<StationId>().notNull(),
		stream: uuid().$type<StreamId>().notNull(),
		seq: bigint({ mode: "number" }).notNull(),
	},
	(table) => [primaryKey({ columns: [table.station, table.stream] })],
);

/** A station's service day, summed up (protocol/statistics/roll-up.ts). */
export const stationDay = pgTable(
	"station_day",
	{
		station: uuid().$type<StationId>().notNull(),
		serviceDay: text("service_day").notNull(),
		/** Rises with each change, and never falls: the sum over a day tells whether any of its stations changed. */
		revision: bigint({ mode: "number" }).notNull(),
		rollUp: text("roll_up").notNull(),
		/* What a list of many sites needs, so that it reads no roll-up. A wait is in time after DEFAULT_WITHIN_MINUTES at most. */
		...{ visits: integer().notNull(), arrivals: integer().notNull(), noShows: integer("no_shows").notNull() },
		...{ abandoned: integer().notNull(), closed: integer().notNull(), called: integer().notNull() },
		waitSeconds: bigint("wait_seconds", { mode: "number" }).notNull(),
		...{ inTime: integer("in_time").notNull(), judged: integer().notNull() },
	},
	(table) => [
		primaryKey({ columns: [table.station, table.serviceDay] }),
		index("station_day_by_day").on(table.serviceDay, table.station, table.revision),
	],
);

/** The same over all stations, as of a sum of their revisions; made again when that is another. */
export const networkDay = pgTable("network_day", {
	serviceDay: text("service_day").primaryKey(),
	revisions: bigint({ mode: "number" }).notNull(),
	rollUp: text("roll_up").notNull(),
});
