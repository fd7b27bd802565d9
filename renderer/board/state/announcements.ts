import type { BoardCall } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { ANNOUNCE_WITHIN } from "./board-state.ts";

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

/** With more calls an hour than this, two languages for each would make them wait for one another. */
export const MAX_CALLS_IN_TWO_LANGUAGES = 200;
const HOUR = 3_600_000;

/** The instants of the calls of the last hour, the new ones among them. */
export function withCalls(instants: readonly number[], calls: readonly BoardCall[], now: number): readonly number[] {
	return [...instants, ...calls.map(({ calledAt }) => calledAt)].filter((instant) => now - instant < HOUR);
}

/** In what a call is said: in the visitor's language, then in Chinese, for the staff and for everybody else. */
export function languagesOf({ language }: BoardCall): readonly Language[] {
	return language === "zh-Hans" ? ["zh-Hans"] : [language, "zh-Hans"];
}

/** How many of a call's languages are said: in a busy hour only the first that has its clips. */
export function languagesAtMost(callsOfTheHour: number): number {
	return callsOfTheHour > MAX_CALLS_IN_TWO_LANGUAGES ? 1 : 2;
}
