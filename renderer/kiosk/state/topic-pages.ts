import type { Topic } from "../../../protocol/api/board.ts";

/* Which topics stand on a page, and in which order: a pure rule. */

type Placed = Pick<Topic, "rank" | "group">;

export interface Page<T> {
	/** The most asked of those that no page before shows; those of a group stand together. */
	shown: T[];
	/** How many topics the pages after this one hold. */
	left: number;
	/** Whether the last choice leads to what other sites offer. */
	otherSites: boolean;
}

export interface PageLayout {
	/** How many topics only other sites offer; the way to them is the very last choice. */
	others: number;
	/** The most choices on a page. */
	choices: number;
}

export function pageOf<T extends Placed>(topics: readonly T[], page: number, { others, choices }: PageLayout): Page<T> {
	const withMore = choices - 1;
	const entries = [...topics].sort((a, b) => a.rank - b.rank);
	const lastChoice = others > 0 ? 1 : 0;
	const from = page * withMore;
	const rest = Math.max(0, entries.length + lastChoice - from);
	const fits = rest <= choices;
	const shown = fits ? entries.slice(from) : entries.slice(from, from + withMore);
	return {
		shown: inGroups(shown),
		left: fits ? 0 : entries.length - from - withMore,
		otherSites: fits && rest > 0 && lastChoice > 0,
	};
}

/** The group of the most asked topic first; within a group the most asked first. */
function inGroups<T extends Placed>(byRank: readonly T[]): T[] {
	const groups = new Map<string, T[]>();
	for (const topic of byRank) groups.set(topic.group.id, [...(groups.get(topic.group.id) ?? []), topic]);
	return [...groups.values()].flat();
}
