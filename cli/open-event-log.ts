import type { StationDatabase } from "../db/station/open.ts";
import { stream } from "../db/station/schema/events.ts";
import { UserError } from "../lib/errors.ts";
import type { NewId, SiteId } from "../protocol/model/ids.ts";
import { type EventLog, openEventLog } from "../station/events/event-log.ts";

/** The event log of a station, for a command that may run beside it. Throws UserError DATA_INCOMPLETE if it never started. */
export function openOwnEventLog(
	database: StationDatabase,
	{ data, ...options }: { data: string; newId: NewId; now: number },
): EventLog & { site: SiteId } {
	const own = database.select({ site: stream.site }).from(stream).get();
	if (!own)
		throw new UserError("DATA_INCOMPLETE", `The folder ${data} has no station that was ever started. Start it once.`);
	return {
		...openEventLog(database, { ...options, streamId: options.newId(options.now), site: own.site }),
		site: own.site,
	};
}
