import type { PrinterStatus } from "../../../protocol/model/print.ts";
import type { Bitmap } from "../bitmap.ts";
import type { PrintProof } from "../printer.ts";

/** What a printer sent, whatever its dialect. */
export type Reply =
	/** It reported its state, as an answer or by itself. */
	| { kind: "status"; status: PrinterStatus; answer: boolean }
	/** Everything before the request with this id is on paper. */
	| { kind: "printed"; id: string }
	/** It has processed everything before the request. It does not say whether that is on paper. */
	| { kind: "processed" }
	/** Its buffer holds nothing that could swallow what comes next. */
	| { kind: "cleared" }
	/** Bytes that its dialect does not know. */
	| { kind: "noise"; bytes: Uint8Array };

/** Takes bytes as they arrive, split or joined, and returns the replies that they complete. */
export interface ReplyParser {
	push(bytes: Uint8Array): Reply[];
	/** One more status question was sent. Answers look alike, and arrive in the order of the questions. */
	expectStatus(): void;
}

/** The language of a printer: what the station sends, and what the printer replies. */
export interface Dialect {
	/** What a printer of this dialect can say of a ticket: "printed", or only "processed". */
	readonly proof: PrintProof;
	/** Sent once after connecting: the printer then reports each change of its state by itself. */
	readonly initSequence: Uint8Array;
	/** Asks for its state. The printer answers even while it is offline. */
	readonly statusQuestion: Uint8Array;
	/** Empties the printer's buffer. Nothing else may be sent until it replies "cleared" or "processed". */
	readonly clearBuffer: Uint8Array;
	/**
	 * Encodes one whole ticket: init, picture, cut, and the request to reply when all of it is printed (or
	 * processed, the weaker proof). `cutFirst` cuts off what a torn ticket left on the paper.
	 */
	encodeTicket(bitmap: Bitmap, id: string, cutFirst: boolean): Uint8Array;
	/** The id for a confirmation, in a form that the printer accepts. */
	confirmationId(sequence: number): string;
	replyParser(): ReplyParser;
}
