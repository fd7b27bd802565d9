import { parse } from "csv-parse/sync";
import { ListRefused, reason, remark } from "./list-remark.ts";

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
	parseRecords(body.slice(from), delimiter, (cells, lines) => {
		const breaks = breaksIn(cells);
		pairs += breaks.filter((one) => one.length === 2).length;
		// csv-parse tells the line that a record ends on, and counts a CR LF within quotation marks twice.
		const line = lines - pairs + (separator ? 1 : 0);
		const begins = line - breaks.length;
		const row = { cells, line: Math.max(begins, last + 1), delimiter };
		last = line;
		if (cells.some((cell) => cell.trim() !== "")) take(row);
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
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new ListRefused("APPOINTMENTS_INVALID", [remark(null, reason("not-a-table", { why }))], { cause });
	}
}
