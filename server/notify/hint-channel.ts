import { sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";

/** PostgreSQL's channel on which instances, and commands beside them, tell each other for whom something is new. */
export const HINTS = "paihao_hints";
export const EVERY_STATION = "*";

/** Tells every instance that something is new for a station. A database without notifications costs only time: stations poll. */
export async function sendHint(database: Pick<ServerDatabase, "execute">, station: string): Promise<void> {
	await database.execute(sql`select pg_notify(${HINTS}, ${station})`).catch(() => {});
}
