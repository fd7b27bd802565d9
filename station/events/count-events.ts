import { gt, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import type { EventType } from "../../protocol/events/event.ts";

/** Each call returns how many events of each type were written since the call before; the first one, since it was opened. */
export function openEventCounts(database: StationDatabase): () => { type: EventType; count: number }[] {
	let seen = lastSeq(database);
	return () => {
		const after = seen;
		seen = lastSeq(database);
		return database
			.select({ type: event.type, count: sql<number>`count(*)` })
			.from(event)
			.where(gt(event.seq, after))
			.groupBy(event.type)
			.all();
	};
}

function lastSeq(database: StationDatabase): number {
	return (
		database
			.select({ seq: sql<number>`coalesce(max(${event.seq}), 0)` })
			.from(event)
			.get()?.seq ?? 0
	);
}
