import { SMALLEST_GROUP } from "./limits.ts";
import type { Figures } from "./statistics.ts";

const UNTOLD: Figures = {
	...{ visits: null, arrivals: null, served: null, transferred: null, noShows: null, abandoned: null },
	...{ closed: null, open: null, wait: null, service: null, serviceLevel: null, rating: null },
};

/**
 * Tells nothing of groups that have fewer than SMALLEST_GROUP visits. Where that hides one group alone, the total less
 * the others would tell it: then the next smallest is hidden too.
 */
export function hideSmallGroups<Row extends Figures>(rows: readonly Row[]): Row[] {
	return hideSmallRows(rows, (row) => ({ ...row, ...UNTOLD }));
}

/** The same for plain counts. */
export function hideSmallCounts<Row extends { visits: number | null }>(rows: readonly Row[]): Row[] {
	return hideSmallRows(rows, (row) => ({ ...row, visits: null }));
}

/** The same for rows of any kind. */
export function hideSmallRows<Row extends { visits: number | null }>(
	rows: readonly Row[],
	hide: (row: Row) => Row,
): Row[] {
	const hidden = new Set(smallPlaces(rows.map(({ visits }) => visits ?? 0)));
	return rows.map((row, place) => (hidden.has(place) ? hide(row) : row));
}

function smallPlaces(counts: readonly number[]): number[] {
	const places = counts.flatMap((count, place) => (count > 0 ? [{ count, place }] : []));
	places.sort((one, other) => one.count - other.count);
	const small = places.filter(({ count }) => count < SMALLEST_GROUP).length;
	return places.slice(0, small === 1 ? 2 : small).map(({ place }) => place);
}
