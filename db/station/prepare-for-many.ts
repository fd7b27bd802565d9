import { is, Param, Placeholder } from "drizzle-orm";
import type { StationDatabase } from "./open.ts";

type Value = string | number | null;

/** A query of drizzle's, not yet prepared. */
interface Query {
	toSQL(): { sql: string; params: readonly unknown[] };
}

/**
 * A statement that runs for tens of thousands of rows: drizzle's own SQL, without drizzle's work on each row, which takes
 * three times as long as SQLite itself. `Row` has a member for each placeholder. Values go in as they are, so it is not for
 * columns that drizzle maps, such as JSON.
 */
export function prepareForMany<Row extends Readonly<Record<string, Value>>>(
	{ $client }: StationDatabase,
	query: Query,
): (row: Row) => void {
	const { sql, params } = query.toSQL();
	const names = params.map(placeholderOf);
	const statement = $client.prepare(sql);
	return (row) => {
		statement.run(names.map((name) => row[name] ?? null));
	};
}

function placeholderOf(param: unknown): string {
	const placeholder = is(param, Param) ? param.value : param;
	if (!is(placeholder, Placeholder)) throw new Error("A statement for many rows has a value of its own.");
	return placeholder.name;
}
