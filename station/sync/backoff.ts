const FIRST = 1_000;
const CAP = 60_000;

/** How long to rest after so many failures in turn: full jitter, 1 s doubled each time, 60 s at most. `random` is in [0, 1). */
export function backoff(failures: number, random: number): number {
	return Math.floor(random * Math.min(CAP, FIRST * 2 ** Math.min(failures, 16)));
}

/** A station that is enrolled nowhere looks so often whether it is by now: a file is read, nothing is sent. */
export const UNENROLLED_REST = 2_000;

/** How long a station that has nothing to give rests before it says hello again: jittered, so that thousands do not come at once. */
export function rest(random: number): number {
	return 15_000 + Math.floor(random * 15_000);
}
