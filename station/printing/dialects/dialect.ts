import type { PrinterStatus } from "../../../protocol/model/print.ts";
import type { PrintProof } from "../printer.ts";
import type { Bitmap } from "../render/bitmap.ts";

/** What a printer said, whatever its language. */
export type Reply =
	/** It told its state, asked (`answer`) or by itself. */
	| { kind: "status"; status: PrinterStatus; answer: boolean }
	/** Everything before the request with this id is on paper. */
	| { kind: "printed"; id: string }
	/** It has worked off all before the request. Whether that is on paper it does not say. */
	| { kind: "taken" }
	/** Nothing in its buffer can swallow what comes next. */
	| { kind: "cleared" }
	/** Bytes that mean nothing to us. */
	| { kind: "noise"; bytes: Uint8Array };

/** Takes bytes as they come, split or run together, and gives the replies that they complete. */
export interface ReplyParser {
	push(bytes: Uint8Array): Reply[];
	/** How many status questions were sent: their answers look alike and come in that order. */
	expectStatus(): void;
}

/** A printer's language: what is sent to it, and what it answers. */
export interface Dialect {
	/** What a printer of this language can say of a ticket's paper: "printed", or only "taken". */
	readonly proof: PrintProof;
	/** Once after connecting: makes it tell each change of its state by itself. */
	readonly initSequence: Uint8Array;
	/** Asks for its state; answered even while it is offline. */
	readonly statusQuestion: Uint8Array;
	/** Leaves nothing in its buffer that could swallow what comes next, which may not be sent until it answers "cleared". */
	readonly clearBuffer: Uint8Array;
	/**
	 * One whole ticket: init, picture, cut, and the request to say when all of it is on paper (or, the weaker proof, taken).
	 * `cutFirst` parts it from a torn one before it.
	 */
	encodeTicket(bitmap: Bitmap, id: string, cutFirst: boolean): Uint8Array;
	/** The next id for a confirmation, in a form that the printer takes. */
	confirmationId(sequence: number): string;
	replyParser(): ReplyParser;
}
