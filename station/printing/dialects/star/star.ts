import thermal from "node-thermal-printer";
import { type Bitmap, bytesPerRow } from "../../render/bitmap.ts";
import type { Dialect } from "../dialect.ts";
import { escapeStarRealTime } from "./escape-real-time.ts";
import { CLEARED_ID, COUNTER, COUNTER_LOOK, COUNTER_UPDATE, ID_BYTES, LINE_ROWS, PADDING_BYTES } from "./star-bytes.ts";
import { StarReplies } from "./star-replies.ts";

/*
 * StarPRNT, as far as a ticket needs it. Nothing here has met a real Star printer.
 *
 * From facts/printing.md: ESC @, ESC 0, ESC k, LF, ESC d, the ESC ACK SOH question, the ESC GS ETX
 * confirmation. From Star's manual, and not in the facts: the answer's length, ESC RS a, the
 * meaning of a look at the counter (s = 0), and that undefined bytes such as NUL are passed over.
 *
 * "Clear before a resend": Star has no command that clears and says so. ESC ACK CAN (1b 06 18)
 * resets the whole printer without an answer, may drop the connection, and loses bytes
 * that follow too soon: it is not used. What the rule is for is kept in another way: NULs fill up the
 * picture line that a torn ticket may have left open (never more than one line, 24 rows), then
 * a look at the counter is asked for. Commands are worked off in turn, so its answer
 * proves that nothing is left that could swallow the next ticket. The price: the rest of a torn
 * ticket may still come out; never confirmed, for its id is no longer awaited, and cut off from the next.
 * "Cut before a reprint" is kept as with Epson (`cutFirst`).
 */

const INIT = [0x1b, 0x40];
/** ESC RS a 1: tell each change of state by itself (manual; Ethernet models do by default). */
const ASB_ON = [0x1b, 0x1e, 0x61, 0x01];
/** ESC ACK SOH: state, at once, also while offline. */
const STATUS = Uint8Array.of(0x1b, 0x06, 0x01);
/** ESC 0: a line feed is 3 mm, which is 24 dots: picture lines join without a gap. */
const LINE_SPACING = [0x1b, 0x30];
/** ESC d 2: feeds to the cutter and cuts. */
const CUT = [0x1b, 0x64, 0x02];
const LINE_FEED = 0x0a;

export const star: Dialect = {
	proof: "confirmed",
	initSequence: Uint8Array.from(ASB_ON),
	statusQuestion: STATUS,
	clearBuffer: Uint8Array.from([...new Uint8Array(PADDING_BYTES), ...counterRequest(COUNTER_LOOK, CLEARED_ID)]),
	encodeTicket,
	confirmationId(sequence) {
		const one = ID_BYTES[sequence % ID_BYTES.length] ?? 0;
		const other = ID_BYTES[Math.floor(sequence / ID_BYTES.length) % ID_BYTES.length] ?? 0;
		return String.fromCharCode(other, one);
	},
	replyParser: () => new StarReplies(),
};

/** Gathers the bytes. Without an interface it never sends: its transports claim success for paper that never came. */
const builder = new thermal.printer({ type: thermal.types.STAR, interface: "" });

function encodeTicket(bitmap: Bitmap, id: string, cutFirst: boolean): Uint8Array {
	builder.clear();
	// Init may switch the automatic status off and sets the line spacing back.
	builder.append(Buffer.from([...INIT, ...ASB_ON, ...(cutFirst ? CUT : []), ...LINE_SPACING]));
	builder.append(linesOf(bitmap));
	builder.append(Buffer.from([...CUT, ...counterRequest(COUNTER_UPDATE, id)]));
	const bytes = builder.getBuffer();
	builder.clear();
	escapeStarRealTime(bytes);
	return bytes;
}

/** The picture in lines of 24 rows, the last filled up with white: ESC k n 0, 24 * n bytes row by row, LF. */
function linesOf(bitmap: Bitmap): Buffer {
	const stride = bytesPerRow(bitmap.width);
	const lineBytes = LINE_ROWS * stride;
	const lines = Math.ceil(bitmap.height / LINE_ROWS);
	const bytes = Buffer.alloc(lines * (4 + lineBytes + 1));
	for (let line = 0, at = 0; line < lines; line++) {
		at = bytes.writeUInt32BE(((0x1b << 24) | (0x6b << 16) | (stride << 8)) >>> 0, at);
		bytes.set(bitmap.rows.subarray(line * lineBytes, (line + 1) * lineBytes), at);
		at = bytes.writeUInt8(LINE_FEED, at + lineBytes);
	}
	return bytes;
}

function counterRequest(what: number, id: string): number[] {
	return [...COUNTER, what, ...Buffer.from(id, "latin1")];
}
