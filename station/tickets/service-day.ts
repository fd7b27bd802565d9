import { wallClock } from "../../lib/time/wall-clock.ts";

/**
 * The service day of an instant: the calendar day on the site's wall clock, counted from
 * `dayStartsAt` ("HH:MM"). Fixed at issue. A clock set back never reopens a day that has been
 * left: numbers would be given twice (novosga#367), so the latest day used so far is the floor.
 */
export function serviceDayAt(instant: number, site: SiteClock, latest: string | undefined): string {
	const { date, time } = wallClock(instant, site.timezone);
	const day = time < site.dayStartsAt ? dayBefore(date) : date;
	return latest !== undefined && latest > day ? latest : day;
}

export interface SiteClock {
	/** IANA zone, such as Asia/Shanghai. */
	timezone: string;
	/** "HH:MM" on a 24-hour clock. */
	dayStartsAt: string;
}

/** The calendar day before an ISO date. */
export function dayBefore(date: string): string {
	return new Date(Date.parse(`${date}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
