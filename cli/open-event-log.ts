import { randomUUID } from "node:crypto";
import type { StationDatabase } from "../db/station/open.ts";
import { stream } from "../db/station/schema/events.ts";
import { PlainError } from "../lib/errors.ts";
import { openStream, type Stream } from "../station/events/event-log.ts";

/** The stream of a station whose folder a command opens beside it. Throws PlainError DATA_INCOMPLETE where it was never started. */
export function openOwnStream(
	database: StationDatabase,
	{ data, ...parts }: { data: string; newId: (at: number) => string; now: number },
): Stream & { site: string } {
	const own = database.select({ site: stream.site }).from(stream).get();
	if (!own)
		throw new PlainError("DATA_INCOMPLETE", `The folder ${data} has no station that was ever started. Start it once.`);
	return { ...openStream(database, { ...parts, streamId: randomUUID(), site: own.site }), site: own.site };
}
