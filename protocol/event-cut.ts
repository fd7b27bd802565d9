import type { EventType } from "./event.ts";

/*
 * What links an event to a visitor is cut out of it when it is old. The chain is over the digests of the texts, so
 * a text that was cut bears the digest of what it was, and the chain is walked as before. Cutting is one pure
 * function: whoever still has the whole text can tell that a cut one is this text's and nothing else was changed.
 */

/** The events that bear something of a visitor beyond what was done, and what is cut out of each. */
const LINKS: Partial<Record<EventType, Record<string, null | undefined>>> = {
	"ticket.issued": { language: null, visit: undefined },
	"ticket.noted": { note: null },
	"ticket.sent-on": { codeDigest: null, visitor: null },
	"visit.expected": { language: null, from: undefined },
	"help.asked": { language: null },
};

export const LINKED_TYPES = Object.keys(LINKS) as EventType[];

/** How long a station and the server keep what links a ticket to its visitor, in days, unless set otherwise. */
export const RETENTION_DAYS = 90;

const DAY = 24 * 3_600_000;

/** Events before this instant are due to be cut; UTC milliseconds. */
export function cutBefore(now: number, days: number): number {
	return now - days * DAY;
}

/**
 * Those of the next events that are due. They are cut in their order and none is left out, so that what was cut is
 * always the beginning of a log; where a clock had run ahead, its events and those after them wait until they are due.
 */
export function dueOf<T extends { at: number }>(next: readonly T[], before: number): T[] {
	const firstKept = next.findIndex(({ at }) => at >= before);
	return firstKept === -1 ? [...next] : next.slice(0, firstKept);
}

/** The digest that a cut text bears, SHA-256 in hex of the text as it was; undefined for one that is whole. */
export function digestInCut(text: string): string | undefined {
	return /^\{"cut":"([0-9a-f]{64})",/.exec(text)?.[1];
}

/** The exact text that is left of an event: its digest first, then all that was in it but its links. Cutting twice changes nothing. */
export function cutEvent(text: string, digest: string): string {
	const { cut: _, ...event } = JSON.parse(text) as { cut?: string; type: EventType; data: object };
	return JSON.stringify({ cut: digest, ...event, data: { ...event.data, ...LINKS[event.type] } });
}
