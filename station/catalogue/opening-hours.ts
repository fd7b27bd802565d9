import { instantOfWallClock, wallClock } from "../../lib/time/wall-clock.ts";
import { holdsOn } from "../../protocol/catalogue/recurrence.ts";
import { type ExceptionDay, isExcepted, type Schedule } from "../../protocol/catalogue/schedule.ts";
import type { Opening } from "../../protocol/model/opening.ts";

/** Who is closed longer than this has no hours worth telling: a summer's closing and its holidays are shorter. */
const DAYS_AHEAD = 92;

/** When a site closes for good on the day of an instant (UTC ms): a break at noon is no end. Null where it has no hours that day. */
export function lastClosing(
	instant: number,
	timezone: string,
	schedules: readonly Schedule[],
	exceptions: readonly ExceptionDay[] = [],
): number | null {
	const closings = hoursOn(wallClock(instant, timezone).date, timezone, schedules, exceptions).map(({ to }) => to);
	return closings.length > 0 ? Math.max(...closings) : null;
}

/** A site's hours at an instant (UTC ms), by its schedules on its own wall clock. An exception day has its own hours instead. */
export function openingAt(
	instant: number,
	timezone: string,
	schedules: readonly Schedule[],
	exceptions: readonly ExceptionDay[] = [],
): Opening {
	const today = wallClock(instant, timezone).date;
	for (let days = 0; days <= DAYS_AHEAD; days += 1) {
		const hours = hoursOn(dayAfter(today, days), timezone, schedules, exceptions);
		const present = hours.filter(({ from, to }) => from <= instant && instant < to);
		if (present.length > 0) return { open: true, opensAt: null, closesAt: Math.max(...present.map(({ to }) => to)) };
		const next = hours.filter(({ from }) => from > instant).map(({ from }) => from);
		if (next.length > 0) return { open: false, opensAt: Math.min(...next), closesAt: null };
	}
	return { open: false, opensAt: null, closesAt: null };
}

/** Days are counted on the calendar: a day of 23 hours, after which 24 more would pass over one, counts as any other. */
const dayAfter = (date: string, days: number) =>
	new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function hoursOn(
	date: string,
	timezone: string,
	schedules: readonly Schedule[],
	exceptions: readonly ExceptionDay[],
): { from: number; to: number }[] {
	const exception = exceptions.find((one) => isExcepted(one, date));
	const hours = exception ? exception.hours : schedules.filter((schedule) => holdsOn(schedule, date));
	return hours.map(({ opens_at, closes_at }) => ({
		from: instantOfWallClock(date, opens_at, timezone),
		to: instantOfWallClock(date, closes_at, timezone),
	}));
}
