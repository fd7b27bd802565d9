import { parse } from "csv-parse/sync";
import { UserError } from "../../lib/errors.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";
import { foldCode } from "../../lib/typed-code.ts";
import {
	type AppointmentList,
	checkAppointments,
	type ListSite,
	nearestLanguage,
	type Remark,
	readStatus,
	requireNoComplaint,
} from "./appointment.ts";
import { readTime } from "./read-time.ts";

const COLUMNS = ["code", "time", "topic", "language", "party", "status"] as const;
type Column = (typeof COLUMNS)[number];
const REQUIRED = ["code", "time", "topic"] as const satisfies readonly Column[];
const DELIMITERS = [",", ";", "\t"];

/** A record of the table with the file's own number of the line that it begins on. */
interface TableRow {
	line: number;
	cells: readonly string[];
}

/**
 * Reads a table (CSV, RFC 4180, with comma, semicolon or tab, and Excel's "sep=;" line) with the columns code, time
 * and topic, and where they are known language, party and status. Times are read by readTime, statuses by readStatus.
 * Empty rows, empty cells at the end and unnamed empty columns, as Excel writes them, are passed over; a column that is
 * named twice, or that is none of these, is refused, so that no name is ever handed over unnoticed. Messages name the
 * file's line and the column. Throws UserError APPOINTMENTS_INVALID.
 */
export function readCsvAppointments(text: string, site: ListSite): AppointmentList {
	const { delimiter, header, rows } = readRows(text);
	const columns = header.cells.map((name) => name.trim().toLowerCase());
	const headerPlace = `line ${header.line}`;
	requireNoComplaint([
		...REQUIRED.filter((name) => !columns.includes(name)).map((name) => ({
			place: headerPlace,
			what: `It has no column "${name}". The columns are divided by ${delimiter === "\t" ? "tabs" : `"${delimiter}"`}.`,
		})),
		...columns.flatMap((name, index) => {
			const place = `${headerPlace}, column ${index + 1}`;
			if (name === "") return [];
			if (columns.indexOf(name) !== index) return [{ place, what: `The column "${name}" is there twice.` }];
			if ((COLUMNS as readonly string[]).includes(name)) return [];
			return [
				{
					place,
					what: `The column "${name}" is not one of ${COLUMNS.join(", ")}. Take it out: no personal data is kept.`,
				},
			];
		}),
	]);
	const complaints: Remark[] = [];
	const notes: Remark[] = [];
	const cancelled: AppointmentList["cancelled"] = [];
	const drafts: { place: string; draft: unknown }[] = [];
	for (const { line, cells } of rows) {
		const place = `line ${line}`;
		const stray = cells.findIndex((cell, index) => cell.trim() !== "" && (columns[index] ?? "") === "");
		if (stray !== -1) {
			complaints.push({ place: `${place}, column ${stray + 1}`, what: `"${cells[stray]}" stands in no named column.` });
			continue;
		}
		const cell = (name: Column) => cells[columns.indexOf(name)]?.trim() ?? "";
		const status = readStatus(cell("status"));
		if (status === "unknown") {
			complaints.push({
				place: `${place}, column status`,
				what: `"${cell("status")}" is no status that is known. Write booked or cancelled.`,
			});
			continue;
		}
		const source = foldCode(cell("code")) && sourceOf(cell("code"));
		if (status === "cancelled") {
			if (source === "")
				complaints.push({ place: `${place}, column code`, what: "A cancelled booking needs its code." });
			else cancelled.push({ source, place });
			continue;
		}
		const time = readTime(cell("time"), site.timezone, site.dateOrder);
		if (time.kind === "refused") {
			complaints.push({ place: `${place}, column time`, what: `${time.why}.` });
			continue;
		}
		const asked = cell("language");
		const language = asked === "" ? undefined : nearestLanguage(asked);
		if (language && !language.isExact) notes.push({ place, what: `"${asked}" is read as ${language.language}.` });
		drafts.push({
			place,
			draft: {
				source,
				code: cell("code"),
				at: time.at,
				topic: cell("topic"),
				language: asked === "" ? null : (language?.language ?? asked),
				partySize: /^\d*$/.test(cell("party")) ? Number(cell("party") || "1") : Number.NaN,
			},
		});
	}
	requireNoComplaint(complaints);
	const appointments = checkAppointments(drafts, site, (at) => wallClock(at, site.timezone).date);
	const both = cancelled.find(({ source }) => appointments.some((one) => one.source === source));
	if (both)
		requireNoComplaint([{ place: both.place, what: "It cancels a booking that the same table books. Keep one line." }]);
	return { appointments, cancelled, excluded: [], skipped: [], notes, madeCodes: [] };
}

const sourceOf = (code: string) => `list ${foldCode(code)}`;

function readRows(text: string): { delimiter: string; header: TableRow; rows: TableRow[] } {
	const body = text.replace(/^\ufeff/, "");
	const separator = /^"?sep=(.)"?\r?\n/i.exec(body);
	const delimiter = separator?.[1] ?? delimiterOf(body);
	const from = separator ? separator[0].length : 0;
	const records = parseRecords(body.slice(from), delimiter).map(({ record, info }) => ({
		cells: record,
		line: info.lines + (separator ? 1 : 0),
	}));
	let last = separator ? 1 : 0;
	const rows = records.map(({ cells, line }) => {
		// csv-parse tells the line that a record ends on.
		const begins = line - cells.join("").split("\n").length + 1;
		const row = { cells, line: Math.max(begins, last + 1) };
		last = line;
		return row;
	});
	const [header, ...others] = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
	if (!header) throw new UserError("APPOINTMENTS_INVALID", "Nothing was read. The file is empty.");
	return { delimiter, header, rows: others };
}

/** The delimiter that the first line which is not empty has most of. */
function delimiterOf(text: string): string {
	const first = text.split(/\r?\n/).find((line) => line.trim() !== "") ?? "";
	const count = (delimiter: string) => first.split(delimiter).length;
	return DELIMITERS.toSorted((one, other) => count(other) - count(one))[0] ?? ",";
}

function parseRecords(text: string, delimiter: string): { record: string[]; info: { lines: number } }[] {
	try {
		return parse(text, {
			delimiter,
			info: true,
			relax_column_count: true,
			record_delimiter: ["\r\n", "\n", "\r"],
		}) as unknown as { record: string[]; info: { lines: number } }[];
	} catch (cause) {
		const what = cause instanceof Error ? cause.message : String(cause);
		throw new UserError("APPOINTMENTS_INVALID", `Nothing was read. The file is not a table (CSV): ${what}`, { cause });
	}
}
