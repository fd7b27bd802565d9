import { CsvError, parse } from "csv-parse/sync";
import { ListRefused, type RemarkCode, reason, remark } from "./list-remark.ts";

const DELIMITERS = [",", ";", "\t", "|"];

/** A record of the table with the file's own number of the line that it begins on. */
export interface TableRow {
	line: number;
	cells: readonly string[];
	delimiter: string;
}

/** Hands over the rows that are not empty, one after another: 50,000 of them at once would take much memory. */
export function readRows(text: string, take: (row: TableRow) => void): void {
	const body = text.replace(/^\ufeff/, "");
	const separator = /^"?sep=(.)"?\r?\n/i.exec(body);
	const delimiter = separator?.[1] ?? delimiterOf(body);
	const from = separator ? separator[0].length : 0;
	let last = separator ? 1 : 0;
	let pairs = 0;
	// csv-parse tells the line that a record ends on, and counts a CR LF within quotation marks twice.
	const ownLine = (lines: number) => lines - pairs + (separator ? 1 : 0);
	const takeRecord = (cells: string[], lines: number) => {
		const breaks = breaksIn(cells);
		pairs += breaks.filter((one) => one.length === 2).length;
		const line = ownLine(lines);
		const begins = line - breaks.length;
		const row = { cells, line: Math.max(begins, last + 1), delimiter };
		last = line;
		if (cells.some((cell) => cell.trim() !== "")) take(row);
	};
	parseRecords(quoteTextMarks(body.slice(from), delimiter), delimiter, {
		take: takeRecord,
		refuse(cause) {
			const [code, line] = whyNoTable(cause, { ownLine, next: last + 1 });
			const column = typeof cause.column === "number" ? cause.column + 1 : undefined;
			return new ListRefused("APPOINTMENTS_INVALID", [remark({ line, column }, reason(code))], { cause });
		},
	});
}

const NO_BREAKS: readonly string[] = [];

function breaksIn(cells: readonly string[]): readonly string[] {
	if (!cells.some((cell) => cell.includes("\n") || cell.includes("\r"))) return NO_BREAKS;
	return cells.flatMap((cell) => cell.match(/\r\n|\r|\n/g) ?? []);
}

/** The delimiter that the first line which is not empty has most of. */
function delimiterOf(text: string): string {
	const first = text.split(/\r?\n/).find((line) => line.trim() !== "") ?? "";
	const count = (delimiter: string) => first.split(delimiter).length;
	return DELIMITERS.toSorted((one, other) => count(other) - count(one))[0] ?? ",";
}

/** `="0012"` without quotation marks around it, as some programs write it for Excel, in the form that CSV has for it. */
function quoteTextMarks(text: string, delimiter: string): string {
	if (!text.includes('="')) return text;
	const edge = delimiter.replace(/[|\\^$.*+?()[\]{}]/, "\\$&");
	return text.replaceAll(new RegExp(`(?<=^|${edge}|[\r\n])="([^"\r\n]*)"(?=$|${edge}|[\r\n])`, "g"), '"=""$1"""');
}

/** What is wrong with a table, and the line of it. A quotation mark that is never closed begins where its record does. */
function whyNoTable(
	{ code, lines }: CsvError & { lines?: number },
	{ ownLine, next }: { ownLine(lines: number): number; next: number },
): [RemarkCode, line: number] {
	const at = lines === undefined ? next : Math.max(ownLine(lines), next);
	switch (code) {
		case "CSV_QUOTE_NOT_CLOSED":
			return ["quote-not-closed", next];
		case "INVALID_OPENING_QUOTE":
			return ["quote-inside", at];
		case "CSV_INVALID_CLOSING_QUOTE":
			return ["quote-not-last", at];
		default:
			return ["not-a-table", at];
	}
}

interface RecordTaker {
	take(cells: string[], lines: number): void;
	refuse(cause: CsvError): ListRefused;
}

function parseRecords(text: string, delimiter: string, { take, refuse }: RecordTaker): void {
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
		throw cause instanceof CsvError ? refuse(cause) : cause;
	}
}
