import { createHash } from "node:crypto";
import ICAL from "ical.js";
import { offsetAt, wallClock } from "../../lib/time/wall-clock.ts";
import type { TopicId } from "../../protocol/model/ids.ts";
import {
	type AppointmentDraft,
	type AppointmentList,
	isTypeable,
	type ListSite,
	nearestLanguage,
	openAppointmentCheck,
} from "./appointment.ts";
import { isCancelledTitle, readStatus, type Status } from "./booking-status.ts";
import {
	type CalendarEvent,
	calendarTimeOf,
	parseEvent,
	propertyOf,
	textOf,
	textsOf,
	tzidOf,
} from "./calendar-event.ts";
import { recurrenceIdOf, recurrenceIdText, repeats, type TimedEvent, timesOf } from "./calendar-times.ts";
import { findTimezone, zonesOf } from "./calendar-zones.ts";
import { errorIn } from "./check-event.ts";
import type { EventError } from "./check-lines.ts";
import { keyOf, latestOf, type Revision } from "./latest-revision.ts";
import {
	ListRefused,
	type Place,
	quoted,
	type Reason,
	type Remark,
	reason,
	remark,
	requireNoComplaint,
} from "./list-remark.ts";
import { madeCode } from "./made-code.ts";
import { splitCalendars } from "./split-calendars.ts";
import { type ListTopics, topicsOf } from "./topic-names.ts";
import { isInstance, sourceOfInstance } from "./visit-source.ts";

/** An event with the calendar that it stands in. */
interface Entry extends TimedEvent {
	/** The calendar's METHOD, in capitals. */
	method: string;
	/** The zone that the calendar says it is shown in; "" where it says none. */
	shownIn: string;
	place: Place;
	uid: string;
	revision: Revision;
}

/** What an event is read for. */
interface EventSite {
	timezone: string;
	topics: ListTopics;
}

/**
 * Reads an iCalendar file (RFC 5545), one or several calendars: each VEVENT is a booking, with the topic's id or name
 * among its CATEGORIES or as its SUMMARY, else that which the whole list was given; the code in X-PAIHAO-CODE (else the UID up to its @, where a person can type it, else one is made),
 * X-PAIHAO-LANGUAGE and X-PAIHAO-PARTY where they are known. An event that repeats is a booking for each of its times
 * from `now` on. A booking is UID and RECURRENCE-ID; of several the highest SEQUENCE counts. STATUS CANCELLED (in both
 * spellings) and METHOD CANCEL cancel; a status that is not known refuses the file. All-day events and those without a
 * topic of this site are left out and named. Description, attendees and all else are not looked at.
 * `now` is UTC milliseconds. Throws ListRefused.
 */
export function readCalendarAppointments(text: string, site: ListSite, now: number): AppointmentList {
	const { timezone } = site;
	const of: EventSite = { timezone, topics: topicsOf(site) };
	const complaints: Remark[] = [];
	const readings = latestOf(readingsOf(text, of), (one, other) => {
		if (saysOther(one, other)) complaints.push(remark(other.place, reason("same-booking", { line: one.place.line })));
	});
	const list: AppointmentList = {
		appointments: [],
		cancelled: [],
		listed: [],
		skipped: [],
		notes: [],
		madeCodes: [],
	};
	const check = openAppointmentCheck(site, (at) => wallClock(at, timezone).date);
	const detached = new Set(readings.flatMap((one) => (one.recurrenceId === "" ? [] : [keyOf(one)])));
	const cancelledSeries = seriesCancelledIn(readings);
	for (const { uid, recurrenceId, revision, place, content } of readings) {
		// It goes with its series.
		if (recurrenceId !== "" && revision.sequence <= (cancelledSeries.get(uid) ?? -1)) continue;
		const read = content.kind === "repeats" ? readEvent(content.entry, of, now, detached) : content;
		const event = { source: sourceOf(uid, recurrenceId), sequence: revision.sequence };
		switch (read.kind) {
			case "complaint":
				complaints.push(remark({ ...place, column: read.property }, read.why));
				break;
			case "unread":
				list.skipped.push(remark(place, read.why));
				break;
			case "no-booking":
				list.skipped.push(remark(place, read.why));
				if (uid !== "") list.listed.push(event);
				break;
			case "cancelled":
				list.cancelled.push({ ...event, place });
				break;
			case "bookings":
				list.notes.push(...read.notes.map((note) => remark(place, note)));
				if (read.isWhole) list.listed.push(event);
				for (const draft of read.drafts) {
					if (draft.isMadeCode) list.madeCodes.push({ code: draft.code, at: draft.at, topic: draft.topic });
					check.add(place, draft);
				}
		}
	}
	requireNoComplaint(complaints);
	if (check.isEmpty() && list.cancelled.length === 0 && list.skipped.length > 0) requireNoComplaint(list.skipped);
	list.appointments = check.finish();
	return list;
}

/** Two events with one UID that are two bookings: some systems take the customer's number for it. */
function saysOther({ content: one }: Reading, { content: other }: Reading): boolean {
	if (one.kind !== "bookings" || other.kind !== "bookings") return false;
	const [first, second] = [one.drafts[0], other.drafts[0]];
	return first !== undefined && second !== undefined && (first.at !== second.at || first.topic !== second.topic);
}

/** What an event says, without the event itself: of 50,000 only this is kept. */
type Content =
	| ({ kind: "complaint" } & EventError)
	/** Says nothing of bookings. */
	| { kind: "unread"; why: Reason }
	/** An event that is none, also where it was one before. */
	| { kind: "no-booking"; why: Reason }
	| { kind: "cancelled" }
	/** `isWhole`: all times of an event that repeats. */
	| { kind: "bookings"; drafts: Draft[]; isWhole: boolean; notes: readonly Reason[] };

interface Draft extends AppointmentDraft {
	isMadeCode: boolean;
}

/** Of an event that repeats the whole is kept: which of its times stand alone is known at the end. */
interface Reading extends Pick<Entry, "uid" | "recurrenceId" | "revision" | "place"> {
	content: Content | { kind: "repeats"; entry: Entry };
}

function readEvent(entry: Entry, site: EventSite, now: number, detached: ReadonlySet<string>): Content {
	const { event, uid, method } = entry;
	if (!METHODS.has(method)) return { kind: "unread", why: reason("method-unread", { method: quoted(method) }) };
	const status = readStatus(textOf(event, "status"));
	if (status === "unknown")
		return {
			kind: "complaint",
			property: "STATUS",
			why: reason("status-unknown", { status: quoted(textOf(event, "status")) }),
		};
	if (uid === "") return { kind: "complaint", why: reason("source-invalid") };
	if (isCancelled(entry, status)) return { kind: "cancelled" };
	const topics = topicsIn(event, site);
	const [topic] = topics;
	if (topic === undefined) return NO_BOOKING;
	if (topics.length > 1)
		return { kind: "complaint", property: "CATEGORIES", why: reason("topics-several", { topics: topics.join(", ") }) };
	const otherZone = zoneOfLocalTime(entry, site.timezone);
	if (otherZone !== undefined) return { kind: "complaint", property: "DTSTART", why: otherZone };
	const times = timesOf(entry, site.timezone, now, detachedOf(uid, detached));
	if (times.kind === "all-day") return { kind: "no-booking", why: reason("all-day") };
	if (times.kind === "refused") return { kind: "complaint", why: times.why, property: times.property };
	const { language, note } = languageOf(entry);
	const party = textOf(event, "x-paihao-party") || "1";
	const partySize = /^\d+$/.test(party) ? Number(party) : Number.NaN;
	const isAdded = method === "ADD";
	const kind = { sequence: entry.revision.sequence, listedAs: repeats(event) ? "series" : "event" } as const;
	const drafts = times.times.map(({ at, recurrenceId }) => {
		// RFC 5546, 3.2.4: a time more of the event, known by itself from then on.
		const source = sourceOf(uid, isAdded && recurrenceId === "" ? recurrenceIdText(at) : recurrenceId);
		const written = textOf(event, "x-paihao-code");
		const ofUid = uid.split("@")[0] ?? "";
		const own = written || (isTypeable(ofUid) ? ofUid : "");
		return { source, code: own || madeCode(source), isMadeCode: own === "", at, topic, language, partySize, ...kind };
	});
	const notes = [...(note === undefined ? [] : [note]), ...(times.notes ?? [])];
	return { kind: "bookings", drafts, isWhole: repeats(event) && !isAdded, notes };
}

/** Of the methods of RFC 5546 the others answer or ask; none is as good as PUBLISH. */
const METHODS: ReadonlySet<string> = new Set(["", "PUBLISH", "REQUEST", "ADD", "CANCEL"]);

function isCancelled({ event, method }: Entry, status: Status = readStatus(textOf(event, "status"))): boolean {
	return method === "CANCEL" || status === "cancelled" || isCancelledTitle(textOf(event, "summary"));
}

/** Series that are cancelled as a whole, each with its SEQUENCE: a time of theirs that was moved before goes with them. */
function seriesCancelledIn(readings: readonly Reading[]): Map<string, number> {
	return new Map(
		readings.flatMap(({ uid, recurrenceId, revision, content }) =>
			recurrenceId === "" && content.kind === "repeats" && isCancelled(content.entry)
				? [[uid, revision.sequence] as const]
				: [],
		),
	);
}

/** Why the site's clock cannot be taken for a start without a zone: the calendar says that it is shown in another. */
function zoneOfLocalTime({ event, shownIn }: Entry, siteZone: string): Reason | undefined {
	if (shownIn === "") return undefined;
	const start = propertyOf(event, "dtstart");
	const value = calendarTimeOf(start?.[3]);
	if (!start || !value || value.isDay || value.isUtc || tzidOf(start) !== "") return undefined;
	const { year, month, day, hour } = value;
	const near = Date.UTC(year, month - 1, day, hour);
	const found = findTimezone(shownIn);
	if (found !== undefined && offsetAt(near, found) === offsetAt(near, siteZone)) return undefined;
	return reason("time-other-zone", { zone: quoted(shownIn), siteZone });
}

const detachedOf = (uid: string, detached: ReadonlySet<string>) => (recurrenceId: string) =>
	detached.has(keyOf({ uid, recurrenceId }));

const sourceOf = (uid: string, recurrenceId: string) => sourceOfInstance(shorten(`calendar ${uid}`), recurrenceId);

/** UIDs have no limit; a source has. And what parts an event from its times must not stand in it. */
function shorten(source: string): string {
	const isPlain = source.length <= 256 && !isInstance(source);
	return isPlain ? source : `calendar sha256 ${createHash("sha256").update(source).digest("hex")}`;
}

function* readingsOf(text: string, site: EventSite): Generator<Reading> {
	let index = 0;
	for (const calendar of splitCalendars(text.replace(/^\ufeff/, ""))) {
		const frame = parsed(() => parseEvent(calendar.frame), null);
		const zoneOf = zonesOf(ICAL.Component.fromString(calendar.frame));
		if (textOf(frame, "version") === "1.0")
			throw new ListRefused("APPOINTMENTS_INVALID", [
				remark(null, reason("calendar-not-parsed", { why: "VERSION:1.0" })),
			]);
		const method = [...new Set(textsOf(frame, "method").map((one) => one.toUpperCase()))].join(" ");
		const shownIn = textOf(frame, "x-wr-timezone") || textOf(frame, "timezone-id");
		for (const piece of calendar.events()) {
			index += 1;
			const event = parsed(() => parseEvent(piece.text.replace(BARE_DAY, "$1;VALUE=DATE:$2")), {
				line: piece.line,
				event: index,
			});
			const uid = textOf(event, "uid");
			const place = { line: piece.line, event: index, uid: quoted(uid) };
			const error = errorIn(event, piece.text);
			if (error !== undefined) {
				const content = topicsIn(event, site).length === 0 ? NO_BOOKING : ({ kind: "complaint", ...error } as const);
				// Each of them alone: which of them counts cannot be told.
				yield { uid: "", recurrenceId: "", revision: { sequence: 0, stamp: "" }, place, content };
				continue;
			}
			const entry: Entry = {
				...{ event, zoneOf, method, shownIn, uid, place },
				recurrenceId: recurrenceIdOf(event, zoneOf, site.timezone),
				revision: { sequence: Number(textOf(event, "sequence") || "0"), stamp: textOf(event, "dtstamp") },
			};
			const { recurrenceId, revision } = entry;
			const content = repeats(event) ? ({ kind: "repeats", entry } as const) : readEvent(entry, site, 0, NOTHING);
			yield { uid, recurrenceId, revision, place, content };
		}
	}
}

/** Of a day alone some programs leave VALUE=DATE out. */
const BARE_DAY = /^(DTSTART):(\d{8}[ \t]*\r?)$/im;
const NOTHING: ReadonlySet<string> = new Set();
const NO_BOOKING: Content = { kind: "no-booking", why: reason("no-topic") };

function parsed<Parsed>(parse: () => Parsed, place: Place | null): Parsed {
	try {
		return parse();
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new ListRefused("APPOINTMENTS_INVALID", [remark(place, reason("calendar-not-parsed", { why }))], { cause });
	}
}

/**
 * The topic, or the several, that the categories name. Google's and Apple's calendars write no CATEGORIES: there a title
 * that is a topic's whole name tells it.
 */
function topicsIn(event: CalendarEvent, { topics }: EventSite): TopicId[] {
	const found = topicsNamed(textsOf(event, "categories"), topics);
	if (found.length > 0) return found;
	const titled = topicsNamed([textOf(event, "summary")], topics);
	return titled.length > 0 || topics.given === undefined ? titled : [topics.given];
}

function topicsNamed(texts: readonly string[], { find }: ListTopics): TopicId[] {
	const ids = new Set<TopicId>();
	for (const text of texts) {
		const found = find(text);
		if (found.kind === "topic") ids.add(found.id);
	}
	return [...ids];
}

function languageOf({ event }: Entry): { language: string | null; note: Reason | undefined } {
	const asked = textOf(event, "x-paihao-language");
	if (asked === "") return { language: null, note: undefined };
	const nearest = nearestLanguage(asked);
	const note =
		nearest && !nearest.isExact
			? reason("language-near", { asked: quoted(asked), language: nearest.language })
			: undefined;
	return { language: nearest?.language ?? asked, note };
}
