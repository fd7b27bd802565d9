import { randomUUID } from "node:crypto";
import type { StationDatabase } from "../db/station/open.ts";
import { stream } from "../db/station/schema/stream.ts";
import { PlainError } from "../protocol/plain-error.ts";
import { openStream, type Stream } from "../station/tickets/stream.ts";

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
