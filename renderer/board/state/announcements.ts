import type { BoardCall } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { ANNOUNCE_WITHIN_MS } from "./board-state.ts";

/** Calls that wait to be announced, the next one first. */
export type Announcements = readonly BoardCall[];

/** Adds a call at the end. It replaces an earlier call of the same number. */
export function enqueue(list: Announcements, call: BoardCall): Announcements {
	return [...list.filter((queued) => queued.number !== call.number), call];
}

/** The next call and the rest. Calls that are too old at `now` (the station's clock) are dropped. */
export function takeNext(list: Announcements, now: number): { call: BoardCall | null; rest: Announcements } {
	const [call = null, ...rest] = list.filter((queued) => now - queued.calledAt <= ANNOUNCE_WITHIN_MS);
	return { call, rest };
}

/** Drops calls whose visitor has reached the counter, or that are no longer on the board. */
export function dropAnswered(list: Announcements, calls: readonly BoardCall[]): Announcements {
	const called = new Set(calls.filter((call) => call.state === "called").map((call) => call.call));
	return list.filter((queued) => called.has(queued.call));
}

/** In busier hours, announcing each call in two languages would delay the next one. */
export const MAX_CALLS_PER_HOUR_IN_TWO_LANGUAGES = 200;
const HOUR_MS = 3_600_000;

/** Times of the calls of the last hour, including the new ones. */
export function withCalls(instants: readonly number[], calls: readonly BoardCall[], now: number): readonly number[] {
	return [...instants, ...calls.map(({ calledAt }) => calledAt)].filter((instant) => now - instant < HOUR_MS);
}

/** The visitor's language first, then Chinese, for staff and everybody else. */
export function languagesOf({ language }: BoardCall): readonly Language[] {
	return language === "zh-Hans" ? ["zh-Hans"] : [language, "zh-Hans"];
}

/** In a busy hour only the first language that has clips is announced. */
export function maxLanguages(callsInLastHour: number): number {
	return callsInLastHour > MAX_CALLS_PER_HOUR_IN_TWO_LANGUAGES ? 1 : 2;
}
