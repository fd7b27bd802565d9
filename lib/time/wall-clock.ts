import { DAY_MS, MINUTE_MS } from "./durations.ts";

/** Date (YYYY-MM-DD), time (HH:MM) and weekday (0 is Monday) on the wall clock of a time zone. */
export function wallClock(instant: number, timezone: string): { date: string; time: string; weekday: number } {
	if (instant < EARLIEST || instant >= LATEST) return formatted(instant, timezone);
	const shown = instant + offsetOf(instant, timezone);
	const day = Math.floor(shown / DAY_MS);
	const minute = Math.floor((shown - day * DAY_MS) / MINUTE_MS);
	// 1 January 1970 was a Thursday.
	return { date: dateOf(day), time: TIMES[minute] ?? "", weekday: (day + 3) % 7 };
}

const TIMES = Array.from({ length: 24 * 60 }, (_, minute) => new Date(minute * MINUTE_MS).toISOString().slice(11, 16));
const MAX_DATES = 2_000;
const dates = new Map<number, string>();

/** The date of a day since 1970. Writing one costs ten times a look-up, and lists have the same few days. */
function dateOf(day: number): string {
	const known = dates.get(day);
	if (known !== undefined) return known;
	const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
	if (dates.size >= MAX_DATES) dates.clear();
	dates.set(day, date);
	return date;
}

/** How far a zone's wall clock is ahead of UTC at an instant, in milliseconds; of an early zone in whole minutes. */
export function offsetAt(instant: number, timezone: string): number {
	if (instant >= EARLIEST && instant < LATEST) return offsetOf(instant, timezone);
	const { date, time } = formatted(instant, timezone);
	return Date.parse(`${date}T${time}Z`) - Math.floor(instant / MINUTE_MS) * MINUTE_MS;
}

/** Between these all zones are whole quarters of an hour from UTC and change at whole ones. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
const QUARTER_MS = 15 * MINUTE_MS;
const MAX_OFFSETS = 20_000;
const offsets = new Map<string, Map<number, number>>();

/**
 * How far a zone is ahead of UTC, in milliseconds. Formatting costs 50 times a look-up, and lists have many times: a day
 * that begins and ends alike has one offset, since no zone changes its clocks twice in a day.
 */
function offsetOf(instant: number, timezone: string): number {
	let ofZone = offsets.get(timezone);
	if (!ofZone) {
		ofZone = new Map();
		offsets.set(timezone, ofZone);
	}
	const day = Math.floor(instant / DAY_MS) * DAY_MS;
	const [begins, ends] = [offsetFrom(day, timezone, ofZone), offsetFrom(day + DAY_MS, timezone, ofZone)];
	return begins === ends ? begins : offsetFrom(Math.floor(instant / QUARTER_MS) * QUARTER_MS, timezone, ofZone);
}

function offsetFrom(from: number, timezone: string, ofZone: Map<number, number>): number {
	const known = ofZone.get(from);
	if (known !== undefined) return known;
	const { date, time } = formatted(from, timezone);
	const offset = Date.parse(`${date}T${time}Z`) - from;
	if (ofZone.size >= MAX_OFFSETS) ofZone.clear();
	ofZone.set(from, offset);
	return offset;
}

function formatted(instant: number, timezone: string): { date: string; time: string; weekday: number } {
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
	// The offset of an instant that is before any change of clocks near it is tried first.
	const before = asUtc - offsetAt(asUtc - DAY_MS, timezone);
	if (offsetAt(before, timezone) === asUtc - before) return before;
	const after = asUtc - offsetAt(before, timezone);
	return offsetAt(after, timezone) === asUtc - after ? after : before;
}
