import fc from "fast-check";
import { expect, test } from "vitest";
import { choicesPerScreen, MODES_OFF } from "../../../../renderer/kiosk/state/modes.ts";
import { type Page, type PageLayout, pageOf } from "../../../../renderer/kiosk/state/topic-pages.ts";

interface Placed {
	rank: number;
	group: { id: string; name: string; series: string };
}
const placed = (rank: number, group = "a"): Placed => ({ rank, group: { id: group, name: group, series: "A" } });
const anyTopics = fc
	.uniqueArray(fc.nat(500), { maxLength: 60 })
	.chain((ranks) =>
		fc.tuple(...ranks.map((rank) => fc.constantFrom("a", "b", "c", "d").map((id) => placed(rank, id)))),
	);

const anyLayout = fc.record({ others: fc.nat(3), choices: fc.constantFrom(8, 12) });

function pagesOf(topics: readonly Placed[], layout: PageLayout): Page<Placed>[] {
	const pages = [pageOf(topics, 0, layout)];
	while ((pages.at(-1)?.left ?? 0) > 0) pages.push(pageOf(topics, pages.length, layout));
	return pages;
}
const choicesOf = ({ shown, left, otherSites }: Page<Placed>) => shown.length + Number(left > 0) + Number(otherSites);

test("pages hold every topic once, the most asked first, no more choices than fit; what others offer is the last choice of all", () => {
	fc.assert(
		fc.property(anyTopics, anyLayout, (topics, layout) => {
			const pages = pagesOf(topics, layout);
			const ranks = pages.map(({ shown }) => shown.map(({ rank }) => rank).sort((a, b) => a - b));
			expect(ranks.flat()).toEqual(topics.map(({ rank }) => rank).sort((a, b) => a - b));
			for (const [place, page] of pages.entries()) {
				expect(choicesOf(page)).toBeLessThanOrEqual(layout.choices);
				expect(page.otherSites).toBe(layout.others > 0 && place === pages.length - 1);
				const after = pages.slice(place + 1).reduce((sum, { shown }) => sum + shown.length, 0);
				expect(page.left).toBe(after);
			}
		}),
	);
});

test("on a page those of a group stand together, and each group is in the order of its topics", () => {
	fc.assert(
		fc.property(anyTopics, anyLayout, (topics, layout) => {
			for (const { shown } of pagesOf(topics, layout)) {
				const runs = shown.filter(({ group }, place) => shown[place - 1]?.group.id !== group.id);
				expect(new Set(runs.map(({ group }) => group.id)).size).toBe(runs.length);
				expect(runs.map(({ rank }) => rank)).toEqual(runs.map(({ rank }) => rank).sort((a, b) => a - b));
				for (const [place, { rank, group }] of shown.entries()) {
					const before = shown[place - 1];
					if (before?.group.id === group.id) expect(before.rank).toBeLessThan(rank);
				}
			}
		}),
	);
});

test("twelve topics fill a screen; one more choice makes another page", () => {
	const twelve = Array.from({ length: 12 }, (_, rank) => placed(rank));
	expect(pagesOf(twelve, { others: 0, choices: 12 })).toHaveLength(1);
	expect(pageOf(twelve, 0, { others: 1, choices: 12 })).toMatchObject({ left: 1, otherSites: false });
	expect(pageOf(twelve, 1, { others: 1, choices: 12 })).toMatchObject({ left: 0, otherSites: true });
	expect(pageOf([], 0, { others: 3, choices: 12 })).toEqual({ shown: [], left: 0, otherSites: true });
});

test("fewer choices stand in the lower half with larger text, and no fewer with one of the two", () => {
	expect(choicesPerScreen(MODES_OFF)).toBe(12);
	expect(choicesPerScreen({ ...MODES_OFF, reach: "on" })).toBe(12);
	expect(choicesPerScreen({ ...MODES_OFF, text: "on" })).toBe(12);
	expect(choicesPerScreen({ ...MODES_OFF, reach: "on", text: "on" })).toBe(8);
});
