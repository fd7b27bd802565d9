import { wallClock } from "../../lib/time/wall-clock.ts";

export interface SiteClock {
	/** IANA zone, such as Asia/Shanghai. */
	timezone: string;
	/** "HH:MM" on a 24-hour clock. */
	dayStartsAt: string;
}

/** The service day of an instant (UTC ms): the day on the site's wall clock, which begins at `dayStartsAt`. */
export function calendarServiceDay(instant: number, site: SiteClock): string {
	const { date, time } = wallClock(instant, site.timezone);
	return time < site.dayStartsAt ? dayBefore(date) : date;
}

/**
 * The service day of a ticket that is issued at an instant (UTC ms), never earlier than `latest`, the latest day that has
 * tickets. A clock that is set back would otherwise reopen a past day and give its numbers twice (novosga#367).
 */
export function serviceDayAt(instant: number, site: SiteClock, latest: string | undefined): string {
	const day = calendarServiceDay(instant, site);
	return latest !== undefined && latest > day ? latest : day;
}

/** The calendar day before an ISO date. */
export function dayBefore(date: string): string {
	return new Date(Date.parse(`${date}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
