import type { StationDatabase } from "../../db/station/open.ts";
import { openRandom } from "../../lib/random.ts";
import { openStreamRepository } from "../sync/stream-repository.ts";

/** Continues the log in a new stream after its last event. `now` in UTC milliseconds. */
export function forkLog(database: StationDatabase, now: number): void {
	const streams = openStreamRepository(database, openRandom().id);
	const last = streams.streams().at(-1);
	if (last) streams.fork(last.base + last.seq, new Set(), now);
}
