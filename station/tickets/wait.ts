import type { Wait } from "../../protocol/model/ticket.ts";

/**
 * How long a newcomer will wait, as a range in minutes: the work of those ahead, shared by the
 * open counters. Until a topic has about 30 services of its own, nothing better can be said from
 * so little (facts: mean absolute error 4.8 minutes; simulation comes with learned durations).
 * The range is 0.7 to 1.4 times that, in steps people use when they speak of waiting.
 */
export function estimateWait(minutesAhead: number, openCounters: number): Wait {
	const middle = minutesAhead / Math.max(1, openCounters);
	const minMinutes = roundDown(middle * 0.7);
	const maxMinutes = roundUp(middle * 1.4);
	return { minMinutes, maxMinutes: Math.max(maxMinutes, minMinutes, SHORTEST) };
}

const SHORTEST = 5;

const stepFor = (minutes: number) => (minutes < 60 ? 5 : 15);
const roundDown = (minutes: number) => Math.floor(minutes / stepFor(minutes)) * stepFor(minutes);
const roundUp = (minutes: number) => Math.ceil(minutes / stepFor(minutes)) * stepFor(minutes);
