import type { AppointmentList, ListSite } from "./appointment.ts";
import { decodeText } from "./decode-text.ts";
import { readCalendarAppointments } from "./read-calendar-appointments.ts";
import { readCsvAppointments } from "./read-csv-appointments.ts";

/**
 * Reads a list of appointments, an iCalendar file or a table, whatever its name says. `now` is UTC milliseconds.
 * Throws UserError APPOINTMENTS_UNREADABLE where it is no text, APPOINTMENTS_INVALID where anything in it is wrong.
 */
export function readAppointments(bytes: Uint8Array, site: ListSite, now: number): AppointmentList {
	const text = decodeText(bytes);
	const isCalendar = /^\ufeff?\s*BEGIN:VCALENDAR/i.test(text);
	return isCalendar ? readCalendarAppointments(text, site, now) : readCsvAppointments(text, site);
}
