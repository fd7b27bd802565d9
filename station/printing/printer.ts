import type { PrinterStatus } from "../../protocol/model/print.ts";
import type { Bitmap, PaperWidth } from "./render/bitmap.ts";

/** What became of handing a job's bytes over. */
export type SendResult =
	/** Every byte was taken by the transport. */
	| { kind: "sent" }
	/** Surely nothing of the job reached the printer: it may be sent again as it is. */
	| { kind: "untouched"; reason: string }
	/** Some of it may have reached the printer. */
	| { kind: "interrupted"; reason: string };

/** What the printer said after all bytes were handed over. */
export type Confirmation = { kind: "confirmed" } | { kind: "doubtful"; reason: string };

/** One job on its way. Neither promise rejects. `verdict` means something only after "sent". */
export interface PrintAttempt {
	sendResult: Promise<SendResult>;
	confirmation: Promise<Confirmation>;
}

export type PrintProof = "confirmed" | "sent";

/** A printer, whatever its language and its wire. Takes one job at a time. */
export interface Printer {
	readonly width: PaperWidth;
	/** Whether it can say that paper came out. Where it cannot, no ticket ever counts as printed. */
	readonly proof: PrintProof;
	/** What was last known; `unreachable` until the printer has answered. */
	readonly status: PrinterStatus;
	/** Called after each change of `status`. Returns what ends it. */
	onStatus(listener: (status: PrinterStatus) => void): () => void;
	/**
	 * Asks the printer how it is, right before a job. Never rejects: a printer that does not
	 * answer in time is unreachable.
	 */
	check(): Promise<PrinterStatus>;
	/** Encodes and sends one whole ticket: picture, cut, and the request to confirm it. */
	print(bitmap: Bitmap): PrintAttempt;
	/** Part of an earlier ticket may still be in its buffer or on its paper: clear and cut before the next one. */
	doubt(): void;
	/** Ends the connection and every timer. What is under way becomes interrupted or doubtful. */
	close(): Promise<void>;
}
