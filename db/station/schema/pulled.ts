import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DocumentKind } from "../../../protocol/documents/signed-document.ts";
import type { SiteId, StationId } from "../../../protocol/model/ids.ts";
import type { CommandOutcome, SiteView } from "../../../protocol/sync/command.ts";

/* What the server sent. */

/** The newest signed document of each kind, by the station's id at the server: at another server versions begin again. */
export const pulledDocument = sqliteTable(
	"pulled_document",
	{
		station: text().$type<StationId>().notNull(),
		kind: text().$type<DocumentKind>().notNull(),
		version: integer().notNull(),
		/** As received: the signature is over its exact bytes. */
		text: text().notNull(),
		signer: text().notNull(),
		signature: text().notNull(),
		pulledAt: integer("pulled_at").notNull(),
	},
	(table) => [primaryKey({ columns: [table.station, table.kind] })],
);

/** Commands that were executed: the last number is the cursor. */
export const executedCommand = sqliteTable(
	"executed_command",
	{
		station: text().$type<StationId>().notNull(),
		number: integer().notNull(),
		kind: text().notNull(),
		outcome: text().$type<CommandOutcome>().notNull(),
	},
	(table) => [primaryKey({ columns: [table.station, table.number] })],
);

/** When the server last answered about the other sites, by this station's clock. One row. */
export const networkView = sqliteTable("network_view", {
	id: integer().primaryKey(),
	knownAt: integer("known_at").notNull(),
});

/** The other sites. `knownAt` is by this station's clock, and null while the site was seen recently at every answer. */
export const networkSite = sqliteTable("network_site", {
	site: text().$type<SiteId>().primaryKey(),
	view: text({ mode: "json" }).$type<SavedSite>().notNull(),
});

export type SavedSite = Omit<SiteView, "knownAt"> & { knownAt: number | null };
