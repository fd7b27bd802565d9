/** How long a station and the server keep what links a ticket to its visitor, in days, unless set otherwise. */
export const RETENTION_DAYS = 90;

const DAY = 24 * 3_600_000;

/** Events before this instant are due to be cut; UTC milliseconds. */
export function redactBefore(now: number, days: number): number {
	return now - days * DAY;
}

/**
 * Those of the next events that are due. They are cut in their order and none is left out, so that what was cut is
 * always the beginning of a log; where a clock had run ahead, its events and those after them wait until they are due.
 */
export function dueOf<T extends { at: number }>(next: readonly T[], before: number): T[] {
	const firstKept = next.findIndex(({ at }) => at >= before);
	return firstKept === -1 ? [...next] : next.slice(0, firstKept);
}
