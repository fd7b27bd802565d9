import { MINUTE_MS, SECOND_MS } from "../../lib/time/durations.ts";

const FIRST_RETRY_MS = SECOND_MS;
const MAX_RETRY_MS = MINUTE_MS;

/** A station without enrolment checks this often whether it has one by now. It reads a file and sends nothing. */
export const UNENROLLED_DELAY_MS = 2 * SECOND_MS;

/**
 * Milliseconds to wait after so many failures in a row: full jitter, from one second, doubled each time, one minute at
 * most. `random` is in [0, 1).
 */
export function retryDelayMs(failures: number, random: number): number {
	return Math.floor(random * Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 16)));
}

/** Milliseconds until the next round after a good one: 15 to 30 s, so that thousands of stations do not come at once. */
export function roundDelayMs(random: number): number {
	return 15 * SECOND_MS + Math.floor(random * 15 * SECOND_MS);
}
