import type { AppointmentList, ListSite } from "./appointment.ts";
import { readCalendar } from "./read-calendar.ts";
import { readCsv } from "./read-csv.ts";
import { readText } from "./read-text.ts";

/**
 * Reads a list of appointments, an iCalendar file or a table, whatever its name says. `now` is UTC milliseconds.
 * Throws UserError APPOINTMENTS_UNREADABLE where it is no text, APPOINTMENTS_INVALID where anything in it is wrong.
 */
export function readList(bytes: Uint8Array, site: ListSite, now: number): AppointmentList {
	const text = readText(bytes);
	const isCalendar = /^\ufeff?\s*BEGIN:VCALENDAR/i.test(text);
	return isCalendar ? readCalendar(text, site, now) : readCsv(text, site);
}
