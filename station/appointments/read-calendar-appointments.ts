import { createHash } from "node:crypto";
import ICAL from "ical.js";
import { UserError } from "../../lib/errors.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";
import type { TopicId } from "../../protocol/model/ids.ts";
import {
	type AppointmentList,
	checkAppointments,
	isTypeable,
	type ListSite,
	nearestLanguage,
	type Remark,
	readStatus,
	requireNoComplaint,
} from "./appointment.ts";
import { type CalendarZone, ownZones, zoneOf } from "./calendar-zones.ts";
import { onWallClock, type ReadTime } from "./read-time.ts";

/** An event that repeats is read this far ahead, in days from the first time that it names or from today. */
const RECURRENCE_DAYS = 366;
/** More times than a booking has; a rule beyond it is a mistake. */
const MAX_RECURRENCES = 500;
const DAY_MS = 86_400_000;

/** An event with the calendar that it stands in. */
interface Entry {
	event: ICAL.Component;
	zones: ReadonlyMap<string, ICAL.Timezone>;
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
	const entries = latestOf(entriesOf(text, site.timezone));
	const list: AppointmentList = {
		appointments: [],
		cancelled: [],
		excluded: [],
		skipped: [],
		notes: [],
		madeCodes: [],
	};
	const complaints: Remark[] = [];
	const drafts: { place: string; draft: unknown }[] = [];
	const detached = new Set(entries.filter(({ recurrenceId }) => recurrenceId !== "").map(keyOf));
	for (const entry of entries) {
		const { event, place } = entry;
		const status = readStatus(textOf(event, "status"));
		if (status === "unknown") {
			complaints.push({ place, what: `STATUS ${textOf(event, "status")} is not known. Use CONFIRMED or CANCELLED.` });
			continue;
		}
		if (entry.uid === "") {
			complaints.push({ place, what: "It has no UID." });
			continue;
		}
		if (status === "cancelled" || entry.method === "CANCEL") {
			const times = repeats(event) ? timesOf(entry, site, now, detached) : undefined;
			if (times?.kind === "times")
				list.excluded.push(...times.times.map(({ recurrenceId }) => sourceOf(entry.uid, recurrenceId)));
			else list.cancelled.push({ source: sourceOf(entry.uid, entry.recurrenceId), place });
			continue;
		}
		const topic = topicOf(event, site);
		if (topic === undefined) {
			list.skipped.push({ place, what: "None of its CATEGORIES is a topic of this site." });
			continue;
		}
		const times = timesOf(entry, site, now, detached);
		if (times.kind === "all-day") {
			list.skipped.push({ place, what: "It is an all-day event." });
			continue;
		}
		if (times.kind === "refused") {
			complaints.push({ place, what: times.why });
			continue;
		}
		list.excluded.push(...excludedOf(entry, site));
		const language = languageOf(entry, list.notes);
		const party = textOf(event, "x-paihao-party") || "1";
		for (const { at, recurrenceId } of times.times) {
			const source = sourceOf(entry.uid, recurrenceId);
			const written = textOf(event, "x-paihao-code");
			const ofUid = entry.uid.split("@")[0] ?? "";
			const own = written || (isTypeable(ofUid) ? ofUid : "");
			const code = own || madeCode(source);
			if (own === "") list.madeCodes.push({ code, at, topic });
			const partySize = /^\d+$/.test(party) ? Number(party) : Number.NaN;
			drafts.push({ place, draft: { source, code, at, topic, language, partySize } });
		}
	}
	requireNoComplaint(complaints);
	if (drafts.length === 0 && list.cancelled.length === 0 && list.skipped.length > 0) requireNoComplaint(list.skipped);
	list.appointments = checkAppointments(drafts, site, (at) => wallClock(at, site.timezone).date);
	return list;
}

const sourceOf = (uid: string, recurrenceId: string) =>
	shorten(recurrenceId === "" ? `calendar ${uid}` : `calendar ${uid} ${recurrenceId}`);

/** UIDs have no limit; a source has. */
function shorten(source: string): string {
	return source.length <= 256 ? source : `calendar sha256 ${createHash("sha256").update(source).digest("hex")}`;
}

const keyOf = ({ uid, recurrenceId }: Pick<Entry, "uid" | "recurrenceId">) => `${uid}\n${recurrenceId}`;

function entriesOf(text: string, siteTimezone: string): Entry[] {
	const calendars = parse(text);
	return calendars
		.flatMap((calendar) => {
			const zones = ownZones(calendar);
			const method = textOf(calendar, "method").toUpperCase();
			return calendar.getAllSubcomponents("vevent").map((event) => ({ event, zones, method }));
		})
		.map(({ event, zones, method }, index) => {
			const uid = textOf(event, "uid");
			return {
				...{ event, zones, method, uid },
				place: uid === "" ? `event ${index + 1}` : `event ${index + 1} (${uid.slice(0, 60)})`,
				recurrenceId: recurrenceIdOf(event, zones, siteTimezone),
				sequence: Number(textOf(event, "sequence") || "0"),
			};
		});
}

/** Of one booking told several times, the highest SEQUENCE; among equal ones the last. */
function latestOf(entries: readonly Entry[]): Entry[] {
	const latest = new Map<string, Entry>();
	for (const entry of entries) {
		const known = latest.get(keyOf(entry));
		if (!known || entry.uid === "" || entry.sequence >= known.sequence)
			latest.set(entry.uid === "" ? entry.place : keyOf(entry), entry);
	}
	return [...latest.values()];
}

function parse(text: string): ICAL.Component[] {
	const body = text.replace(/^\ufeff/, "").trim();
	try {
		if (!/^BEGIN:VCALENDAR/i.test(body)) throw new Error("It does not begin with BEGIN:VCALENDAR.");
		const parsed = ICAL.parse(body) as unknown[];
		// One calendar is ["vcalendar", ...]; several are a list of such.
		const several = (parsed[0] === "vcalendar" ? [parsed] : parsed) as ConstructorParameters<
			typeof ICAL.Component
		>[0][];
		return several.map((one) => new ICAL.Component(one));
	} catch (cause) {
		const what = cause instanceof Error ? ` ${cause.message}` : "";
		throw new UserError("APPOINTMENTS_INVALID", `Nothing was read. The file is not an iCalendar file.${what}`, {
			cause,
		});
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

function languageOf({ event, place }: Entry, notes: Remark[]): string | null {
	const asked = textOf(event, "x-paihao-language");
	if (asked === "") return null;
	const nearest = nearestLanguage(asked);
	if (nearest && !nearest.isExact) notes.push({ place, what: `"${asked}" is read as ${nearest.language}.` });
	return nearest?.language ?? asked;
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
	const zone = tzid ? zoneOf(tzid, entry.zones) : undefined;
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
function excludedOf({ event, uid, zones }: Entry, site: ListSite): string[] {
	return event.getAllProperties("exdate").flatMap((property) => {
		const tzid = property.getFirstParameter("tzid");
		const zone = tzid ? zoneOf(tzid, zones) : undefined;
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
function recurrenceIdOf(
	event: ICAL.Component,
	zones: ReadonlyMap<string, ICAL.Timezone>,
	siteTimezone: string,
): string {
	const property = event.getFirstProperty("recurrence-id");
	const value = property?.getFirstValue();
	if (!property || !(value instanceof ICAL.Time)) return "";
	const tzid = property.getFirstParameter("tzid");
	const zone = tzid ? zoneOf(tzid, zones) : undefined;
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
