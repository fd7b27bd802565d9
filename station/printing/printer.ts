import type { PrinterStatus, PrintProof } from "../../protocol/model/print.ts";
import type { Bitmap } from "./bitmap.ts";
import type { PrinterAbilities } from "./printer-abilities.ts";
import type { PrinterSettings } from "./printer-settings.ts";

/** What became of the bytes of a job. */
export type SendResult =
	/** The transport took every byte. */
	| { kind: "sent" }
	/** Nothing of the job reached the printer: it may be sent again as it is. */
	| { kind: "untouched"; reason: string }
	/** Some of it may have reached the printer. */
	| { kind: "interrupted"; reason: string };

/** What the printer said after all bytes were sent. */
export type Confirmation = { kind: "confirmed" } | { kind: "doubtful"; reason: string };

/** One attempt to print a job. Neither promise rejects. `confirmation` means something only after "sent". */
export interface PrintAttempt {
	sendResult: Promise<SendResult>;
	confirmation: Promise<Confirmation>;
	/** Takes the job back if it waits between the station and the printer. Only where something can hold it. */
	withdraw?(isStuck: boolean): Promise<void>;
}

/** A printer, whatever its dialect and its transport. Takes one job at a time. */
export interface Printer {
	readonly settings: PrinterSettings;
	/** Found out from the printer, so it may change; null until then. Unless `confirmed`, no ticket ever counts as printed. */
	readonly proof: PrintProof | null;
	/** What the printer has shown that it can do; undefined until it was asked. */
	readonly abilities: PrinterAbilities | undefined;
	/** What was last known; `unreachable` until the printer has answered. */
	readonly status: PrinterStatus;
	/** Calls `listener` after each change of `status`. Returns the function that stops it. */
	onStatus(listener: (status: PrinterStatus) => void): () => void;
	/** Asks the printer for its state, right before a job. Never rejects: a printer that does not answer in time is unreachable. */
	check(): Promise<PrinterStatus>;
	/** Encodes and sends one whole ticket: picture, cut, and the request to confirm it. */
	print(bitmap: Bitmap): PrintAttempt;
	/** Part of an earlier ticket may be left in its buffer or on its paper: it is cleared and cut off before the next one. */
	doubt(): void;
	/** Ends the connection and every timer. A job in flight becomes interrupted or doubtful. */
	close(): Promise<void>;
}
