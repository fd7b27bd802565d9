import thermal from "node-thermal-printer";
import { STATE_PARTS } from "../../../../protocol/model/print.ts";
import { type Bitmap, bytesPerRow } from "../../bitmap.ts";
import type { Dialect, PaperFormat } from "../dialect.ts";
import { escapeStarRealTime } from "./escape-real-time.ts";
import {
	CLEARED_ID,
	COUNT_AFTER_RESTART,
	COUNTER,
	COUNTER_READ,
	COUNTER_UPDATE,
	HIGHEST_COUNT,
	ID_BYTES,
	LINE_ROWS,
	PADDING_BYTES,
} from "./star-bytes.ts";
import { StarReplies } from "./star-replies.ts";

/*
 * StarPRNT, from Star's manual, as far as a ticket needs it: ESC @, ESC 0, ESC k, LF, ESC d, ESC RS a,
 * the ESC ACK SOH question and the ESC GS ETX confirmation. Not tested on a real Star printer.
 *
 * Star has no command that clears the buffer and says so. ESC ACK CAN (1b 06 18) resets the whole
 * printer without a reply, may drop the connection, and loses bytes that follow too soon, so it is not
 * used. Instead NULs, which the printer ignores, fill up the picture line that a torn ticket may have
 * left open (never more than one line, 24 rows), and then the counter is read (s = 0). The printer
 * processes commands in turn, so its reply proves that nothing is left that could swallow the next
 * ticket. The rest of a torn ticket may still come out. It is never confirmed, because its id is no
 * longer awaited, and the next ticket begins with a cut (`cutFirst`).
 *
 * A printer that lost its memory within a ticket, behind a print server that kept the connection, may find the
 * beginning of a line in what follows, and answer the request at the end. Its counter then begins anew: so each
 * ticket also updates it before its picture, and counts only if nothing but that one update lies between.
 */

export const INIT = [0x1b, 0x40];
/** ESC RS a 1: report each change of state without being asked (Ethernet models do by default). */
export const ASB_ON = [0x1b, 0x1e, 0x61, 0x01];
/** ESC ACK SOH: report the state at once, even while offline. */
const STATUS = Uint8Array.of(0x1b, 0x06, 0x01);
/** ESC 0: a line feed of 3 mm, which is 24 dots: picture lines join without a gap. */
const LINE_SPACING = [0x1b, 0x30];
/** ESC d 2: feeds to the cutter and cuts. */
const CUT = [0x1b, 0x64, 0x02];
const LINE_FEED = 0x0a;

export const NO_BYTES = new Uint8Array();

/** ESC J n feeds n quarters of a millimetre, which are 2 dots. */
const FEED_UNIT_DOTS = 2;
const LONGEST_FEED_UNITS = 255;

export const star: Dialect = {
	initSequence: Uint8Array.from(ASB_ON),
	forgetText: Uint8Array.from([...INIT, ...ASB_ON]),
	statusQuestions: [STATUS],
	answeredParts: [STATE_PARTS],
	// A Star printer answers with its whole state.
	statusOf: () => ({ condition: "ready", paperNearEnd: false }),
	clearBuffer: undefined,
	fillUp: () => new Uint8Array(PADDING_BYTES),
	requestPrinted: (id) => Uint8Array.from(counterRequest(COUNTER_UPDATE, id)),
	printCounter: {
		requestStart(id, lastCount) {
			const request = counterRequest(COUNTER_UPDATE, id);
			// Its next count is 0, after which a restart could not be told from going on.
			return Uint8Array.from(lastCount === HIGHEST_COUNT ? [...request, ...request] : request);
		},
		isNext: (before, after) =>
			before !== undefined && before !== COUNT_AFTER_RESTART && after === (before + 1) % (HIGHEST_COUNT + 1),
	},
	requestProcessed: Uint8Array.from(counterRequest(COUNTER_READ, CLEARED_ID)),
	encodeTicket,
	confirmationId(sequence) {
		const one = ID_BYTES[sequence % ID_BYTES.length] ?? 0;
		const other = ID_BYTES[Math.floor(sequence / ID_BYTES.length) % ID_BYTES.length] ?? 0;
		return String.fromCharCode(other, one);
	},
	replyParser: () => new StarReplies(),
};

/** Builds the bytes. It has no interface and never sends: its transports report success for paper that never came out. */
const builder = new thermal.printer({ type: thermal.types.STAR, interface: "" });

function encodeTicket(
	bitmap: Bitmap,
	{ hasCutter, feedDots }: PaperFormat,
	cutFirst: boolean,
	start = NO_BYTES,
): Uint8Array {
	const cut = hasCutter ? CUT : [];
	builder.clear();
	// Init resets the line spacing, and may switch the automatic status off.
	const cutOff = cutFirst ? [...cut, ...feed(feedDots)] : [];
	builder.append(Buffer.from([...INIT, ...ASB_ON, ...cutOff, ...start, ...LINE_SPACING]));
	builder.append(linesOf(bitmap));
	builder.append(Buffer.from([...feed(feedDots), ...cut]));
	const bytes = builder.getBuffer();
	builder.clear();
	escapeStarRealTime(bytes);
	return bytes;
}

function feed(dots: number): number[] {
	const commands: number[] = [];
	for (let units = Math.ceil(dots / FEED_UNIT_DOTS); units > 0; units -= LONGEST_FEED_UNITS) {
		commands.push(0x1b, 0x4a, Math.min(units, LONGEST_FEED_UNITS));
	}
	return commands;
}

/** The picture in lines of 24 rows, the last one filled up with white: ESC k n 0, 24 * n bytes row by row, LF. */
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

function counterRequest(mode: number, id: string): number[] {
	return [...COUNTER, mode, ...Buffer.from(id, "latin1")];
}
