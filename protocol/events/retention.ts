import { DAY_MS } from "../../lib/time/durations.ts";

/** How many days a station and the server keep what links a ticket to its visitor, by default. */
export const RETENTION_DAYS = 90;

/** Events before this instant are due to be redacted; UTC milliseconds. */
export function redactBefore(now: number, days: number): number {
	return now - days * DAY_MS;
}

/**
 * Those of the next events that are due. Events are redacted in their order without exception, so that the redacted ones
 * are always the beginning of a log. Events that a fast clock dated ahead, and those after them, wait until they are due.
 */
export function dueOf<T extends { at: number }>(next: readonly T[], before: number): T[] {
	const firstKept = next.findIndex(({ at }) => at >= before);
	return firstKept === -1 ? [...next] : next.slice(0, firstKept);
}
