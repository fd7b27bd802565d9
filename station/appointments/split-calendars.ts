import { ListRefused, type Reason, type RemarkCode, reason, remark } from "./list-remark.ts";

/** A piece of a file, with the file's own number of the line that it begins on. */
export interface Piece {
	text: string;
	line: number;
}

/** One VCALENDAR of a file: its VEVENTs apart, so that each is parsed alone and a large file takes little memory. */
export interface SplitCalendar {
	/** The calendar without its events. */
	frame: string;
	events(): Iterable<Piece>;
}

const BOUNDARY = /^(BEGIN|END):([A-Za-z0-9-]+)[ \t]*\r?$/gim;

interface Open {
	name: string;
	line: number;
	start: number;
}

/**
 * Splits an iCalendar file by its BEGIN and END lines. A continued line begins with a space, so no text can look like
 * one. Throws ListRefused where a component is not closed, or anything stands outside of a calendar.
 */
export function splitCalendars(text: string): SplitCalendar[] {
	const calendars: SplitCalendar[] = [];
	const open: Open[] = [];
	let [line, counted, outside] = [1, 0, 0];
	let events: { start: number; end: number; line: number }[] = [];
	for (const boundary of text.matchAll(BOUNDARY)) {
		line += newlines(text, counted, boundary.index);
		counted = boundary.index;
		const [whole, kind = "", found = ""] = boundary;
		const name = found.toUpperCase();
		if (kind.toUpperCase() === "BEGIN") {
			if (open.length === 0 && (name !== "VCALENDAR" || text.slice(outside, boundary.index).trim() !== ""))
				throw invalid("calendar-outside", line);
			const parent = open.at(-1)?.name;
			if (name === "VEVENT" && parent !== "VEVENT" && open.length !== 1)
				throw invalid("calendar-event-inside", line, { open: parent ?? "" });
			open.push({ name, line, start: boundary.index });
			continue;
		}
		const began = open.pop();
		if (began?.name !== name)
			throw began
				? invalid("calendar-ends-other", line, { name, open: began.name, line: began.line })
				: invalid("calendar-ends-nothing", line, { name });
		const end = boundary.index + whole.length;
		if (name === "VEVENT" && open.length === 1) events.push({ start: began.start, end, line: began.line });
		if (name === "VCALENDAR" && open.length === 0) {
			calendars.push(calendarOf(text, { start: began.start, end }, events));
			events = [];
			outside = end;
		}
	}
	const unclosed = open.at(-1);
	if (unclosed) throw invalid("calendar-cut-off", null, { name: unclosed.name, line: unclosed.line });
	if (calendars.length === 0) throw invalid("calendar-no-begin", null);
	if (text.slice(outside).trim() !== "") throw invalid("calendar-after-end", line);
	return calendars;
}

function calendarOf(
	text: string,
	{ start, end }: { start: number; end: number },
	events: readonly { start: number; end: number; line: number }[],
): SplitCalendar {
	let frame = "";
	let at = start;
	for (const event of events) {
		frame += text.slice(at, event.start);
		at = event.end;
	}
	frame += text.slice(at, end);
	return {
		frame: frame.replaceAll(/\n\s*\n/g, "\n"),
		*events() {
			for (const event of events) yield { text: text.slice(event.start, event.end), line: event.line };
		},
	};
}

function newlines(text: string, from: number, to: number): number {
	let count = 0;
	for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count += 1;
	return count;
}

function invalid(
	code: Extract<RemarkCode, `calendar-${string}`>,
	line: number | null,
	data?: Reason["data"],
): ListRefused {
	return new ListRefused("APPOINTMENTS_INVALID", [remark(line === null ? null : { line }, reason(code, data))]);
}
