import { sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";

/** PostgreSQL's channel on which instances, and commands beside them, tell each other for whom something is new. */
export const HINTS = "paihao_hints";
export const EVERY_STATION = "*";

/** Before a station's id: its device may not listen any more. */
export const REVOKED = "revoked ";

/** Tells every instance to end the streams of a station whose device was revoked or replaced. */
export const sendRevoked = (database: Pick<ServerDatabase, "execute">, station: string): Promise<void> =>
	sendHint(database, `${REVOKED}${station}`);

/** Tells every instance that something is new for a station. A database without notifications costs only time: stations poll. */
export async function sendHint(database: Pick<ServerDatabase, "execute">, station: string): Promise<void> {
	await database.execute(sql`select pg_notify(${HINTS}, ${station})`).catch(() => {});
}
