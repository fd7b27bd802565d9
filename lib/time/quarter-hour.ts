const QUARTER_HOUR_MS = 15 * 60_000;

/** The quarter of an hour of an instant: every zone's offset is a multiple of it, so it is one on each wall clock. */
export function quarterHourOf(now: number): { from: number; to: number } {
	const from = Math.floor(now / QUARTER_HOUR_MS) * QUARTER_HOUR_MS;
	return { from, to: from + QUARTER_HOUR_MS };
}
