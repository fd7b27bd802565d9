import ICAL from "ical.js";
import {
	type CalendarEvent,
	type CalendarTime,
	calendarTimeOf,
	propertiesOf,
	propertyOf,
	textOf,
	tzidOf,
	valuesOf,
} from "./calendar-event.ts";
import type { CalendarZone, ZoneOf } from "./calendar-zones.ts";
import { quoted, type Reason, reason } from "./list-remark.ts";
import { onWallClock, type ReadTime } from "./read-time.ts";
import { daysOf, readRule } from "./recurrence-rule.ts";

/** An event that repeats is read this far ahead, in days from the first time that it names or from today. */
const RECURRENCE_DAYS = 366;
/** More times than a booking has; a rule beyond it is a mistake. */
const MAX_RECURRENCES = 500;
const DAY_MS = 86_400_000;

/** An event with the zones of the calendar that it stands in. */
export interface TimedEvent {
	event: CalendarEvent;
	zoneOf: ZoneOf;
	/** The instance that it stands for; "" where it stands for the whole event. */
	recurrenceId: string;
}

type Times =
	| { kind: "times"; times: { at: number; recurrenceId: string }[]; notes?: readonly Reason[] | undefined }
	| { kind: "all-day" }
	| { kind: "refused"; why: Reason; property?: string | undefined };

/**
 * When an event is: once, or each time from a day before `now` to a year ahead. `isDetached` says of an instance whether
 * another event stands for it. `now` is UTC milliseconds.
 */
export function timesOf(
	entry: TimedEvent,
	siteTimezone: string,
	now: number,
	isDetached: (recurrenceId: string) => boolean,
): Times {
	const start = propertyOf(entry.event, "dtstart");
	const value = calendarTimeOf(start?.[3]);
	if (!start || !value) return { kind: "refused", why: reason("no-start") };
	if (value.isDay) return { kind: "all-day" };
	const tzid = tzidOf(start);
	const zone = tzid ? entry.zoneOf(tzid) : undefined;
	if (tzid && !zone)
		return { kind: "refused", why: reason("zone-unknown", { zone: quoted(tzid) }), property: "DTSTART" };
	if (isWholeDay(entry.event, value)) return { kind: "all-day" };
	const isPlain = entry.recurrenceId === "" && !repeats(entry.event);
	const mixed = isPlain ? undefined : dayAmongTimes(entry.event);
	if (mixed !== undefined) return { kind: "refused", why: reason("value-day"), property: mixed };
	if (tzid && value.isUtc)
		return { kind: "refused", why: reason("zone-twice", { zone: quoted(tzid) }), property: "DTSTART" };
	const local = isPlain || !(tzid || value.isUtc) ? undefined : localAmongZoned(entry.event, { zone, siteTimezone });
	if (local !== undefined) return { kind: "refused", why: reason("local-among-zoned"), property: local };
	const instantOf = (time: CalendarTime) => instantOfTime(time, zone, siteTimezone);
	if (!isPlain && repeats(entry.event)) {
		const excluded = new Set(excludedOf(entry, siteTimezone));
		const added = instantsOf("rdate", entry, siteTimezone);
		return recurrencesOf(entry.event, value, { instantOf, now, excluded, isDetached, added });
	}
	const read = instantOf(value);
	if (read.kind === "refused") return { kind: "refused", why: read.why, property: "DTSTART" };
	return { kind: "times", times: [{ at: read.at, recurrenceId: entry.recurrenceId }] };
}

export const repeats = (event: CalendarEvent) =>
	propertyOf(event, "rrule") !== undefined || propertyOf(event, "rdate") !== undefined;

/** A property of a timed event that has a day for a value: which of its times is meant cannot be told. */
function dayAmongTimes(event: CalendarEvent): string | undefined {
	const isDay = (value: unknown) => calendarTimeOf(value)?.isDay === true;
	const found = ["recurrence-id", "exdate", "rdate"].find((name) =>
		propertiesOf(event, name).some((property) => valuesOf(property).some(isDay)),
	);
	if (found !== undefined) return found.toUpperCase();
	return ruleOf(event)?.until?.isDate ? "RRULE UNTIL" : undefined;
}

const isMidnight = ({ hour, minute, second }: CalendarTime) => hour === 0 && minute === 0 && second === 0;

/** Days as Outlook writes them: with a mark of its own, or from midnight to midnight. */
function isWholeDay(event: CalendarEvent, start: CalendarTime): boolean {
	if (textOf(event, "x-microsoft-cdo-alldayevent").toUpperCase() === "TRUE") return true;
	if (!isMidnight(start)) return false;
	const end = calendarTimeOf(propertyOf(event, "dtend")?.[3]);
	if (end === undefined) return /^P\d+[DW]$/i.test(textOf(event, "duration"));
	return isMidnight(end) && end.text > start.text;
}

/**
 * A property with a local time in an event whose start has a zone, where that time is another one at the site: whose time
 * it is cannot be told. `zone` is the start's; undefined for UTC.
 */
function localAmongZoned(
	event: CalendarEvent,
	{ zone, siteTimezone }: { zone: CalendarZone | undefined; siteTimezone: string },
): string | undefined {
	const isUnclear = (value: unknown) => {
		const time = calendarTimeOf(value);
		if (!time || time.isDay || time.isUtc) return false;
		if (zone === undefined) return true;
		const [there, here] = [zone, undefined].map((one) => instantOfTime(time, one, siteTimezone));
		return there?.kind !== "instant" || here?.kind !== "instant" || there.at !== here.at;
	};
	return ["recurrence-id", "exdate", "rdate"]
		.find((name) =>
			propertiesOf(event, name).some((property) => tzidOf(property) === "" && valuesOf(property).some(isUnclear)),
		)
		?.toUpperCase();
}

function ruleOf(event: CalendarEvent): ICAL.Recur | undefined {
	const property = propertyOf(event, "rrule");
	const rule = property && new ICAL.Property([...property]).getFirstValue();
	return rule instanceof ICAL.Recur ? rule : undefined;
}

/** The instances that an event leaves out. */
function excludedOf(event: TimedEvent, siteTimezone: string): string[] {
	return instantsOf("exdate", event, siteTimezone).flatMap((read) =>
		read.kind === "instant" ? [recurrenceIdText(read.at)] : [],
	);
}

/** The times of a property that may have several, each line in a zone of its own. */
function instantsOf(name: "exdate" | "rdate", { event, zoneOf }: TimedEvent, siteTimezone: string): ReadTime[] {
	return propertiesOf(event, name).flatMap((property): ReadTime[] => {
		const tzid = tzidOf(property);
		const zone = tzid ? zoneOf(tzid) : undefined;
		if (tzid && !zone) return [{ kind: "refused", why: reason("zone-unknown", { zone: quoted(tzid) }) }];
		return valuesOf(property).flatMap((value) => {
			const time = calendarTimeOf(value);
			return time && !time.isDay ? [instantOfTime(time, zone, siteTimezone)] : [];
		});
	});
}

interface Expansion {
	instantOf(time: CalendarTime): ReadTime;
	now: number;
	excluded: ReadonlySet<string>;
	isDetached(recurrenceId: string): boolean;
	/** Times beside the rule's. */
	added: readonly ReadTime[];
}

function recurrencesOf(
	event: CalendarEvent,
	start: CalendarTime,
	{ instantOf, now, excluded, isDetached, added }: Expansion,
): Times {
	if (propertyOf(event, "exrule")) return { kind: "refused", why: reason("rule-unread", { part: "EXRULE" }) };
	const found = new Map<string, number>();
	const [earliest, latest] = [now - DAY_MS, now + RECURRENCE_DAYS * DAY_MS];
	const unmatched = new Set(excluded);
	const add = (at: number) => {
		const recurrenceId = recurrenceIdText(at);
		unmatched.delete(recurrenceId);
		const isLeftOut = excluded.has(recurrenceId) || isDetached(recurrenceId);
		if (at >= earliest && at <= latest && !isLeftOut) found.set(recurrenceId, at);
	};
	for (const read of added) {
		if (read.kind === "refused") return { kind: "refused", why: read.why, property: "RDATE" };
		add(read.at);
	}
	const days = daysOfRule(event, start, { earliest, latest, instantOf });
	if ("why" in days) return { kind: "refused", why: days.why, property: "RRULE" };
	for (const date of days.dates) {
		const read = instantOf(onDay(start, date));
		if (read.kind === "refused") return { kind: "refused", why: read.why, property: "RRULE" };
		if (read.at > days.until) break;
		add(read.at);
	}
	if (found.size > MAX_RECURRENCES)
		return { kind: "refused", why: reason("repeats-often", { most: MAX_RECURRENCES }), property: "RRULE" };
	const times = Array.from(found, ([recurrenceId, at]) => ({ recurrenceId, at }));
	// What is past was not walked, so only of what is to come it is known.
	const strange = [...unmatched].find((one) => one >= recurrenceIdText(now) && one <= recurrenceIdText(latest));
	const notes = [days.note, strange === undefined ? undefined : reason("excluded-not-there", { time: strange })];
	return { kind: "times", times, notes: notes.filter((one) => one !== undefined) };
}

interface RuleRange extends Pick<Expansion, "instantOf"> {
	earliest: number;
	latest: number;
}

/** The days of the rule, and the instant up to which they count. Without a rule, the start is the only one beside RDATE. */
function daysOfRule(
	event: CalendarEvent,
	start: CalendarTime,
	{ earliest, latest, instantOf }: RuleRange,
): { dates: readonly string[]; until: number; note?: Reason | undefined } | { why: Reason } {
	const written = ruleOf(event);
	const first = start.text.slice(0, 10);
	if (!written) return { dates: [first], until: Number.POSITIVE_INFINITY };
	const rule = readRule(written.toString());
	if ("code" in rule) return { why: rule };
	const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
	const dates = daysOf(rule, first, { from: dayOf(earliest - DAY_MS), to: dayOf(latest + DAY_MS) });
	if (!dates) return { why: reason("repeats-endlessly") };
	const until = calendarTimeOf(written.until?.toString());
	const end = until && instantOf(until);
	const isOfRule = daysOf(rule, first, { from: first, to: first })?.includes(first);
	return {
		dates,
		until: end?.kind === "instant" ? end.at : Number.POSITIVE_INFINITY,
		// RFC 5545 leaves open what such a series is, and programs differ.
		note: isOfRule ? undefined : reason("start-not-of-rule"),
	};
}

/** The same time of another day. */
function onDay(time: CalendarTime, date: string): CalendarTime {
	const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
	return { ...time, year, month, day, text: `${date}${time.text.slice(10)}` };
}

/** A RECURRENCE-ID as an instant, so that it is the same however its zone is written. */
export function recurrenceIdOf(event: CalendarEvent, zoneOf: ZoneOf, siteTimezone: string): string {
	const property = propertyOf(event, "recurrence-id");
	const value = calendarTimeOf(property?.[3]);
	if (!property || !value) return "";
	const tzid = tzidOf(property);
	const zone = tzid ? zoneOf(tzid) : undefined;
	const read = instantOfTime(value, zone, siteTimezone);
	return value.isDay || read.kind === "refused" ? value.text : recurrenceIdText(read.at);
}

export const recurrenceIdText = (at: number) => new Date(at).toISOString();

/** An instant of a time in its zone; without one, on the site's wall clock. */
function instantOfTime(time: CalendarTime, zone: CalendarZone | undefined, siteTimezone: string): ReadTime {
	const { year, month, day, hour, minute, second } = time;
	const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
	if (time.isUtc) return { kind: "instant", at: asUtc };
	if (zone?.kind === "own") return inOwnZone(time, zone.zone, asUtc);
	return onWallClock(time, zone?.timezone ?? siteTimezone, () => time.text);
}

const DAY_SECONDS = 86_400;

/** A time that the zone's clocks leave out or show twice lies within the clocks' step behind their change. */
function inOwnZone({ text }: CalendarTime, zone: ICAL.Timezone, asUtc: number): ReadTime {
	const time = ICAL.Time.fromDateTimeString(text);
	const offset = zone.utcOffset(time);
	const offsetBefore = (seconds: number) => {
		const earlier = time.clone();
		earlier.adjust(0, 0, 0, -seconds);
		return zone.utcOffset(earlier);
	};
	const step = offset - offsetBefore(DAY_SECONDS);
	if (step !== 0 && offsetBefore(Math.abs(step)) !== offset)
		return {
			kind: "refused",
			why: reason(step > 0 ? "time-left-out" : "time-twice", { text, zone: quoted(zone.tzid) }),
		};
	return { kind: "instant", at: asUtc - offset * 1_000 };
}
