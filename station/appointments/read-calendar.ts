import ICAL from "ical.js";
import { UserError } from "../../lib/errors.ts";
import { instantOfWallClock } from "../../lib/time/wall-clock.ts";
import { type AppointmentList, checkAppointments, requireNoComplaint } from "./appointment.ts";

/**
 * Reads an iCalendar file (RFC 5545): each VEVENT is a booking, with the topic's id among its CATEGORIES, the code
 * in X-PAIHAO-CODE (else the UID up to its @), X-PAIHAO-LANGUAGE and X-PAIHAO-PARTY where they are known; STATUS
 * CANCELLED calls it off. Summary, description, attendees and all else are not looked at. `timezone` is the site's,
 * for times that name none. Throws PlainError APPOINTMENTS_BAD.
 */
export function readCalendar(text: string, site: { timezone: string; topicIds: readonly string[] }): AppointmentList {
	const events = parse(text).getAllSubcomponents("vevent");
	const name = (event: ICAL.Component, index: number) => textOf(event, "uid") || `event ${index + 1}`;
	requireNoComplaint(
		events.flatMap((event, index) =>
			event.hasProperty("rrule") || event.hasProperty("rdate")
				? [{ place: name(event, index), what: "it repeats. Give each booking as an event of its own." }]
				: [],
		),
	);
	const [calledOff, severity] = [true, false].map((cancelled) =>
		events.filter((event) => (textOf(event, "status").toUpperCase() === "CANCELLED") === cancelled),
	) as [ICAL.Component[], ICAL.Component[]];
	const drafts = severity.map((event, index) => {
		const uid = textOf(event, "uid");
		const categories = event.getAllProperties("categories").flatMap((one) => one.getValues().map(String));
		return {
			place: name(event, index),
			draft: {
				source: uid && sourceOf(uid),
				code: textOf(event, "x-paihao-code") || uid.split("@")[0],
				at: startOf(event, site.timezone),
				topic: categories.find((one) => site.topicIds.includes(one)) ?? categories[0] ?? "",
				language: textOf(event, "x-paihao-language") || null,
				partySize: Number(textOf(event, "x-paihao-party") || "1"),
			},
		};
	});
	return {
		appointments: checkAppointments(drafts, site.topicIds),
		calledOff: calledOff.map((event) => sourceOf(textOf(event, "uid"))),
	};
}

const sourceOf = (uid: string) => `calendar ${uid}`;

function parse(text: string): ICAL.Component {
	try {
		return new ICAL.Component(ICAL.parse(text));
	} catch (cause) {
		throw new UserError("APPOINTMENTS_BAD", "Nothing was taken: the file is not an iCalendar file.", { cause });
	}
}

function textOf(event: ICAL.Component, name: string): string {
	const value = event.getFirstPropertyValue(name);
	return value === null ? "" : String(value).trim();
}

/** UTC milliseconds; undefined where it cannot be told, or is a whole day. */
function startOf(event: ICAL.Component, siteTimezone: string): number | undefined {
	const start = event.getFirstProperty("dtstart");
	const value = start?.getFirstValue();
	if (!(value instanceof ICAL.Time) || value.isDate) return undefined;
	if (value.zone === ICAL.Timezone.utcTimezone) return value.toJSDate().getTime();
	const [date = "", time = ""] = value.toString().slice(0, 16).split("T");
	const named = start?.getFirstParameter("tzid");
	try {
		return instantOfWallClock(date, time, named || siteTimezone);
	} catch {
		return undefined;
	}
}
