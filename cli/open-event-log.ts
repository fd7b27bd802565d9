import { randomUUID } from "node:crypto";
import type { StationDatabase } from "../db/station/open.ts";
import { stream } from "../db/station/schema/events.ts";
import { UserError } from "../lib/errors.ts";
import { type EventLog, openEventLog } from "../station/events/event-log.ts";

/** The stream of a station whose folder a command opens beside it. Throws PlainError DATA_INCOMPLETE where it was never started. */
export function openOwnEventLog(
	database: StationDatabase,
	{ data, ...parts }: { data: string; newId: (at: number) => string; now: number },
): EventLog & { site: string } {
	const own = database.select({ site: stream.site }).from(stream).get();
	if (!own)
		throw new UserError("DATA_INCOMPLETE", `The folder ${data} has no station that was ever started. Start it once.`);
	return { ...openEventLog(database, { ...parts, streamId: randomUUID(), site: own.site }), site: own.site };
}
