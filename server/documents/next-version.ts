/** A version is the moment of publication, readable: 20261123090501 is 23 November 2026, 09:05:01 UTC. */
const DIGITS = "YYYYMMDDhhmmss".length;

/**
 * The version of a document that is published at `now` (UTC milliseconds) after version `last`. Versions rise even where
 * the server was restored from an older backup: a station refuses a lower version than it holds, and ignores another
 * document with the same version.
 */
export function versionAfter(last: number, now: number): number {
	const moment = new Date(now).toISOString().replaceAll(/\D/g, "").slice(0, DIGITS);
	return Math.max(last + 1, Number(moment));
}
