import { COLUMN, COLUMNS, NONE, type PackedDay } from "./packed-day.ts";

type Column = keyof typeof COLUMN;

/** The legs of many days in columns, with one numbering of names for all of them. */
export interface LegTable {
	count: number;
	names: readonly string[];
	serviceDays: readonly string[];
	/** Which day a row is of, as a place in `serviceDays`. */
	day: Int32Array;
	column(name: Column): Int32Array;
}

/** A group's number for each row, NONE where the row is in none, and how many groups there are. */
export interface Groups {
	of: Int32Array;
	count: number;
}

const NAMED: readonly number[] = [COLUMN.topic, COLUMN.language, COLUMN.counter, COLUMN.staff];

export interface LegFilter {
	topic?: string | undefined;
	counter?: string | undefined;
}

/** Puts days below one another; a filter leaves rows out. */
export function makeLegTable(days: readonly PackedDay[], filter: LegFilter = {}): LegTable {
	const most = days.reduce((sum, { cells }) => sum + cells.length / COLUMNS, 0);
	const columns = Array.from({ length: COLUMNS }, () => new Int32Array(most));
	const day = new Int32Array(most);
	const numbers = new Map<string, number>();
	let count = 0;
	days.forEach(({ names, cells }, place) => {
		const numberOf = names.map((name) => {
			const known = numbers.get(name) ?? numbers.size;
			numbers.set(name, known);
			return known;
		});
		const rows = cells.length / COLUMNS;
		const kept = rowsOf({ names, cells }, filter);
		columns.forEach((column, index) => {
			const from = cells.subarray(index * rows, (index + 1) * rows);
			if (kept === null) column.set(from, count);
			else for (const [to, row] of kept.entries()) column[count + to] = from[row] ?? NONE;
		});
		const end = count + (kept?.length ?? rows);
		for (const index of NAMED) renumber(columns[index], count, end, numberOf);
		day.fill(place, count, end);
		count = end;
	});
	const cut = columns.map((column) => column.subarray(0, count));
	return {
		count,
		names: [...numbers.keys()],
		serviceDays: days.map(({ serviceDay }) => serviceDay),
		day: day.subarray(0, count),
		column: (name) => cut[COLUMN[name]] ?? new Int32Array(),
	};
}

function renumber(column: Int32Array | undefined, from: number, to: number, numberOf: readonly number[]): void {
	if (!column) return;
	for (let row = from; row < to; row += 1) column[row] = numberOf[column[row] ?? NONE] ?? NONE;
}

/** The rows that a filter keeps; null is all of them. */
function rowsOf({ names, cells }: Omit<PackedDay, "serviceDay">, { topic, counter }: LegFilter): number[] | null {
	if (topic === undefined && counter === undefined) return null;
	const rows = cells.length / COLUMNS;
	const isKept = (column: number, name: string | undefined, row: number) =>
		name === undefined || names[cells[column * rows + row] ?? NONE] === name;
	return Array.from({ length: rows }, (_, row) => row).filter(
		(row) => isKept(COLUMN.topic, topic, row) && isKept(COLUMN.counter, counter, row),
	);
}
