import ICAL from "ical.js";
import type { Written } from "./read-time.ts";

/** A property in jCal (RFC 7265): its name, its parameters, its type and its values. */
export type Property = readonly [
	name: string,
	parameters: Readonly<Record<string, unknown>>,
	type: string,
	...values: unknown[],
];

/** An event as ical.js parses it, before it makes an object of each of its values: a list has 50,000. */
export interface CalendarEvent {
	properties: readonly Property[];
	hasNestedEvent: boolean;
}

/** Throws ical.js's error where the text is none. */
export function parseEvent(text: string): CalendarEvent {
	const [, properties, components]: Component = ICAL.parse(withQuotedZones(text));
	return { properties, hasNestedEvent: components.some(([name]) => name === "vevent") };
}

/** Microsoft 365 names zones `tzone://Microsoft/Utc`, without the quotation marks that a colon needs (RFC 5545, 3.2). */
function withQuotedZones(text: string): string {
	return text.includes("tzone:") ? text.replaceAll(/;TZID=(tzone:\/\/[^":;\r\n]+):/g, ';TZID="$1":') : text;
}

type Component = readonly [name: string, properties: readonly Property[], components: readonly Component[]];

export const propertyOf = ({ properties }: CalendarEvent, name: string): Property | undefined =>
	properties.find((one) => one[0] === name);

export const propertiesOf = ({ properties }: CalendarEvent, name: string): Property[] =>
	properties.filter((one) => one[0] === name);

export const valuesOf = ([, , , ...values]: Property): readonly unknown[] => values;

/** "" where the property names no zone. */
export function tzidOf([, { tzid }]: Property): string {
	const first: unknown = Array.isArray(tzid) ? tzid[0] : tzid;
	return typeof first === "string" ? first : "";
}

/** The first value of a property; "" where the event does not have it. */
export const textOf = (event: CalendarEvent, name: string): string => textOfValue(propertyOf(event, name)?.[3]);

export const textsOf = (event: CalendarEvent, name: string): string[] =>
	propertiesOf(event, name).flatMap((one) => valuesOf(one).map(textOfValue));

function textOfValue(value: unknown): string {
	if (value === undefined || value === null) return "";
	return typeof value === "object" ? JSON.stringify(value) : String(value).trim();
}

/** A day, or a day and time, as an event writes it. */
export interface CalendarTime extends Written {
	isDay: boolean;
	isUtc: boolean;
	/** In the form of jCal, as in 2026-12-01T09:00:00. */
	text: string;
}

const TIME = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(Z?))?$/;

/** Undefined where the value is no time. Whether the calendar has such a day is not asked. */
export function calendarTimeOf(value: unknown): CalendarTime | undefined {
	const match = typeof value === "string" ? TIME.exec(value) : null;
	if (!match) return undefined;
	const [text, year, month, day, hour, minute = "0", second = "0", zone] = match;
	return {
		year: Number(year),
		month: Number(month),
		day: Number(day),
		hour: Number(hour ?? "0"),
		minute: Number(minute),
		second: Number(second),
		isDay: hour === undefined,
		isUtc: zone === "Z",
		text,
	};
}
