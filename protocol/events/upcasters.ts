import { EVENT_FORMAT, eventSchema, type StationEvent } from "./event.ts";
import { joinPersonalFields, splitEvent } from "./personal-fields.ts";

type Json = Record<string, unknown>;

/**
 * Turns an event of one format into one of the next, by the format it reads. Every format that was ever released stays
 * here for ever: a station may come back after years with events that only it has. There is only one format so far.
 */
export const UPCASTERS: ReadonlyMap<number, (event: Json) => Json> = new Map();

/**
 * Reads an event's exact JSON text, of any format ever released, as an event of the newest format; undefined where it is
 * none. The text itself is hashed and kept, and never rewritten.
 */
export function readEvent(text: string): StationEvent | undefined {
	const parts = splitEvent(text);
	const personal = parts.kind === "whole" ? parseJson(parts.personal) : undefined;
	const parsed = eventSchema.safeParse(joinPersonalFields(parts, upcast(parseJson(parts.kept)), personal));
	return parsed.success ? (parsed.data as StationEvent) : undefined;
}

/** The same of a text that was checked when it came: without a second check, in a small part of the time. */
export function readCheckedEvent(text: string): StationEvent {
	const parts = splitEvent(text);
	const personal = parts.kind === "whole" ? parseJson(parts.personal) : undefined;
	return joinPersonalFields(parts, upcast(parseJson(parts.kept)), personal) as StationEvent;
}

function upcast(event: unknown): unknown {
	let current = event;
	for (let format = formatOf(current); format !== undefined && format < EVENT_FORMAT; format += 1) {
		const next = UPCASTERS.get(format);
		if (!next) return undefined;
		current = next(current as Json);
	}
	return current;
}

function formatOf(event: unknown): number | undefined {
	const format = typeof event === "object" && event !== null && "format" in event ? event.format : undefined;
	return typeof format === "number" && Number.isInteger(format) && format >= 1 ? format : undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
