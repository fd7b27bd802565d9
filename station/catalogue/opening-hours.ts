import { type Schedule, WEEKDAYS } from "../../protocol/catalogue.ts";
import { wallClock } from "../wall-clock.ts";

/** Whether a site is open at an instant (UTC ms), by its weekly schedules on its own wall clock. */
export function isOpenAt(instant: number, timezone: string, schedules: readonly Schedule[]): boolean {
	const { date, time, weekday } = wallClock(instant, timezone);
	const day = WEEKDAYS[weekday];
	return schedules.some(
		(schedule) =>
			day !== undefined &&
			schedule.byday.includes(day) &&
			(schedule.valid_from === undefined || schedule.valid_from <= date) &&
			(schedule.valid_to === undefined || date <= schedule.valid_to) &&
			schedule.opens_at <= time &&
			time < schedule.closes_at,
	);
}
