import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What is known of each printer from one run to the next, by its address without options. */
export const knownPrinter = sqliteTable("known_printer", {
	place: text().primaryKey(),
	/** What it has shown that it can do (JSON). */
	abilities: text(),
	/** The last job that a spooler took for it. */
	spoolerJob: text("spooler_job"),
	/** What a person found with the set-up sheet, in the form of an address's options. */
	options: text(),
	changedAt: integer("changed_at").notNull(),
});
