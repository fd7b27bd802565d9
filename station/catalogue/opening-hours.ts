import { instantOfWallClock, wallClock } from "../../lib/time/wall-clock.ts";
import type { Opening } from "../../protocol/api/board.ts";
import { type Schedule, WEEKDAYS } from "../../protocol/catalogue/catalogue.ts";

const DAY = 24 * 3_600_000;
/** Holidays are a week; who is closed longer than this has no hours worth telling. */
const DAYS_AHEAD = 14;

/** When a site closes for good on the day of an instant (UTC ms): a break at noon is no end. Null where it has no hours that day. */
export function lastClosing(instant: number, timezone: string, schedules: readonly Schedule[]): number | null {
	const day = wallClock(instant, timezone);
	const closings = schedules
		.filter((schedule) => holdsOn(schedule, day))
		.map(({ closes_at }) => instantOfWallClock(day.date, closes_at, timezone));
	return closings.length > 0 ? Math.max(...closings) : null;
}

/** A site's hours at an instant (UTC ms), by its weekly schedules on its own wall clock. */
export function openingAt(instant: number, timezone: string, schedules: readonly Schedule[]): Opening {
	const hours = Array.from({ length: DAYS_AHEAD + 1 }, (_, days) => wallClock(instant + days * DAY, timezone))
		.flatMap((day) => schedules.filter((schedule) => holdsOn(schedule, day)).map((schedule) => ({ day, schedule })))
		.map(({ day: { date }, schedule }) => ({
			from: instantOfWallClock(date, schedule.opens_at, timezone),
			to: instantOfWallClock(date, schedule.closes_at, timezone),
		}));
	const present = hours.filter(({ from, to }) => from <= instant && instant < to);
	if (present.length > 0) {
		return { open: true, opensAt: null, closesAt: Math.max(...present.map(({ to }) => to)) };
	}
	const next = hours.filter(({ from }) => from > instant).map(({ from }) => from);
	return { open: false, opensAt: next.length > 0 ? Math.min(...next) : null, closesAt: null };
}

function holdsOn(schedule: Schedule, { date, weekday }: { date: string; weekday: number }): boolean {
	const day = WEEKDAYS[weekday];
	return (
		day !== undefined &&
		schedule.byday.includes(day) &&
		(schedule.valid_from === undefined || schedule.valid_from <= date) &&
		(schedule.valid_to === undefined || date <= schedule.valid_to)
	);
}
