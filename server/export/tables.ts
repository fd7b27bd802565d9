import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import * as administrators from "../../db/server/schema/administrators.ts";
import * as commands from "../../db/server/schema/commands.ts";
import * as documents from "../../db/server/schema/documents.ts";
import * as events from "../../db/server/schema/events.ts";
import * as phones from "../../db/server/schema/phone-tickets.ts";
import * as stations from "../../db/server/schema/stations.ts";
import * as statistics from "../../db/server/schema/statistics.ts";

export interface ExportedTable {
	name: string;
	columns: string[];
	/** The columns of the primary key, in its order. */
	key: string[];
}

/** Describes this database alone; another one must not take it over. */
const NOT_EXPORTED: readonly PgTable[] = [events.backup];

/** Every other table of the server, by name. */
export function exportedTables(): ExportedTable[] {
	const schema = { ...administrators, ...commands, ...documents, ...events, ...phones, ...stations, ...statistics };
	const tables = Object.values<unknown>(schema).filter((table) => is(table, PgTable));
	return tables
		.filter((table) => !NOT_EXPORTED.includes(table))
		.map((table) => {
			const { name, columns, primaryKeys } = getTableConfig(table);
			const own = columns.filter(({ primary }) => primary).map((column) => column.name);
			const key = primaryKeys[0]?.columns.map((column) => column.name) ?? own;
			return { name, columns: columns.map((column) => column.name), key };
		})
		.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
