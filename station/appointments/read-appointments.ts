import { DAY_MS } from "../../lib/time/durations.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";
import type { AppointmentList, ListSite } from "./appointment.ts";
import { decodeText } from "./decode-text.ts";
import { type Remark, reason, remark } from "./list-remark.ts";
import { readCalendarAppointments } from "./read-calendar-appointments.ts";
import { readCsvAppointments } from "./read-csv-appointments.ts";

/**
 * Reads a list of appointments, an iCalendar file or a table, whatever its name says. `now` is UTC milliseconds.
 * Throws UserError APPOINTMENTS_UNREADABLE where it is no text, APPOINTMENTS_INVALID where anything in it is wrong.
 */
export function readAppointments(bytes: Uint8Array, site: ListSite, now: number): AppointmentList {
	const text = decodeText(bytes);
	const isCalendar = /^\ufeff?\s*BEGIN:VCALENDAR/i.test(text);
	const list = isCalendar ? readCalendarAppointments(text, site, now) : readCsvAppointments(text, site);
	return { ...list, notes: [...list.notes, ...pastDaysOf(list, site, now), ...nightTimesOf(list, site)] };
}

/** A wrong year, or Excel's other calendar (1904), puts a whole list into the past. What is from yesterday may just be late. */
function pastDaysOf({ appointments }: AppointmentList, { timezone }: ListSite, now: number): Remark[] {
	const past = appointments.filter(({ at }) => at < now - 2 * DAY_MS);
	if (past.length === 0) return [];
	const first = past.reduce((earliest, { at }) => Math.min(earliest, at), now);
	return [remark(null, reason("days-past", { count: past.length, day: wallClock(first, timezone).date }))];
}

/** Nobody is booked at night: it may be a day alone, a time of another zone, or a morning for an afternoon. */
function nightTimesOf({ appointments }: AppointmentList, { timezone }: ListSite): Remark[] {
	const atNight = appointments
		.map(({ at }) => wallClock(at, timezone))
		.filter(({ time }) => time < NIGHT_ENDS || time >= NIGHT_BEGINS);
	const [first] = atNight;
	if (!first) return [];
	return [remark(null, reason("times-at-night", { count: atNight.length, time: `${first.date} ${first.time}` }))];
}

const NIGHT_ENDS = "06:00";
const NIGHT_BEGINS = "22:00";
