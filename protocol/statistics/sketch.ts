/*
 * A distribution as counts of buckets whose bounds grow by a fixed factor (DDSketch: Masson, Rim and Lee, VLDB 2019).
 * Sketches of any stations and days add up, and what was added can be taken away again. A percentile is wrong by
 * MAX_ERROR of itself at most, and so is a mean.
 */

export const MAX_ERROR = 0.03;
const GROWTH = (1 + MAX_ERROR) / (1 - MAX_ERROR);
const LOG_GROWTH = Math.log(GROWTH);

/** Longer than any wait that is believed (LONGEST_WAIT_MS), in seconds. */
const LONGEST_SECONDS = 40_000;
export const BUCKETS = bucketOf(LONGEST_SECONDS) + 1;

/** 0 holds less than a second. */
export function bucketOf(seconds: number): number {
	return seconds < 1 ? 0 : 1 + Math.max(0, Math.ceil(Math.log(seconds) / LOG_GROWTH));
}

/** The value that is wrong by the same share at both ends of its bucket. */
export function secondsOf(bucket: number): number {
	return bucket === 0 ? 0 : (2 * GROWTH ** (bucket - 1)) / (GROWTH + 1);
}
