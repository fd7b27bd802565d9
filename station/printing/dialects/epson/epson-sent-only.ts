import { bytesPerRow, PAPER_WIDTHS } from "../../bitmap.ts";
import type { Dialect, Reply, ReplyParser } from "../dialect.ts";
import { BAND_ROWS, epson, ticketBytes } from "./epson.ts";
import { EpsonReplies } from "./epson-replies.ts";

/*
 * Epson ESC/POS for older printers that know neither process ids (GS ( H) nor the answer to a
 * cleared buffer (DLE DC4 8). After the cut they are asked for their paper sensor with GS r 1, which
 * they process in its turn. The answer says that they processed everything before it, not that it is
 * on paper. So no ticket is ever confirmed: each ends doubtful with the reason "sent-only".
 *
 * A torn ticket may have left a picture open. NULs fill it up: never more than one band, and outside
 * of a picture a printer ignores them. The answer to GS r 1 after them proves that nothing is left
 * that could swallow the next ticket. Not tested on a real printer.
 */

/** GS r 1. */
const ASK_PAPER_SENSOR = [0x1d, 0x72, 0x01];
const BAND_HEADER_BYTES = 8;
const PADDING_BYTES = BAND_HEADER_BYTES + BAND_ROWS * bytesPerRow(Math.max(...PAPER_WIDTHS));

export const epsonSentOnly: Dialect = {
	...epson,
	proof: "sent",
	clearBuffer: Uint8Array.from([...new Uint8Array(PADDING_BYTES), ...ASK_PAPER_SENSOR]),
	encodeTicket: (bitmap, _id, cutFirst) => ticketBytes(bitmap, ASK_PAPER_SENSOR, cutFirst),
	replyParser: () => new SentOnlyReplies(),
};

/** Bits 0 and 1 (near its end) and bits 2 and 3 (at its end) are pairs; bits 4 and 7 are clear. */
function isPaperSensor(byte: number): boolean {
	const pair = (bits: number) => (byte & bits) === 0 || (byte & bits) === bits;
	return (byte & 0x90) === 0 && pair(0x03) && pair(0x0c);
}

/** The answer to GS r 1 looks like no other reply, so it is looked for in what the other replies leave over. */
class SentOnlyReplies implements ReplyParser {
	readonly #replies = new EpsonReplies();

	expectStatus(): void {
		this.#replies.expectStatus();
	}

	push(bytes: Uint8Array): Reply[] {
		return this.#replies.push(bytes).flatMap((reply): Reply[] => {
			if (reply.kind !== "noise") return [reply];
			const noise = reply.bytes.filter((byte) => !isPaperSensor(byte));
			const processed: Reply[] = noise.length < reply.bytes.length ? [{ kind: "processed" }] : [];
			return noise.length > 0 ? [...processed, { kind: "noise", bytes: noise }] : processed;
		});
	}
}
