import { sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import type { StationId } from "../../protocol/model/ids.ts";

/** PostgreSQL's channel on which instances, and commands beside them, announce for which station something is new. */
export const HINTS = "paihao_hints";
export const EVERY_STATION = "*";

/** The prefix of a station's id whose device may not listen any more. */
export const REVOKED = "revoked ";

/** Tells every instance to end the streams of a station whose device was revoked or replaced. */
export const sendRevoked = (database: Pick<ServerDatabase, "execute">, station: StationId): Promise<void> =>
	sendHint(database, `${REVOKED}${station}`);

/** Announces to every instance that something is new for a station. Without notifications stations still poll, only later. */
export async function sendHint(
	database: Pick<ServerDatabase, "execute">,
	notification: StationId | typeof EVERY_STATION | `${typeof REVOKED}${StationId}`,
): Promise<void> {
	await database.execute(sql`select pg_notify(${HINTS}, ${notification})`).catch(() => {});
}
