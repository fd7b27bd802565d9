import type { Topic } from "../../../protocol/api/board.ts";

/* Which topics stand on a page, and in which order: a pure rule. */

/** At most twelve choices on a screen; where there are more, the twelfth leads to the rest. */
export const CHOICES_PER_SCREEN = 12;
const WITH_MORE = CHOICES_PER_SCREEN - 1;

type Placed = Pick<Topic, "rank" | "group">;

export interface Page<T> {
	/** The most asked of those that no page before shows; those of a group stand together. */
	shown: T[];
	/** How many topics the pages after this one hold. */
	left: number;
	/** Whether the last choice leads to what other sites offer. */
	otherSites: boolean;
}

/** `others`: how many topics only other sites offer; the way to them is the very last choice. */
export function pageOf<T extends Placed>(topics: readonly T[], page: number, others: number): Page<T> {
	const entries = [...topics].sort((a, b) => a.rank - b.rank);
	const lastChoice = others > 0 ? 1 : 0;
	const from = page * WITH_MORE;
	const rest = Math.max(0, entries.length + lastChoice - from);
	const fits = rest <= CHOICES_PER_SCREEN;
	const shown = fits ? entries.slice(from) : entries.slice(from, from + WITH_MORE);
	return {
		shown: inGroups(shown),
		left: fits ? 0 : entries.length - from - WITH_MORE,
		otherSites: fits && rest > 0 && lastChoice > 0,
	};
}

/** The group of the most asked topic first; within a group the most asked first. */
function inGroups<T extends Placed>(byRank: readonly T[]): T[] {
	const groups = new Map<string, T[]>();
	for (const topic of byRank) groups.set(topic.group.id, [...(groups.get(topic.group.id) ?? []), topic]);
	return [...groups.values()].flat();
}
