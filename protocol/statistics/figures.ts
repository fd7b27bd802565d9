import { LEG_ENDS, type LegEnd } from "./leg.ts";
import type { Groups, LegTable } from "./leg-table.ts";
import { measureByGroup } from "./lengths-by-group.ts";
import { SMALLEST_GROUP } from "./limits.ts";
import { NONE } from "./packed-day.ts";
import type { Figures } from "./statistics.ts";

/** What every grouping of a table's rows needs: made once. */
export interface Grouping {
	table: LegTable;
	/** Seconds until the first call; NONE of visitors who were not called. */
	calledAfter: Int32Array;
	/** All that is only counted of a row, as one number: a group is then counted in one step a row. */
	kind: Uint16Array;
}

const WITHDRAWN = LEG_ENDS.indexOf("withdrawn");
const [UNKNOWN, IN_TIME, LATE, PUNCTUALITIES] = [0, 1, 2, 3];
/** 0 is none. */
const RATINGS = 6;
const KINDS = LEG_ENDS.length * 2 * PUNCTUALITIES * RATINGS;

const kindOf = (end: number, isArrival: number, punctuality: number, rating: number) =>
	((end * 2 + isArrival) * PUNCTUALITIES + punctuality) * RATINGS + rating;

export function openGrouping(table: LegTable, withinMinutes: number): Grouping {
	const [called, ends, waits] = [table.column("wasCalled"), table.column("end"), table.column("waitSeconds")];
	const [isArrival, ratings] = [table.column("isArrival"), table.column("rating")];
	const calledAfter = new Int32Array(table.count).fill(NONE);
	const kind = new Uint16Array(table.count);
	const withinSeconds = withinMinutes * 60;
	for (let row = 0; row < table.count; row += 1) {
		const seconds = waits[row] ?? NONE;
		const end = ends[row] ?? 0;
		const isCalled = called[row] === 1;
		const isTimed = end !== WITHDRAWN && seconds !== NONE;
		if (isTimed && isCalled) calledAfter[row] = seconds;
		// Whoever left after having waited longer than asked for was not called in time. Of those who left sooner nothing is said.
		const inTime = isCalled ? IN_TIME : UNKNOWN;
		const punctuality = !isTimed ? UNKNOWN : seconds > withinSeconds ? LATE : inTime;
		kind[row] = kindOf(end, isArrival[row] ?? 0, punctuality, Math.max(0, ratings[row] ?? NONE));
	}
	return { table, calledAfter, kind };
}

export function groupRows(table: LegTable, count: number, groupOf: (row: number) => number): Groups {
	const of = new Int32Array(table.count);
	for (let row = 0; row < table.count; row += 1) of[row] = groupOf(row);
	return { of, count };
}

/** The figures of each group that has a visit, by its number. */
export function figuresByGroup({ table, calledAfter, kind }: Grouping, groups: Groups): Map<number, Figures> {
	const kinds = countKinds(kind, groups);
	const waits = measureByGroup(calledAfter, groups);
	const services = measureByGroup(table.column("serviceSeconds"), groups);
	const found = new Map<number, Figures>();
	for (let group = 0; group < groups.count; group += 1) {
		const { ends, visits, arrivals, inTime, late, rated, ratings } = countsOf(kinds, group);
		if (visits === 0) continue;
		const count = (end: LegEnd) => ends[LEG_ENDS.indexOf(end)] ?? 0;
		const judged = inTime + late;
		found.set(group, {
			...{ visits, arrivals, served: count("served"), transferred: count("transferred") },
			...{ noShows: count("no-show"), abandoned: count("abandoned"), closed: count("closed"), open: count("open") },
			...{ wait: waits[group] ?? null, service: services[group] ?? null },
			serviceLevel: judged < SMALLEST_GROUP ? null : inTime / judged,
			rating: rated < SMALLEST_GROUP ? null : { count: rated, mean: ratings / rated },
		});
	}
	return found;
}

/** How many rows of each kind, a group's after another's. */
function countKinds(kind: Uint16Array, { of, count }: Groups): Int32Array {
	const kinds = new Int32Array(count * KINDS);
	for (let row = 0; row < kind.length; row += 1) {
		const group = of[row] ?? NONE;
		if (group === NONE) continue;
		const place = group * KINDS + (kind[row] ?? 0);
		kinds[place] = (kinds[place] ?? 0) + 1;
	}
	return kinds;
}

function countsOf(kinds: Int32Array, group: number) {
	const counts = { ends: LEG_ENDS.map(() => 0), visits: 0, arrivals: 0, inTime: 0, late: 0, rated: 0, ratings: 0 };
	for (let kind = 0; kind < KINDS; kind += 1) {
		const rows = kinds[group * KINDS + kind] ?? 0;
		if (rows === 0) continue;
		const rating = kind % RATINGS;
		const punctuality = Math.floor(kind / RATINGS) % PUNCTUALITIES;
		const isArrival = Math.floor(kind / (RATINGS * PUNCTUALITIES)) % 2;
		const end = Math.floor(kind / (RATINGS * PUNCTUALITIES * 2));
		counts.ends[end] = (counts.ends[end] ?? 0) + rows;
		// Taken by mistake: nobody came.
		if (end !== WITHDRAWN) {
			counts.visits += rows;
			counts.arrivals += isArrival * rows;
		}
		if (punctuality === IN_TIME) counts.inTime += rows;
		if (punctuality === LATE) counts.late += rows;
		if (rating > 0) counts.rated += rows;
		counts.ratings += rating * rows;
	}
	return counts;
}

export const NO_FIGURES: Figures = {
	...{ visits: 0, arrivals: 0, served: 0, transferred: 0, noShows: 0, abandoned: 0, closed: 0, open: 0 },
	...{ wait: null, service: null, serviceLevel: null, rating: null },
};
