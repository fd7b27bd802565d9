import { parse } from "csv-parse/sync";
import { UserError } from "../../lib/errors.ts";
import { wallClock } from "../../lib/time/wall-clock.ts";
import { foldCode } from "../../lib/typed-code.ts";
import {
	type Appointment,
	type AppointmentList,
	type ListSite,
	nearestLanguage,
	openAppointmentCheck,
	type Remark,
	readStatus,
	requireNoComplaint,
} from "./appointment.ts";
import { readTime } from "./read-time.ts";

const COLUMNS = ["code", "time", "topic", "language", "party", "status"] as const;
type Column = (typeof COLUMNS)[number];
const REQUIRED = ["code", "time", "topic"] as const satisfies readonly Column[];
const DELIMITERS = [",", ";", "\t", "|"];

/** A record of the table with the file's own number of the line that it begins on. */
interface TableRow {
	line: number;
	cells: readonly string[];
}

/**
 * Reads a table (CSV, RFC 4180, with comma, semicolon, tab or bar, and Excel's "sep=;" line) with the columns code, time
 * and topic, and where they are known language, party and status. Times are read by readTime, statuses by readStatus.
 * Empty rows, empty cells at the end and unnamed empty columns, as Excel writes them, are passed over; a column that is
 * named twice, or that is none of these, is refused, so that no name is ever handed over unnoticed. Messages name the
 * file's line and the column. Throws UserError APPOINTMENTS_INVALID.
 */
export function readCsvAppointments(text: string, site: ListSite): AppointmentList {
	const complaints: Remark[] = [];
	const notes: Remark[] = [];
	const cancelled: AppointmentList["cancelled"] = [];
	const check = openAppointmentCheck(site, (at) => wallClock(at, site.timezone).date, inColumn);
	let columns: readonly string[] | undefined;
	let eitherOrder: string | undefined;
	readRows(text, (row, delimiter) => {
		if (columns === undefined) {
			columns = columnsOf(row, delimiter);
			return;
		}
		const read = readRow(row, columns, site);
		switch (read.kind) {
			case "complaint":
				complaints.push({ place: read.place, what: read.what });
				eitherOrder ??= read.eitherOrder;
				break;
			case "cancelled":
				cancelled.push({ source: read.source, place: read.place });
				break;
			case "booking":
				if (read.note !== undefined) notes.push({ place: read.place, what: read.note });
				check.add(read.place, read.draft);
		}
	});
	if (columns === undefined) throw new UserError("APPOINTMENTS_INVALID", "Nothing was read. The file is empty.");
	requireNoComplaint(complaints, eitherOrder);
	const appointments = check.finish();
	const booked = new Set(appointments.map(({ source }) => source));
	const both = cancelled.find(({ source }) => booked.has(source));
	if (both)
		requireNoComplaint([{ place: both.place, what: "It cancels a booking that the same table books. Keep one line." }]);
	return { appointments, cancelled, excluded: [], skipped: [], notes, madeCodes: [] };
}

const COLUMN_OF: Readonly<Partial<Record<keyof Appointment, Column>>> = {
	...{ source: "code", code: "code", at: "time", topic: "topic", language: "language", partySize: "party" },
};

const inColumn = (place: string, field: keyof Appointment) => `${place}, column ${COLUMN_OF[field]}`;

/** The names of the columns. Throws UserError APPOINTMENTS_INVALID. */
function columnsOf(header: TableRow, delimiter: string): string[] {
	const columns = header.cells.map((name) => name.trim().toLowerCase());
	const headerPlace = `line ${header.line}`;
	const missing = REQUIRED.filter((name) => !columns.includes(name)).map((name) => `"${name}"`);
	const divided = `The columns are divided by ${delimiter === "\t" ? "tabs" : `"${delimiter}"`}.`;
	requireNoComplaint([
		...(missing.length === 0
			? []
			: [{ place: headerPlace, what: `It has no column ${missing.join(", no ")}. ${divided}` }]),
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
	return columns;
}

type ReadRow =
	| { kind: "complaint"; place: string; what: string; eitherOrder?: string | undefined }
	| { kind: "cancelled"; place: string; source: string }
	| { kind: "booking"; place: string; draft: unknown; note: string | undefined };

function readRow({ line, cells }: TableRow, columns: readonly string[], site: ListSite): ReadRow {
	const place = `line ${line}`;
	const complaint = (column: string | number, what: string) => ({
		kind: "complaint" as const,
		place: `${place}, column ${column}`,
		what,
	});
	const stray = cells.findIndex((cell, index) => cell.trim() !== "" && (columns[index] ?? "") === "");
	if (stray !== -1) return complaint(stray + 1, `"${cells[stray]}" stands in no named column.`);
	const cell = (name: Column) => cells[columns.indexOf(name)]?.trim() ?? "";
	const status = readStatus(cell("status"));
	if (status === "unknown")
		return complaint("status", `"${cell("status")}" is no status that is known. Write booked or cancelled.`);
	const folded = foldCode(cell("code"));
	const source = `list ${folded}`;
	if (status === "cancelled")
		return folded === ""
			? complaint("code", "A cancelled booking needs its code.")
			: { kind: "cancelled", place, source };
	const time = readTime(cell("time"), site.timezone, site.dateOrder);
	if (time.kind === "refused") return { ...complaint("time", `${time.why}.`), eitherOrder: time.eitherOrder };
	const asked = cell("language");
	const language = asked === "" ? undefined : nearestLanguage(asked);
	const note = language && !language.isExact ? `"${asked}" is read as ${language.language}.` : undefined;
	const draft = {
		source,
		code: cell("code"),
		at: time.at,
		topic: cell("topic"),
		language: asked === "" ? null : (language?.language ?? asked),
		partySize: /^\d*$/.test(cell("party")) ? Number(cell("party") || "1") : Number.NaN,
	};
	return { kind: "booking", place, draft, note };
}

/** Hands over the rows that are not empty, one after another: 50,000 of them at once would take much memory. */
function readRows(text: string, take: (row: TableRow, delimiter: string) => void): void {
	const body = text.replace(/^\ufeff/, "");
	const separator = /^"?sep=(.)"?\r?\n/i.exec(body);
	const delimiter = separator?.[1] ?? delimiterOf(body);
	const from = separator ? separator[0].length : 0;
	let last = separator ? 1 : 0;
	parseRecords(body.slice(from), delimiter, (cells, lines) => {
		// csv-parse tells the line that a record ends on.
		const line = lines + (separator ? 1 : 0);
		const begins = line - newlinesIn(cells);
		const row = { cells, line: Math.max(begins, last + 1) };
		last = line;
		if (cells.some((cell) => cell.trim() !== "")) take(row, delimiter);
	});
}

function newlinesIn(cells: readonly string[]): number {
	return cells.some((cell) => cell.includes("\n")) ? cells.join("").split("\n").length - 1 : 0;
}

/** The delimiter that the first line which is not empty has most of. */
function delimiterOf(text: string): string {
	const first = text.split(/\r?\n/).find((line) => line.trim() !== "") ?? "";
	const count = (delimiter: string) => first.split(delimiter).length;
	return DELIMITERS.toSorted((one, other) => count(other) - count(one))[0] ?? ",";
}

function parseRecords(text: string, delimiter: string, take: (cells: string[], lines: number) => void): void {
	let failure: unknown;
	try {
		parse(text, {
			delimiter,
			relax_column_count: true,
			record_delimiter: ["\r\n", "\n", "\r"],
			on_record(record: string[], { lines }) {
				try {
					take(record, lines);
				} catch (error) {
					failure = error;
					throw error;
				}
				return undefined;
			},
		});
	} catch (cause) {
		if (failure !== undefined) throw failure;
		const what = cause instanceof Error ? cause.message : String(cause);
		throw new UserError("APPOINTMENTS_INVALID", `Nothing was read. The file is not a table (CSV): ${what}`, { cause });
	}
}
