import { makeStatisticsTable, type StatisticsNames, type TabledStatistics } from "./statistics-table.ts";

/** Begins a file that Excel is to read as UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * One table for spreadsheets and programs, a group a row: RFC 4180, a point in decimals, minutes and percents. What is not
 * told since too few visited is "<5"; what is not known is empty.
 */
export function writeStatisticsCsv(statistics: TabledStatistics, names: StatisticsNames): string {
	const { columns, rows } = makeStatisticsTable(statistics, names);
	const few = `<${statistics.smallestGroup}`;
	const lines = rows.map((cells) => cells.map((cell) => (cell === null ? few : String(cell ?? ""))));
	return `${BYTE_ORDER_MARK}${[columns.map(({ name }) => name), ...lines].map((cells) => `${cells.map(quote).join(",")}\r\n`).join("")}`;
}

/** A cell that a spreadsheet would run as a formula gets an apostrophe, which spreadsheets do not show. */
function quote(cell: string): string {
	const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
