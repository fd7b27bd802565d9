/** A code reader sends a character every few milliseconds; nobody's fingers are as fast. */
const LONGEST_GAP_MS = 60;
/** Within a line a reader may pause, over the air for one, for less than this. */
const LONGEST_PAUSE_MS = 500;
const SHORTEST_SCAN = 4;

/** What came as fast as from a reader, up to its last key. */
export interface Scan {
	text: string;
	from: number;
	at: number;
}

/** So long ago that the next character begins anew. */
export const NO_SCAN: Scan = { text: "", from: 0, at: Number.NEGATIVE_INFINITY };

/**
 * A scan with one more character. After a longer pause the next character begins a scan of its own. A first character
 * that comes slowly stays a part of it: a busy kiosk, or a reader that wakes up, loses none.
 */
export function withCharacter(scan: Scan, character: string, at: number): Scan {
	const goesOn = at - scan.at <= LONGEST_PAUSE_MS;
	return { text: goesOn ? scan.text + character : character, from: goesOn ? scan.from : at, at };
}

/** What a reader sent before the key that ended it; null where a person typed it. The mean counts, for what comes late. */
export function endedScan({ text, from, at: last }: Scan, at: number): string | null {
	const isWhole = at - last <= LONGEST_PAUSE_MS && text.length >= SHORTEST_SCAN;
	return isWhole && at - from <= LONGEST_GAP_MS * text.length ? text : null;
}
