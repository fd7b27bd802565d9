import { MINUTE_MS } from "../../lib/time/durations.ts";
import { instantOfWallClock, wallClock } from "../../lib/time/wall-clock.ts";

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

/** The instant (UTC ms) at which a service day ends: at the site's hour, or as soon as the wall clock has passed over it. */
export function endOfServiceDay(serviceDay: string, site: SiteClock): number {
	let end = instantOfWallClock(daysBefore(serviceDay, -1), site.dayStartsAt, site.timezone);
	// Where the clocks leave that hour out, the day has turned when they did: at a whole quarter of an hour.
	while (calendarServiceDay(end - 1, site) > serviceDay) end = Math.floor((end - 1) / QUARTER_MS) * QUARTER_MS;
	return end;
}

const QUARTER_MS = 15 * MINUTE_MS;

/** The calendar day before an ISO date. */
export function dayBefore(date: string): string {
	return daysBefore(date, 1);
}

export function daysBefore(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** So long after its last call or start a ticket at a counter counts as under way, although its day is over. */
const UNDER_WAY_MS = 2 * 3_600_000;

/** When a ticket's state began, and when it was last called. UTC milliseconds. */
interface Dated {
	serviceDay: string;
	counter: string | null;
	since: number;
	calledAt: number | null;
}

/**
 * Whether a live ticket still counts on the service day `today`: it is of that day, or it is at a counter and was called
 * or started so shortly ago that its visitor sits there. Any other that an earlier day left is ended.
 */
export function countsOn(today: string, { serviceDay, counter, since, calledAt }: Dated, now: number): boolean {
	if (serviceDay >= today) return true;
	return counter !== null && now - Math.max(since, calledAt ?? since) < UNDER_WAY_MS;
}
