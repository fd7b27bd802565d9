import { parse } from "csv-parse/sync";
import { UserError } from "../../lib/errors.ts";
import { instantOfWallClock } from "../../lib/time/wall-clock.ts";
import { type AppointmentList, checkAppointments, requireNoComplaint } from "./appointment.ts";

const COLUMNS = ["code", "time", "topic", "language", "party", "status"] as const;
type Line = Partial<Record<(typeof COLUMNS)[number], string>>;

/**
 * Reads a CSV file (RFC 4180) with the columns code, time and topic, and where they are known language, party and
 * status ("cancelled" calls a booking off). A time is 2026-11-23 14:30 on the site's wall clock, or an ISO 8601
 * instant with its offset. Other columns are refused, so that no name is ever handed over unnoticed. Throws PlainError
 * APPOINTMENTS_BAD.
 */
export function readTable(text: string, site: { timezone: string; topicIds: readonly string[] }): AppointmentList {
	const [header = [], ...rows] = parseRows(text);
	const columns = header.map((name) => name.trim().toLowerCase());
	requireNoComplaint([
		...["code", "time", "topic"]
			.filter((name) => !columns.includes(name))
			.map((name) => ({ place: "the first line", what: `it has no column ${name}.` })),
		...columns
			.filter((name) => !(COLUMNS as readonly string[]).includes(name))
			.map((name) => ({
				place: "the first line",
				what: `the column ${name} is not one of ${COLUMNS.join(", ")}. Take it out: no personal data is kept.`,
			})),
	]);
	const lines = rows.map((row, index) => ({
		place: `line ${index + 2}`,
		line: Object.fromEntries(columns.map((name, column) => [name, row[column]?.trim()])) as Line,
	}));
	const [calledOff, severity] = [true, false].map((cancelled) =>
		lines.filter(({ line }) => (line.status?.toLowerCase() === "cancelled") === cancelled),
	) as [typeof lines, typeof lines];
	const drafts = severity.map(({ place, line }) => ({
		place,
		draft: {
			source: line.code && sourceOf(line.code),
			code: line.code,
			at: instantOf(line.time ?? "", site.timezone),
			topic: line.topic,
			language: line.language || null,
			partySize: Number(line.party || "1"),
		},
	}));
	return {
		appointments: checkAppointments(drafts, site.topicIds),
		calledOff: calledOff.map(({ line }) => sourceOf(line.code ?? "")),
	};
}

const sourceOf = (code: string) => `list ${code.toUpperCase()}`;

function parseRows(text: string): string[][] {
	try {
		return parse(text, { bom: true, skip_empty_lines: true, record_delimiter: ["\r\n", "\n"] });
	} catch (cause) {
		const what = cause instanceof Error ? cause.message : String(cause);
		throw new UserError("APPOINTMENTS_BAD", `Nothing was taken: the file is not a CSV file. ${what}`, { cause });
	}
}

function instantOf(text: string, timezone: string): number | undefined {
	if (/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}$/.test(text)) {
		const [date, time] = [text.slice(0, 10), text.slice(11)];
		return Number.isNaN(Date.parse(`${date}T${time}Z`)) ? undefined : instantOfWallClock(date, time, timezone);
	}
	if (!/(Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
	const instant = Date.parse(text);
	return Number.isNaN(instant) ? undefined : instant;
}
