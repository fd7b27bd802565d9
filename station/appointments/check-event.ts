import { type CalendarEvent, calendarTimeOf, type Property } from "./calendar-event.ts";
import { type EventError, errorInLines } from "./check-lines.ts";
import { quoted, type Reason, reason } from "./list-remark.ts";
import { complaintOf } from "./read-time.ts";

/** What an event has once at the most; with two of them either could be meant. */
const ONCE: ReadonlySet<string> = new Set([
	...["uid", "dtstart", "status", "sequence", "recurrence-id", "rrule"],
	...["x-paihao-code", "x-paihao-language", "x-paihao-party"],
]);
const TIMES: ReadonlySet<string> = new Set(["dtstart", "recurrence-id", "exdate", "rdate"]);
const SEQUENCE = /^SEQUENCE[^:\r\n]*:(.*?)\s*$/im;

/**
 * What of an event cannot be read for sure; `text` is the event as it is written. ical.js itself reads 30 February as 2
 * March, 24:00 as the next day and a word for a SEQUENCE as a number, and throws at a time that is none.
 */
export function errorIn(event: CalendarEvent, text: string): EventError | undefined {
	if (event.hasNestedEvent) return { why: reason("nested-event") };
	// First, so that a value is shown as it is written, not as ical.js cuts it up.
	const errorAsWritten = errorInLines(text);
	if (errorAsWritten !== undefined) return errorAsWritten;
	const seen = new Set<string>();
	for (const property of event.properties) {
		const [name] = property;
		if (!ONCE.has(name) && !TIMES.has(name)) continue;
		if (ONCE.has(name) && seen.has(name)) return { why: reason("property-twice", { property: name.toUpperCase() }) };
		seen.add(name);
		const error = errorInProperty(property);
		if (error !== undefined) return error;
	}
	// As it is written: a word for a SEQUENCE would be a number by now.
	const sequence = seen.has("sequence") ? (SEQUENCE.exec(text)?.[1] ?? "0") : "0";
	if (!/^\d+$/.test(sequence)) return { why: reason("sequence-invalid", { text: quoted(sequence) }) };
	return undefined;
}

function errorInProperty([name, parameters, , ...values]: Property): EventError | undefined {
	if (name === "recurrence-id" && "range" in parameters)
		return { why: reason("repeats-from-then-on"), property: "RECURRENCE-ID" };
	for (const value of values) {
		if (TIMES.has(name)) {
			const why = errorInTime(value);
			if (why !== undefined) return { why, property: name.toUpperCase() };
		}
		const why = name === "rrule" ? errorInUntil(value) : undefined;
		if (why !== undefined) return { why, property: "RRULE UNTIL" };
	}
	return undefined;
}

function errorInUntil(rule: unknown): Reason | undefined {
	const until = rule && typeof rule === "object" && "until" in rule ? rule.until : undefined;
	return until === undefined ? undefined : errorInTime(until);
}

function errorInTime(value: unknown): Reason | undefined {
	const time = calendarTimeOf(value);
	if (time !== undefined) return complaintOf(time, time.text);
	return reason("value-no-time", { text: quoted(typeof value === "string" ? value : JSON.stringify(value)) });
}
