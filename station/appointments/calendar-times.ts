import ICAL from "ical.js";
import type { CalendarZone, ZoneOf } from "./calendar-zones.ts";
import { quoted, type Reason, reason } from "./list-remark.ts";
import { onWallClock, type ReadTime } from "./read-time.ts";

/** An event that repeats is read this far ahead, in days from the first time that it names or from today. */
const RECURRENCE_DAYS = 366;
/** More times than a booking has; a rule beyond it is a mistake. */
const MAX_RECURRENCES = 500;
const DAY_MS = 86_400_000;

/** An event with the zones of the calendar that it stands in. */
export interface TimedEvent {
	event: ICAL.Component;
	zoneOf: ZoneOf;
	/** The instance that it stands for; "" where it stands for the whole event. */
	recurrenceId: string;
}

type Times =
	| { kind: "times"; times: { at: number; recurrenceId: string }[] }
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
	const start = entry.event.getFirstProperty("dtstart");
	const value = start?.getFirstValue();
	if (!start || !(value instanceof ICAL.Time)) return { kind: "refused", why: reason("no-start") };
	if (value.isDate) return { kind: "all-day" };
	const tzid = start.getFirstParameter("tzid");
	const zone = tzid ? entry.zoneOf(tzid) : undefined;
	if (tzid && !zone)
		return { kind: "refused", why: reason("zone-unknown", { zone: quoted(tzid) }), property: "DTSTART" };
	if (isWholeDay(entry.event, value)) return { kind: "all-day" };
	const isPlain = entry.recurrenceId === "" && !repeats(entry.event);
	const mixed = isPlain ? undefined : dayAmongTimes(entry.event);
	if (mixed !== undefined) return { kind: "refused", why: reason("value-day"), property: mixed };
	if (tzid && isUtc(value))
		return { kind: "refused", why: reason("zone-twice", { zone: quoted(tzid) }), property: "DTSTART" };
	const local = isPlain || !(tzid || isUtc(value)) ? undefined : localAmongZoned(entry.event, { zone, siteTimezone });
	if (local !== undefined) return { kind: "refused", why: reason("local-among-zoned"), property: local };
	const instantOf = (time: ICAL.Time) => instantOfTime(time, zone, siteTimezone);
	if (!isPlain && repeats(entry.event)) {
		const excluded = new Set(excludedOf(entry, siteTimezone));
		const isLeftOut = (recurrenceId: string) => excluded.has(recurrenceId) || isDetached(recurrenceId);
		const added = instantsOf("rdate", entry, siteTimezone);
		return recurrencesOf(entry.event, value, { instantOf, now, isLeftOut, added });
	}
	const read = instantOf(value);
	if (read.kind === "refused") return { kind: "refused", why: read.why, property: "DTSTART" };
	return { kind: "times", times: [{ at: read.at, recurrenceId: entry.recurrenceId }] };
}

export const repeats = (event: ICAL.Component) => event.hasProperty("rrule") || event.hasProperty("rdate");

/** A property of a timed event that has a day for a value: which of its times is meant cannot be told. */
function dayAmongTimes(event: ICAL.Component): string | undefined {
	const isDay = (value: unknown) => value instanceof ICAL.Time && value.isDate;
	const found = ["recurrence-id", "exdate", "rdate"].find((name) =>
		event.getAllProperties(name).some((property) => property.getValues().some(isDay)),
	);
	if (found !== undefined) return found.toUpperCase();
	const rule = ruleOf(event);
	return rule?.until && isDay(rule.until) ? "RRULE UNTIL" : undefined;
}

const isMidnight = ({ hour, minute, second }: ICAL.Time) => hour === 0 && minute === 0 && second === 0;

/** Days as Outlook writes them: from midnight to midnight, with a mark of its own. */
function isWholeDay(event: ICAL.Component, start: ICAL.Time): boolean {
	if (!isMidnight(start)) return false;
	if (String(event.getFirstPropertyValue("x-microsoft-cdo-alldayevent")).toUpperCase() === "TRUE") return true;
	const end = event.getFirstPropertyValue("dtend");
	return end instanceof ICAL.Time && isMidnight(end) && end.toString() > start.toString();
}

/**
 * A property with a local time in an event whose start has a zone, where that time is another one at the site: whose time
 * it is cannot be told. `zone` is the start's; undefined for UTC.
 */
function localAmongZoned(
	event: ICAL.Component,
	{ zone, siteTimezone }: { zone: CalendarZone | undefined; siteTimezone: string },
): string | undefined {
	const isUnclear = (value: unknown) => {
		if (!(value instanceof ICAL.Time) || value.isDate || isUtc(value)) return false;
		if (zone === undefined) return true;
		const [there, here] = [zone, undefined].map((one) => instantOfTime(value, one, siteTimezone));
		return there?.kind !== "instant" || here?.kind !== "instant" || there.at !== here.at;
	};
	return ["recurrence-id", "exdate", "rdate"]
		.find((name) =>
			event
				.getAllProperties(name)
				.some((property) => !property.getFirstParameter("tzid") && property.getValues().some(isUnclear)),
		)
		?.toUpperCase();
}

function ruleOf(event: ICAL.Component): ICAL.Recur | undefined {
	const rule = event.getFirstPropertyValue("rrule");
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
	return event.getAllProperties(name).flatMap((property): ReadTime[] => {
		const tzid = property.getFirstParameter("tzid");
		const zone = tzid ? zoneOf(tzid) : undefined;
		if (tzid && !zone) return [{ kind: "refused", why: reason("zone-unknown", { zone: quoted(tzid) }) }];
		return property
			.getValues()
			.flatMap((value) =>
				value instanceof ICAL.Time && !value.isDate ? [instantOfTime(value, zone, siteTimezone)] : [],
			);
	});
}

interface Expansion {
	instantOf(time: ICAL.Time): ReadTime;
	now: number;
	isLeftOut(recurrenceId: string): boolean;
	/** Times beside the rule's. */
	added: readonly ReadTime[];
}

function recurrencesOf(
	event: ICAL.Component,
	start: ICAL.Time,
	{ instantOf, now, isLeftOut, added }: Expansion,
): Times {
	const rule = ruleOf(event);
	if (event.hasProperty("exrule")) return { kind: "refused", why: reason("rule-unread", { part: "EXRULE" }) };
	const found = new Map<string, number>();
	const add = (at: number) => {
		const recurrenceId = recurrenceIdText(at);
		const isNear = at >= now - DAY_MS && at <= now + RECURRENCE_DAYS * DAY_MS;
		if (isNear && !isLeftOut(recurrenceId)) found.set(recurrenceId, at);
	};
	for (const read of added) {
		if (read.kind === "refused") return { kind: "refused", why: read.why, property: "RDATE" };
		add(read.at);
	}
	const until = rule ? endOf(rule, instantOf) : undefined;
	const latest = Math.min(until ?? Number.POSITIVE_INFINITY, now + RECURRENCE_DAYS * DAY_MS);
	const iterator = rule?.iterator(start);
	// Without a rule, the start is the first of the times.
	let next: ICAL.Time | undefined = iterator ? iterator.next() : start;
	for (let turn = 0; next; turn += 1) {
		if (turn > MAX_RECURRENCES * 20) return { kind: "refused", why: reason("repeats-endlessly"), property: "RRULE" };
		const read = instantOf(next);
		if (read.kind === "refused") return { kind: "refused", why: read.why, property: "RRULE" };
		if (read.at > latest) break;
		add(read.at);
		if (found.size > MAX_RECURRENCES) break;
		next = iterator?.next();
	}
	if (found.size > MAX_RECURRENCES)
		return { kind: "refused", why: reason("repeats-often", { most: MAX_RECURRENCES }), property: "RRULE" };
	return { kind: "times", times: Array.from(found, ([recurrenceId, at]) => ({ recurrenceId, at })) };
}

/**
 * The instant up to which a rule goes; undefined where it has no end. ical.js compares it as it is written with local
 * times, so the rule itself is let run a day longer.
 */
function endOf(rule: ICAL.Recur, instantOf: (time: ICAL.Time) => ReadTime): number | undefined {
	if (!rule.until) return undefined;
	const read = instantOf(rule.until);
	rule.until.adjust(1, 0, 0, 0);
	return read.kind === "instant" ? read.at : undefined;
}

/** A RECURRENCE-ID as an instant, so that it is the same however its zone is written. */
export function recurrenceIdOf(event: ICAL.Component, zoneOf: ZoneOf, siteTimezone: string): string {
	const property = event.getFirstProperty("recurrence-id");
	const value = property?.getFirstValue();
	if (!property || !(value instanceof ICAL.Time)) return "";
	const tzid = property.getFirstParameter("tzid");
	const zone = tzid ? zoneOf(tzid) : undefined;
	const read = instantOfTime(value, zone, siteTimezone);
	return value.isDate || read.kind === "refused" ? value.toString() : recurrenceIdText(read.at);
}

export const recurrenceIdText = (at: number) => new Date(at).toISOString();

const isUtc = (time: ICAL.Time) => time.zone === ICAL.Timezone.utcTimezone;

/** An instant of a time in its zone; without one, on the site's wall clock. */
function instantOfTime(time: ICAL.Time, zone: CalendarZone | undefined, siteTimezone: string): ReadTime {
	const { year, month, day, hour, minute, second } = time;
	const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
	if (isUtc(time)) return { kind: "instant", at: asUtc };
	if (zone?.kind === "own") return inOwnZone(time, zone.zone, asUtc);
	return onWallClock({ year, month, day, hour, minute, second }, zone?.timezone ?? siteTimezone, () => time.toString());
}

const DAY_SECONDS = 86_400;

/** A time that the zone's clocks leave out or show twice lies within the clocks' step behind their change. */
function inOwnZone(time: ICAL.Time, zone: ICAL.Timezone, asUtc: number): ReadTime {
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
			why: reason(step > 0 ? "time-left-out" : "time-twice", { text: time.toString(), zone: quoted(zone.tzid) }),
		};
	return { kind: "instant", at: asUtc - offset * 1_000 };
}
