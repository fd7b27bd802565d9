import { DAY_MS, MINUTE_MS } from "./durations.ts";

/** Date (YYYY-MM-DD), time (HH:MM) and weekday (0 is Monday) on the wall clock of a time zone. */
export function wallClock(instant: number, timezone: string): { date: string; time: string; weekday: number } {
	const parts = Object.fromEntries(
		formatterFor(timezone)
			.formatToParts(instant)
			.map(({ type, value }) => [type, value]),
	);
	const date = `${parts.year}-${parts.month}-${parts.day}`;
	return { date, time: `${parts.hour}:${parts.minute}`, weekday: (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7 };
}

// Making a formatter takes 100 times as long as using it, so one for each zone is kept.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timezone: string): Intl.DateTimeFormat {
	const known = formatters.get(timezone);
	if (known) return known;
	const made = new Intl.DateTimeFormat("en-u-nu-latn-ca-gregory", {
		timeZone: timezone,
		hourCycle: "h23",
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
	});
	formatters.set(timezone, made);
	return made;
}

/**
 * The instant (UTC milliseconds) at which a zone's wall clock shows a date (YYYY-MM-DD) and time (HH:MM). A time that
 * the clocks skip is read with the offset before the change; of a time that comes twice, the earlier is taken.
 * Throws RangeError for an unknown zone or date.
 */
export function instantOfWallClock(date: string, time: string, timezone: string): number {
	const asUtc = Date.parse(`${date}T${time}Z`);
	const offsetAt = (instant: number) => {
		const shown = wallClock(instant, timezone);
		return Date.parse(`${shown.date}T${shown.time}Z`) - Math.floor(instant / MINUTE_MS) * MINUTE_MS;
	};
	// The offset of an instant that is before any change of clocks near it is tried first.
	const before = asUtc - offsetAt(asUtc - DAY_MS);
	return offsetAt(before) === asUtc - before ? before : asUtc - offsetAt(before);
}
