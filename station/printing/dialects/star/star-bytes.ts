import { isFlowControl } from "../flow-control.ts";

/** The rows that one picture command prints. */
export const LINE_ROWS = 24;
/** Bytes across the widest paper (640 dots). */
const WIDEST = 80;
/** Enough to fill up a torn picture command: its last header byte and all of its dots. */
export const PADDING_BYTES = 1 + LINE_ROWS * WIDEST;

/** ESC GS ETX s n1 n2: the counter of finished prints. `s` selects what it does. */
export const COUNTER = [0x1b, 0x1d, 0x03] as const;
/** Replies in its turn, without waiting for the paper. */
export const COUNTER_READ = 0;
/** Prints what is left, waits until the motor stops, counts, and replies. */
export const COUNTER_UPDATE = 1;
/** The counter after the printer was switched on, and after its highest value. */
export const COUNT_AFTER_RESTART = 0;
export const HIGHEST_COUNT = 255;
/** n1 n2 of the request that ends a clearing. No ticket has them. */
export const CLEARED_ID = "\xff\xff";

/**
 * Bytes for n1 and n2. All have bits 0 and 4 set, which no byte of a status has (its first byte has
 * bit 4 clear, the others both): a status report in the middle of a reply can be recognized. ESC is
 * left out, because it begins a reply and every command; XON and XOFF, because a serial line may drop them.
 */
export const ID_BYTES: readonly number[] = Array.from({ length: 255 }, (_, byte) => byte).filter(
	(byte) => (byte & 0x11) === 0x11 && byte !== 0x1b && !isFlowControl(byte),
);
