/** A version is the moment of its publication, as people read it: 20261123090501 is 23 November 2026, 09:05:01 UTC. */
const DIGITS = "YYYYMMDDhhmmss".length;

/**
 * The version of what is published at `now` (UTC milliseconds) after version `last`. It only rises, also where the
 * server was brought back from an older backup and has forgotten what it published since: a station that holds a
 * version would never take a lower one, and take another document of the same for the one that it has.
 */
export function versionAfter(last: number, now: number): number {
	const moment = new Date(now).toISOString().replaceAll(/\D/g, "").slice(0, DIGITS);
	return Math.max(last + 1, Number(moment));
}
