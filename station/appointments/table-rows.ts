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
	parseRecords(body.slice(from), delimiter, (cells, lines) => {
		// csv-parse tells the line that a record ends on.
		const line = lines + (separator ? 1 : 0);
		const begins = line - newlinesIn(cells);
		const row = { cells, line: Math.max(begins, last + 1), delimiter };
		last = line;
		if (cells.some((cell) => cell.trim() !== "")) take(row);
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
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new ListRefused("APPOINTMENTS_INVALID", [remark(null, reason("not-a-table", { why }))], { cause });
	}
}
