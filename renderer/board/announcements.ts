import type { BoardCall } from "../../protocol/board.ts";
import { ANNOUNCE_WITHIN } from "./picture.ts";

/** The announcer's list of what is still to be sounded, as pure rules. */
export type Announcements = readonly BoardCall[];

/** Adds a call at the end. A recall replaces the same number that still stands in the list. */
export function enqueue(list: Announcements, call: BoardCall): Announcements {
	return [...list.filter((queued) => queued.number !== call.number), call];
}

/** The next to sound at an instant of the station's clock, and what is left. What went stale is dropped. */
export function takeNext(list: Announcements, now: number): { call: BoardCall | null; rest: Announcements } {
	const [call = null, ...rest] = list.filter((queued) => now - queued.calledAt <= ANNOUNCE_WITHIN);
	return { call, rest };
}

/** Drops the calls whose visitor has reached the counter, or that are no longer on the board. */
export function keepCalled(list: Announcements, calls: readonly BoardCall[]): Announcements {
	const called = new Set(calls.filter((call) => call.state === "called").map((call) => call.call));
	return list.filter((queued) => called.has(queued.call));
}
