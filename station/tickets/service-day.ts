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
 * The service day of a ticket that is issued at an instant (UTC ms). A clock that is set back over midnight does not
 * reopen the day before `latest`, the latest day that has tickets. Where `latest` is further ahead, a clock was wrong
 * when it was used, and the calendar's day counts: numbers go on from that day's last one, so none is given twice.
 */
export function serviceDayAt(instant: number, site: SiteClock, latest: string | undefined): string {
	const day = calendarServiceDay(instant, site);
	return latest !== undefined && dayBefore(latest) === day ? latest : day;
}

/** The calendar day before an ISO date. */
export function dayBefore(date: string): string {
	return new Date(Date.parse(`${date}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
