import { blob, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/* What statistics keep so that a year is summed up at once. All of it can be made again from tickets and intervals. */

/** The visits of a past service day as numbers (protocol/statistics/packed-day.ts). */
export const packedDay = sqliteTable("packed_day", {
	serviceDay: text("service_day").primaryKey(),
	format: integer().notNull(),
	names: text({ mode: "json" }).$type<string[]>().notNull(),
	cells: blob({ mode: "buffer" }).notNull(),
});

/** Up to which event of the log the packed days are true. One row. */
export const statisticsProgress = sqliteTable("statistics_progress", {
	/** Always 1. */
	id: integer().primaryKey(),
	seq: integer().notNull(),
});
