import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import * as schema from "../../db/server/schema.ts";

export interface ExportedTable {
	name: string;
	columns: string[];
	/** Of the primary key, in its order. */
	key: string[];
}

/** Of this database alone, and nothing that another one takes over. */
const NOT_EXPORTED: readonly PgTable[] = [schema.backup];

/** Every other table of the server, by name: a table that is added is exported without anybody thinking of it. */
export function exportedTables(): ExportedTable[] {
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
