import type { PrinterStatus, StatePart } from "../../../protocol/model/print.ts";
import type { Bitmap } from "../bitmap.ts";

/** What a printer sent, whatever its dialect. */
export type Reply =
	/** It reported its whole state, as an answer or by itself. */
	| { kind: "status"; status: PrinterStatus }
	/** The answer to one status question. Answers look alike, and arrive in the order of the questions. */
	| { kind: "answer"; byte: number }
	/** Everything before the request with this id is on paper. `count`: where the dialect counts such replies. */
	| { kind: "printed"; id: string; count?: number }
	/** It has processed everything before the request. It does not say whether that is on paper. */
	| { kind: "processed" }
	/** Its buffer holds nothing that could swallow what comes next. */
	| { kind: "cleared" }
	/** Bytes that its dialect does not know. */
	| { kind: "noise"; bytes: Uint8Array };

/** Takes bytes as they arrive, split or joined, and returns the replies that they complete. */
export interface ReplyParser {
	push(bytes: Uint8Array): Reply[];
}

/** How tickets are cut into commands. */
export interface PaperFormat {
	/** The most rows of one picture command. */
	bandRows: number;
	/** False: a person tears the paper off. */
	hasCutter: boolean;
	/** Dots of paper after a ticket: to the tear bar, or more than the cutter needs. */
	feedDots: number;
	/** How dark: -6 to 6, 0 is the printer's own setting. Only where it was asked for. */
	density?: number;
	/** How fast: 1 is slowest. Only where it was asked for. */
	speed?: number;
}

/** The replies "printed" of a printer that counts them from when it was switched on. */
export interface PrintCounter {
	/**
	 * Goes before a ticket's picture. The reply tells from where the printer counts, so that the one at the end shows
	 * whether it was switched off in between, with its buffer forgotten. `lastCount`: of the reply before, if there was one.
	 */
	requestStart(id: string, lastCount: number | undefined): Uint8Array;
	/** True if only an unbroken run of the printer can lead from one count to the other by one reply. */
	isNext(before: number | undefined, after: number | undefined): boolean;
}

/** The languages of printers: what the station sends, and what they reply. */
export interface Dialect {
	/** Sent once after connecting: the printer then reports each change of its state by itself. */
	readonly initSequence: Uint8Array;
	/** Takes back what a printer that does not know a question has taken for text; then as initSequence. */
	readonly forgetText: Uint8Array;
	/** Each asks for a part of its state, and is answered even while it is offline. */
	readonly statusQuestions: readonly Uint8Array[];
	/** What the answer to each question, by index, says of the printer's state. */
	readonly answeredParts: readonly (readonly StatePart[])[];
	/** The state that the answers give so far, by the question's index. */
	statusOf(answers: ReadonlyMap<number, number>): PrinterStatus;
	/** Empties the printer's buffer at once; replied with "cleared". Undefined if the dialect has no such command. */
	readonly clearBuffer: Uint8Array | undefined;
	/** Fills up a picture that a torn ticket left open on paper of this format. A printer ignores it otherwise. */
	fillUp(widthDots: number, format: PaperFormat): Uint8Array;
	/** Asks for a reply "printed" with this id when everything before it is on paper. */
	requestPrinted(id: string): Uint8Array;
	/** Undefined if the dialect's replies have no count: then nothing shows that a printer forgot a part of a ticket. */
	readonly printCounter: PrintCounter | undefined;
	/** Asks for a reply "processed", or "cleared", when everything before it has been processed. */
	readonly requestProcessed: Uint8Array;
	/**
	 * Init, picture and cut of one whole ticket, without the request at its end. `cutFirst` cuts off what a torn ticket
	 * left on the paper. `start`: goes before the picture (see PrintCounter).
	 */
	encodeTicket(bitmap: Bitmap, format: PaperFormat, cutFirst: boolean, start?: Uint8Array): Uint8Array;
	/** The id for a request, in a form that the printer accepts. */
	confirmationId(sequence: number): string;
	replyParser(): ReplyParser;
}
