/*
 * Where an arrow key leads. Only the buttons' positions count, so it works for every screen, mode and direction of
 * script. Left and right follow the reading order, row by row, and wrap around: one key reaches every button. Up and
 * down go to the nearest button.
 */

export interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}
export type Arrow = "up" | "down" | "left" | "right";
export type Direction = "ltr" | "rtl";

/** The index in `boxes` that an arrow leads to from `from`, which may be one of them; undefined where there is no other. */
export function nextIndex(boxes: readonly Box[], from: Box, arrow: Arrow, direction: Direction): number | undefined {
	const others = boxes.filter((box) => !isSame(box, from));
	const next =
		arrow === "up" || arrow === "down"
			? nextInColumn(others, from, arrow, direction)
			: nextInReadingOrder(others, from, arrow, direction);
	return next && boxes.indexOf(next);
}

/** The next or the previous box in reading order, wrapping around. */
function nextInReadingOrder(
	others: readonly Box[],
	from: Box,
	arrow: "left" | "right",
	direction: Direction,
): Box | undefined {
	const order = inReadingOrder([...others, from], direction);
	const step = (arrow === "right") === (direction === "ltr") ? 1 : -1;
	return others.length === 0 ? undefined : order.at((order.indexOf(from) + step) % order.length);
}

/** Row by row from the top; within a row from the side where the script begins. */
export function inReadingOrder(boxes: readonly Box[], direction: Direction): Box[] {
	const fromTop = boxes.toSorted((a, b) => a.top - b.top || startOf(a, direction) - startOf(b, direction));
	const rows: [Box, ...Box[]][] = [];
	for (const box of fromTop) {
		const row = rows.find(([first]) => shareRow(first, box));
		if (row) row.push(box);
		else rows.push([box]);
	}
	return rows.flatMap((row) => row.toSorted((a, b) => startOf(a, direction) - startOf(b, direction)));
}

/** Two boxes share a row if they overlap by at least half the height of the lower one. */
function shareRow(a: Box, b: Box): boolean {
	const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
	return overlap >= Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
}

/** The nearest box above or below, preferring the same column; past the edge it continues from the opposite edge. */
function nextInColumn(others: readonly Box[], from: Box, arrow: "up" | "down", direction: Direction): Box | undefined {
	const inOtherRows = others.filter((box) => !shareRow(box, from));
	const ahead = inOtherRows.filter((box) => isAhead(box, from, arrow));
	if (ahead.length > 0) return nearest(ahead, from, arrow, direction);
	const far = 2 * Math.max(...[...others, from].map((box) => Math.max(Math.abs(box.top), Math.abs(box.bottom), 1)));
	const shift = arrow === "down" ? -far : far;
	const edge = { ...from, top: from.top + shift, bottom: from.bottom + shift };
	return nearest(inOtherRows, edge, arrow, direction);
}

function isAhead(box: Box, from: Box, arrow: "up" | "down"): boolean {
	const offset = middle(box) - middle(from);
	return arrow === "down" ? offset > 0 : offset < 0;
}

function nearest(boxes: readonly Box[], from: Box, arrow: "up" | "down", direction: Direction): Box | undefined {
	const gap = (box: Box) => Math.max(0, arrow === "down" ? box.top - from.bottom : from.top - box.bottom);
	const aside = (box: Box) => Math.max(0, box.left - from.right, from.left - box.right);
	// Another column counts as farther than another row.
	const distance = (box: Box) => gap(box) + 2 * aside(box);
	const offset = (box: Box) => Math.abs(box.left + box.right - from.left - from.right);
	return boxes.toSorted(
		(a, b) => distance(a) - distance(b) || offset(a) - offset(b) || startOf(a, direction) - startOf(b, direction),
	)[0];
}

const startOf = (box: Box, direction: Direction) => (direction === "ltr" ? box.left : -box.right);
const middle = ({ top, bottom }: Box) => (top + bottom) / 2;
const isSame = (a: Box, b: Box) => a.left === b.left && a.right === b.right && a.top === b.top && a.bottom === b.bottom;
