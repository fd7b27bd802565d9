/** Dots to the millimetre at 203 dpi. */
const DOTS_PER_MM = 8;
/** What an ordinary 80 mm printer is sold with. */
const MM_PER_SECOND = 150;
/** Feeding to the knife and cutting. */
const CUT_MS = 400;

/** How long paper of this many rows takes until it is cut off, in milliseconds: 85 mm about one second. */
export function printingTime(rows: number): number {
	return Math.round((rows / DOTS_PER_MM / MM_PER_SECOND) * 1_000) + CUT_MS;
}
