import { LEG_ENDS } from "./leg.ts";
import { type LegTable, orderBy } from "./leg-table.ts";
import { SMALLEST_GROUP } from "./limits.ts";
import { NONE } from "./packed-day.ts";
import type { Figures, Lengths } from "./statistics.ts";

/** Rows in an order that every grouping needs: made once. */
export interface Grouping {
	table: LegTable;
	/** Rows of visitors who were called, the shortest wait first. */
	calledByWait: Int32Array;
	/** Rows of visitors who left before that. */
	left: Int32Array;
	servedByLength: Int32Array;
	withinSeconds: number;
}

const WITHDRAWN = LEG_ENDS.indexOf("withdrawn");

export function openGrouping(table: LegTable, withinMinutes: number): Grouping {
	const [called, ends, waits] = [table.column("wasCalled"), table.column("end"), table.column("waitSeconds")];
	const [calledWaits, leftWaits] = [new Int32Array(table.count).fill(NONE), new Int32Array(table.count).fill(NONE)];
	for (let row = 0; row < table.count; row += 1) {
		if (ends[row] !== WITHDRAWN) (called[row] === 1 ? calledWaits : leftWaits)[row] = waits[row] ?? NONE;
	}
	return {
		table,
		calledByWait: orderBy(calledWaits),
		left: orderBy(leftWaits),
		servedByLength: orderBy(table.column("serviceSeconds")),
		withinSeconds: withinMinutes * 60,
	};
}

/** A group's number for each row, NONE where the row is in none, and how many groups there are. */
export interface Groups {
	of: Int32Array;
	count: number;
}

export function groupRows(table: LegTable, count: number, groupOf: (row: number) => number): Groups {
	const of = new Int32Array(table.count);
	for (let row = 0; row < table.count; row += 1) of[row] = groupOf(row);
	return { of, count };
}

/** The figures of each group that has a visit, by its number. */
export function figuresByGroup(grouping: Grouping, groups: Groups): Map<number, Figures> {
	const { table, withinSeconds } = grouping;
	const ends = countEnds(table, groups);
	const arrivals = sumByGroup(groups, table.column("isArrival"), table);
	const ratings = rate(table, groups);
	const waits = splitByGroup(grouping.calledByWait, table.column("waitSeconds"), groups);
	const services = splitByGroup(grouping.servedByLength, table.column("serviceSeconds"), groups);
	const leftLate = countLate(grouping, groups);
	const found = new Map<number, Figures>();
	for (let group = 0; group < groups.count; group += 1) {
		const count = (end: (typeof LEG_ENDS)[number]) => ends[group * LEG_ENDS.length + LEG_ENDS.indexOf(end)] ?? 0;
		const visits = LEG_ENDS.reduce((sum, end) => sum + (end === "withdrawn" ? 0 : count(end)), 0);
		if (visits === 0) continue;
		const [waited, served] = [waits[group] ?? NO_SECONDS, services[group] ?? NO_SECONDS];
		const judged = waited.length + (leftLate[group] ?? 0);
		const rated = ratings.counts[group] ?? 0;
		found.set(group, {
			...{ visits, arrivals: arrivals[group] ?? 0, served: count("served"), transferred: count("transferred") },
			...{ noShows: count("no-show"), abandoned: count("abandoned"), closed: count("closed"), open: count("open") },
			wait: lengthsOf(waited),
			service: lengthsOf(served),
			serviceLevel: judged < SMALLEST_GROUP ? null : countUpTo(waited, withinSeconds) / judged,
			rating: rated < SMALLEST_GROUP ? null : { count: rated, mean: (ratings.sums[group] ?? 0) / rated },
		});
	}
	return found;
}

const NO_SECONDS = new Int32Array();

function countEnds(table: LegTable, { of, count }: Groups): Int32Array {
	const counts = new Int32Array(count * LEG_ENDS.length);
	const ends = table.column("end");
	for (let row = 0; row < table.count; row += 1) {
		const group = of[row] ?? NONE;
		if (group === NONE) continue;
		const place = group * LEG_ENDS.length + (ends[row] ?? 0);
		counts[place] = (counts[place] ?? 0) + 1;
	}
	return counts;
}

function sumByGroup({ of, count }: Groups, values: Int32Array, table: LegTable): Int32Array {
	const sums = new Int32Array(count);
	const ends = table.column("end");
	for (let row = 0; row < table.count; row += 1) {
		const group = of[row] ?? NONE;
		// Taken by mistake: nobody came.
		if (group !== NONE && ends[row] !== WITHDRAWN) sums[group] = (sums[group] ?? 0) + (values[row] ?? 0);
	}
	return sums;
}

function rate(table: LegTable, { of, count }: Groups): { counts: Int32Array; sums: Int32Array } {
	const [counts, sums] = [new Int32Array(count), new Int32Array(count)];
	const ratings = table.column("rating");
	for (let row = 0; row < table.count; row += 1) {
		const [group, rating] = [of[row] ?? NONE, ratings[row] ?? NONE];
		if (group === NONE || rating === NONE) continue;
		counts[group] = (counts[group] ?? 0) + 1;
		sums[group] = (sums[group] ?? 0) + rating;
	}
	return { counts, sums };
}

/** Who left after having waited longer than asked for: they count as not called in time. */
function countLate({ table, left, withinSeconds }: Grouping, { of, count }: Groups): Int32Array {
	const counts = new Int32Array(count);
	const waits = table.column("waitSeconds");
	for (const row of left) {
		const group = of[row] ?? NONE;
		if (group !== NONE && (waits[row] ?? 0) > withinSeconds) counts[group] = (counts[group] ?? 0) + 1;
	}
	return counts;
}

/** The values of each group, in the order of the rows. */
function splitByGroup(rows: Int32Array, values: Int32Array, { of, count }: Groups): Int32Array[] {
	const starts = new Int32Array(count + 1);
	// Counted, not iterated: this is the innermost loop of a year.
	for (let place = 0; place < rows.length; place += 1) {
		const group = of[rows[place] ?? 0] ?? NONE;
		if (group !== NONE) starts[group + 1] = (starts[group + 1] ?? 0) + 1;
	}
	for (let group = 0; group < count; group += 1) starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0);
	const split = new Int32Array(starts[count] ?? 0);
	const next = starts.slice();
	for (let place = 0; place < rows.length; place += 1) {
		const row = rows[place] ?? 0;
		const group = of[row] ?? NONE;
		if (group === NONE) continue;
		const to = next[group] ?? 0;
		split[to] = values[row] ?? 0;
		next[group] = to + 1;
	}
	return Array.from({ length: count }, (_, group) => split.subarray(starts[group], starts[group + 1]));
}

/** How many of the values, which come in order, are not greater than a limit. */
function countUpTo(ordered: Int32Array, limit: number): number {
	let [low, high] = [0, ordered.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ordered[middle] ?? 0) <= limit) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Of seconds in order, the shortest first; null where they are so few that each is somebody's. */
function lengthsOf(ordered: Int32Array): Lengths | null {
	if (ordered.length < SMALLEST_GROUP) return null;
	let sum = 0;
	for (let place = 0; place < ordered.length; place += 1) sum += ordered[place] ?? 0;
	return {
		count: ordered.length,
		meanMs: (sum / ordered.length) * 1_000,
		medianMs: percentile(ordered, 0.5) * 1_000,
		p90Ms: percentile(ordered, 0.9) * 1_000,
	};
}

/** The nearest rank: the least value that the share of the values does not exceed. They come in order. */
function percentile(ordered: Int32Array, share: number): number {
	const value = ordered[Math.max(1, Math.ceil(share * ordered.length)) - 1];
	if (value === undefined) throw new Error("There is nothing to take a percentile of.");
	return value;
}

export const NO_FIGURES: Figures = {
	...{ visits: 0, arrivals: 0, served: 0, transferred: 0, noShows: 0, abandoned: 0, closed: 0, open: 0 },
	...{ wait: null, service: null, serviceLevel: null, rating: null },
};
