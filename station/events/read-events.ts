import { asc, gt } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";

const PAGE = 1_000;

/** The stream's events in their order, read page by page: a year of them need not fit into memory. */
export function* readEvents(database: StationDatabase): Generator<typeof event.$inferSelect> {
	let after = 0;
	for (;;) {
		const page = database.select().from(event).where(gt(event.seq, after)).orderBy(asc(event.seq)).limit(PAGE).all();
		yield* page;
		const last = page.at(-1);
		if (!last || page.length < PAGE) return;
		after = last.seq;
	}
}
