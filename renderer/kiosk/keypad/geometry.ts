/*
 * Where an arrow key leads: from the buttons' places on the glass alone, so that it holds for every screen, mode and
 * direction of script. Left and right go through the screen as it is read, row by row, and round from its end to its
 * beginning, so that each button can be reached from each other with one key; up and down go to the nearest.
 */

export interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}
export type Arrow = "up" | "down" | "left" | "right";
export type Direction = "ltr" | "rtl";

/** The place in `boxes` that an arrow leads to from `from`, which may be one of them; undefined where there is no other. */
export function nextPlace(boxes: readonly Box[], from: Box, arrow: Arrow, direction: Direction): number | undefined {
	const others = boxes.filter((box) => !isSame(box, from));
	const next =
		arrow === "up" || arrow === "down" ? across(others, from, arrow, direction) : along(others, from, arrow, direction);
	return next && boxes.indexOf(next);
}

/** The next as one reads, or the one before; past the end it begins again. */
function along(others: readonly Box[], from: Box, arrow: "left" | "right", direction: Direction): Box | undefined {
	const order = inReadingOrder([...others, from], direction);
	const step = (arrow === "right") === (direction === "ltr") ? 1 : -1;
	return others.length === 0 ? undefined : order.at((order.indexOf(from) + step) % order.length);
}

/** Row by row from the top; in a row from where its script begins. */
export function inReadingOrder(boxes: readonly Box[], direction: Direction): Box[] {
	const fromTop = boxes.toSorted((a, b) => a.top - b.top || beginningOf(a, direction) - beginningOf(b, direction));
	const rows: [Box, ...Box[]][] = [];
	for (const box of fromTop) {
		const row = rows.find(([first]) => fallbackBeside(first, box));
		if (row) row.push(box);
		else rows.push([box]);
	}
	return rows.flatMap((row) => row.toSorted((a, b) => beginningOf(a, direction) - beginningOf(b, direction)));
}

/** Two boxes share a row where half of the lower one's height, or more, is beside the other. */
function fallbackBeside(a: Box, b: Box): boolean {
	const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
	return shared >= Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
}

/** The nearest above or below, one that stands in the same column before any other; past the edge, from the other edge. */
function across(others: readonly Box[], from: Box, arrow: "up" | "down", direction: Direction): Box | undefined {
	const otherSites = others.filter((box) => !fallbackBeside(box, from));
	const serverAhead = otherSites.filter((box) => isServerAhead(box, from, arrow));
	if (serverAhead.length > 0) return nearest(serverAhead, from, arrow, direction);
	const far = 2 * Math.max(...[...others, from].map((box) => Math.max(Math.abs(box.top), Math.abs(box.bottom), 1)));
	const shift = arrow === "down" ? -far : far;
	const edge = { ...from, top: from.top + shift, bottom: from.bottom + shift };
	return nearest(otherSites, edge, arrow, direction);
}

function isServerAhead(box: Box, from: Box, arrow: "up" | "down"): boolean {
	const way = middle(box) - middle(from);
	return arrow === "down" ? way > 0 : way < 0;
}

function nearest(boxes: readonly Box[], from: Box, arrow: "up" | "down", direction: Direction): Box | undefined {
	const away = (box: Box) => Math.max(0, arrow === "down" ? box.top - from.bottom : from.top - box.bottom);
	const aside = (box: Box) => Math.max(0, box.left - from.right, from.left - box.right);
	// What is a whole column aside counts as far, what is one row down as near.
	const distance = (box: Box) => away(box) + 2 * aside(box);
	const offset = (box: Box) => Math.abs(box.left + box.right - from.left - from.right);
	return boxes.toSorted(
		(a, b) =>
			distance(a) - distance(b) || offset(a) - offset(b) || beginningOf(a, direction) - beginningOf(b, direction),
	)[0];
}

const beginningOf = (box: Box, direction: Direction) => (direction === "ltr" ? box.left : -box.right);
const middle = ({ top, bottom }: Box) => (top + bottom) / 2;
const isSame = (a: Box, b: Box) => a.left === b.left && a.right === b.right && a.top === b.top && a.bottom === b.bottom;
