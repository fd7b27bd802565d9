import { DAY_MS } from "../../lib/time/durations.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";

/** Days since 1970 of an ISO date: rules that compare many days count in them. */
export function dayNumberOf(serviceDay: string): number {
	return Date.parse(`${serviceDay}T00:00Z`) / DAY_MS;
}

export function dateOf(dayNumber: number): string {
	return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

/** Of an ISO date; 0 is Monday. */
export function weekdayOf(serviceDay: string): number {
	// 1970 began on a Thursday.
	return (((dayNumberOf(serviceDay) + 3) % 7) + 7) % 7;
}

/** The ISO date so many days later. */
export function addDays(serviceDay: string, days: number): string {
	return dateOf(dayNumberOf(serviceDay) + days);
}

/** From one date to another, 0 for the same. */
export function daysBetween(from: string, to: string): number {
	return dayNumberOf(to) - dayNumberOf(from);
}

const MINUTES_A_DAY = 1_440;

/** Minutes since midnight of the service day, on the site's wall clock; never further than a day from it. */
export function minuteOfDay(timezone: string) {
	return (instant: number, serviceDay: string): number => {
		const { date, time } = wallClock(instant, timezone);
		const [hours = 0, minutes = 0] = time.split(":").map(Number);
		const days = Math.max(-1, Math.min(1, daysBetween(serviceDay, date)));
		return days * MINUTES_A_DAY + hours * 60 + minutes;
	};
}
