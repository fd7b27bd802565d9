import { createHash } from "node:crypto";
import ICAL from "ical.js";
import { UserError } from "../../lib/errors.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";
import type { TopicId } from "../../protocol/model/ids.ts";
import {
	type AppointmentList,
	isTypeable,
	type ListSite,
	nearestLanguage,
	openAppointmentCheck,
	type Remark,
	readStatus,
	requireNoComplaint,
} from "./appointment.ts";
import { type CalendarZone, type ZoneOf, zonesOf } from "./calendar-zones.ts";
import { errorIn } from "./check-event.ts";
import { onWallClock, type ReadTime } from "./read-time.ts";
import { splitCalendars } from "./split-calendars.ts";

/** An event that repeats is read this far ahead, in days from the first time that it names or from today. */
const RECURRENCE_DAYS = 366;
/** More times than a booking has; a rule beyond it is a mistake. */
const MAX_RECURRENCES = 500;
const DAY_MS = 86_400_000;

/** An event with the calendar that it stands in. */
interface Entry {
	event: ICAL.Component;
	zoneOf: ZoneOf;
	/** The calendar's METHOD, in capitals. */
	method: string;
	place: string;
	uid: string;
	/** The instance that it stands for, as it is written; "" where it stands for the whole event. */
	recurrenceId: string;
	sequence: number;
}

/**
 * Reads an iCalendar file (RFC 5545), one or several calendars: each VEVENT is a booking, with the topic's id among its
 * CATEGORIES, the code in X-PAIHAO-CODE (else the UID up to its @, where a person can type it, else one is made),
 * X-PAIHAO-LANGUAGE and X-PAIHAO-PARTY where they are known. An event that repeats is a booking for each of its times
 * from `now` on. A booking is UID and RECURRENCE-ID; of several the highest SEQUENCE counts. STATUS CANCELLED (in both
 * spellings) and METHOD CANCEL cancel; a status that is not known refuses the file. All-day events and those without a
 * topic of this site are left out and named. Summary, description, attendees and all else are not looked at.
 * `now` is UTC milliseconds. Throws UserError APPOINTMENTS_INVALID.
 */
export function readCalendarAppointments(text: string, site: ListSite, now: number): AppointmentList {
	const readings = latestOf(readingsOf(text, site));
	const list: AppointmentList = {
		appointments: [],
		cancelled: [],
		excluded: [],
		skipped: [],
		notes: [],
		madeCodes: [],
	};
	const complaints: Remark[] = [];
	const check = openAppointmentCheck(site, (at) => wallClock(at, site.timezone).date);
	const detached = new Set(readings.flatMap((one) => (one.recurrenceId === "" ? [] : [keyOf(one)])));
	for (const { uid, recurrenceId, place, content } of readings) {
		const read: Content = content.kind === "repeats" ? readEvent(content.entry, site, now, detached) : content;
		list.excluded.push(...(read.kind === "cancelled" || read.kind === "bookings" ? read.excluded : []));
		switch (read.kind) {
			case "complaint":
				complaints.push({ place, what: read.what });
				break;
			case "skipped":
				list.skipped.push({ place, what: read.what });
				break;
			case "cancelled":
				if (read.isWhole) list.cancelled.push({ source: sourceOf(uid, recurrenceId), place });
				break;
			case "bookings":
				if (read.note !== undefined) list.notes.push({ place, what: read.note });
				for (const draft of read.drafts) {
					if (draft.isMadeCode) list.madeCodes.push({ code: draft.code, at: draft.at, topic: draft.topic });
					const { isMadeCode: _, ...booking } = draft;
					check.add(place, booking);
				}
		}
	}
	requireNoComplaint(complaints);
	if (check.isEmpty() && list.cancelled.length === 0 && list.skipped.length > 0) requireNoComplaint(list.skipped);
	list.appointments = check.finish();
	return list;
}

/** What an event says, without the event itself: of 50,000 only this is kept. */
type Content =
	| { kind: "complaint" | "skipped"; what: string }
	/** `isWhole`: the booking itself; else the times in `excluded`. */
	| { kind: "cancelled"; isWhole: boolean; excluded: string[] }
	| { kind: "bookings"; drafts: Draft[]; excluded: string[]; note: string | undefined };

interface Draft {
	source: string;
	code: string;
	isMadeCode: boolean;
	at: number;
	topic: TopicId;
	language: string | null;
	partySize: number;
}

/** Of an event that repeats the whole is kept: which of its times stand alone is known at the end. */
interface Reading extends Pick<Entry, "uid" | "recurrenceId" | "sequence" | "place"> {
	content: Content | { kind: "repeats"; entry: Entry };
}

function readEvent(entry: Entry, site: ListSite, now: number, detached: ReadonlySet<string>): Content {
	const { event, uid } = entry;
	const status = readStatus(textOf(event, "status"));
	if (status === "unknown")
		return {
			kind: "complaint",
			what: `STATUS ${textOf(event, "status")} is not known. Use CONFIRMED or CANCELLED.`,
		};
	if (uid === "") return { kind: "complaint", what: "It has no UID." };
	if (status === "cancelled" || entry.method === "CANCEL") {
		const times = repeats(event) ? timesOf(entry, site, now, detached) : undefined;
		if (times?.kind !== "times") return { kind: "cancelled", isWhole: true, excluded: [] };
		const excluded = times.times.map(({ recurrenceId }) => sourceOf(uid, recurrenceId));
		return { kind: "cancelled", isWhole: false, excluded };
	}
	const topic = topicOf(event, site);
	if (topic === undefined) return NO_BOOKING;
	const times = timesOf(entry, site, now, detached);
	if (times.kind === "all-day") return { kind: "skipped", what: "It is an all-day event." };
	if (times.kind === "refused") return { kind: "complaint", what: times.why };
	const { language, note } = languageOf(entry);
	const party = textOf(event, "x-paihao-party") || "1";
	const partySize = /^\d+$/.test(party) ? Number(party) : Number.NaN;
	const drafts = times.times.map(({ at, recurrenceId }) => {
		const source = sourceOf(uid, recurrenceId);
		const written = textOf(event, "x-paihao-code");
		const ofUid = uid.split("@")[0] ?? "";
		const own = written || (isTypeable(ofUid) ? ofUid : "");
		return { source, code: own || madeCode(source), isMadeCode: own === "", at, topic, language, partySize };
	});
	return { kind: "bookings", drafts, excluded: excludedOf(entry, site), note };
}

const sourceOf = (uid: string, recurrenceId: string) =>
	shorten(recurrenceId === "" ? `calendar ${uid}` : `calendar ${uid} ${recurrenceId}`);

/** UIDs have no limit; a source has. */
function shorten(source: string): string {
	return source.length <= 256 ? source : `calendar sha256 ${createHash("sha256").update(source).digest("hex")}`;
}

const keyOf = ({ uid, recurrenceId }: Pick<Entry, "uid" | "recurrenceId">) => `${uid}\n${recurrenceId}`;

function* readingsOf(text: string, site: ListSite): Generator<Reading> {
	let index = 0;
	for (const calendar of splitCalendars(text.replace(/^\ufeff/, ""))) {
		const frame = parseComponent(calendar.frame, "The calendar");
		const zoneOf = zonesOf(frame);
		const method = textOf(frame, "method").toUpperCase();
		for (const piece of calendar.events()) {
			index += 1;
			const event = parseComponent(piece.text, `The event of line ${piece.line}`);
			const uid = textOf(event, "uid");
			const where = `line ${piece.line}, event ${index}`;
			const place = uid === "" ? where : `${where} (${uid.slice(0, 60)})`;
			const error = errorIn(event, piece.text);
			if (error !== undefined) {
				const content = topicOf(event, site) === undefined ? NO_BOOKING : ({ kind: "complaint", what: error } as const);
				// Each of them alone: which of them counts cannot be told.
				yield { uid: "", recurrenceId: "", sequence: 0, place, content };
				continue;
			}
			const entry: Entry = {
				...{ event, zoneOf, method, uid, place },
				recurrenceId: recurrenceIdOf(event, zoneOf, site.timezone),
				sequence: Number(textOf(event, "sequence") || "0"),
			};
			const { recurrenceId, sequence } = entry;
			const content = repeats(event) ? ({ kind: "repeats", entry } as const) : readEvent(entry, site, 0, NOTHING);
			yield { uid, recurrenceId, sequence, place, content };
		}
	}
}

const NOTHING: ReadonlySet<string> = new Set();
const NO_BOOKING: Content = { kind: "skipped", what: "None of its CATEGORIES is a topic of this site." };

/** Of one booking told several times, the highest SEQUENCE; among equal ones the last. */
function latestOf(readings: Iterable<Reading>): Reading[] {
	const latest = new Map<string, Reading>();
	for (const entry of readings) {
		const known = latest.get(keyOf(entry));
		if (!known || entry.uid === "" || entry.sequence >= known.sequence)
			latest.set(entry.uid === "" ? entry.place : keyOf(entry), entry);
	}
	return [...latest.values()];
}

function parseComponent(text: string, what: string): ICAL.Component {
	try {
		return new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
	} catch (cause) {
		const why = cause instanceof Error ? ` ${cause.message}` : "";
		throw new UserError("APPOINTMENTS_INVALID", `Nothing was read. ${what} is not iCalendar.${why}`, { cause });
	}
}

function textOf(component: ICAL.Component, name: string): string {
	const value = component.getFirstPropertyValue(name);
	return value === null || value === undefined ? "" : String(value).trim();
}

function topicOf(event: ICAL.Component, { topicIds }: ListSite): TopicId | undefined {
	const categories = event.getAllProperties("categories").flatMap((one) => one.getValues().map(String));
	return categories.flatMap((one) => topicIds.find((topic) => topic === one.trim()) ?? []).at(0);
}

function languageOf({ event }: Entry): { language: string | null; note: string | undefined } {
	const asked = textOf(event, "x-paihao-language");
	if (asked === "") return { language: null, note: undefined };
	const nearest = nearestLanguage(asked);
	const note = nearest && !nearest.isExact ? `"${asked}" is read as ${nearest.language}.` : undefined;
	return { language: nearest?.language ?? asked, note };
}

type Times =
	| { kind: "times"; times: { at: number; recurrenceId: string }[] }
	| { kind: "all-day" }
	| { kind: "refused"; why: string };

function timesOf(entry: Entry, site: ListSite, now: number, detached: ReadonlySet<string>): Times {
	const start = entry.event.getFirstProperty("dtstart");
	const value = start?.getFirstValue();
	if (!start || !(value instanceof ICAL.Time)) return { kind: "refused", why: "It has no DTSTART." };
	if (value.isDate) return { kind: "all-day" };
	const tzid = start.getFirstParameter("tzid");
	const zone = tzid ? entry.zoneOf(tzid) : undefined;
	if (tzid && !zone)
		return {
			kind: "refused",
			why: `Its zone ${JSON.stringify(tzid)} is not known, and the file does not describe it.`,
		};
	const instantOf = (time: ICAL.Time) => instantOfTime(time, zone, site.timezone);
	if (!repeats(entry.event)) {
		const read = instantOf(value);
		if (read.kind === "refused") return { kind: "refused", why: `${read.why}.` };
		return { kind: "times", times: [{ at: read.at, recurrenceId: entry.recurrenceId }] };
	}
	return recurrencesOf(entry, value, instantOf, now, detached);
}

const repeats = (event: ICAL.Component) => event.hasProperty("rrule") || event.hasProperty("rdate");

/** The times that an event leaves out: bookings of an earlier version of it, which are withdrawn. */
function excludedOf({ event, uid, zoneOf }: Entry, site: ListSite): string[] {
	return event.getAllProperties("exdate").flatMap((property) => {
		const tzid = property.getFirstParameter("tzid");
		const zone = tzid ? zoneOf(tzid) : undefined;
		return property.getValues().flatMap((value) => {
			if (!(value instanceof ICAL.Time) || value.isDate) return [];
			const read = instantOfTime(value, zone, site.timezone);
			return read.kind === "instant" ? [sourceOf(uid, recurrenceIdText(read.at))] : [];
		});
	});
}

function recurrencesOf(
	entry: Entry,
	start: ICAL.Time,
	instantOf: (time: ICAL.Time) => ReadTime,
	now: number,
	detached: ReadonlySet<string>,
): Times {
	const expansion = new ICAL.RecurExpansion({ component: entry.event, dtstart: start });
	const times: { at: number; recurrenceId: string }[] = [];
	for (let turn = 0; ; turn += 1) {
		const next = expansion.next();
		if (!next) break;
		if (turn > MAX_RECURRENCES * 20) return { kind: "refused", why: "It repeats without an end that can be reached." };
		const read = instantOf(next);
		if (read.kind === "refused") return { kind: "refused", why: `${read.why}.` };
		if (read.at > now + RECURRENCE_DAYS * DAY_MS) break;
		if (read.at < now - DAY_MS) continue;
		const recurrenceId = recurrenceIdText(read.at);
		if (!detached.has(keyOf({ uid: entry.uid, recurrenceId }))) times.push({ at: read.at, recurrenceId });
		if (times.length > MAX_RECURRENCES)
			return { kind: "refused", why: `It repeats more than ${MAX_RECURRENCES} times.` };
	}
	return { kind: "times", times };
}

/** A RECURRENCE-ID as an instant, so that it is the same however its zone is written. */
function recurrenceIdOf(event: ICAL.Component, zoneOf: ZoneOf, siteTimezone: string): string {
	const property = event.getFirstProperty("recurrence-id");
	const value = property?.getFirstValue();
	if (!property || !(value instanceof ICAL.Time)) return "";
	const tzid = property.getFirstParameter("tzid");
	const zone = tzid ? zoneOf(tzid) : undefined;
	const read = instantOfTime(value, zone, siteTimezone);
	return value.isDate || read.kind === "refused" ? value.toString() : recurrenceIdText(read.at);
}

const recurrenceIdText = (at: number) => new Date(at).toISOString();

/** An instant of a time in its zone; without one, on the site's wall clock. */
function instantOfTime(time: ICAL.Time, zone: CalendarZone | undefined, siteTimezone: string): ReadTime {
	const { year, month, day, hour, minute, second } = time;
	const text = time.toString();
	if (time.zone === ICAL.Timezone.utcTimezone && zone === undefined)
		return { kind: "instant", at: Date.UTC(year, month - 1, day, hour, minute, second) };
	if (zone?.kind === "own") {
		const offsetSeconds = zone.zone.utcOffset(time);
		return { kind: "instant", at: Date.UTC(year, month - 1, day, hour, minute, second) - offsetSeconds * 1_000 };
	}
	return onWallClock({ year, month, day, hour, minute, second }, zone?.timezone ?? siteTimezone, text);
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MADE_CODE_LENGTH = 8;

/** A code that a person can type, always the same for the same booking, so that reading the file again changes nothing. */
function madeCode(source: string): string {
	const digest = createHash("sha256").update(`booking code ${source}`).digest();
	return Array.from(digest.subarray(0, MADE_CODE_LENGTH), (byte) => ALPHABET[byte & 31]).join("");
}
