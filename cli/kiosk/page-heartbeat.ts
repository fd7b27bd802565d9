/** How often the window's page is asked whether it lives. */
export const BEAT_INTERVAL_MS = 2_000;

/** A page that is busy for a moment misses one or two. */
const MISSED_BY_HUNG_PAGE = 4;

/**
 * Whether a page that left so many beats without an answer hangs. They are counted, not timed: a machine that slept, or a
 * processor that was busy elsewhere, held up this program as well.
 */
export function isHung(missed: number): boolean {
	return missed >= MISSED_BY_HUNG_PAGE;
}
