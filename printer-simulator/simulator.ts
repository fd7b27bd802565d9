import type { Bitmap, PaperWidth } from "../station/printing/render/bitmap.ts";

/** A piece of paper that was cut off. */
export interface PrintedTicket {
	bitmap: Bitmap;
	/** The very bytes that made it, from the cut before to this one and its request for confirmation. */
	bytes: Uint8Array;
}

/** What can be done to a printer by hand, or happen to it. */
export interface SimulatorState {
	paper: "full" | "near-end" | "out";
	coverOpen: boolean;
	cutterJammed: boolean;
}

export interface SimulatorDeps {
	width: PaperWidth;
	/** Told of each piece of paper. The printer goes on, and confirms, when it resolves. */
	deliver(ticket: PrintedTicket): Promise<void>;
}

/** The far end of a connection: bytes that the printer sends. */
export type Answer = (bytes: Uint8Array) => void;

/** A printer without the metal, whatever its language. */
export interface PrinterSimulator {
	/** What it could not take, in words; empty while all is well. */
	readonly violations: readonly string[];
	readonly state: Readonly<SimulatorState>;
	/** Opens the cover, takes the paper away, puts it back. */
	change(change: Partial<SimulatorState>): void;
	/** Switched off and on: all that was in its memory is gone. */
	powerCycle(): void;
	/** A connection begins. Returns what ends it. */
	attach(answer: Answer): () => void;
	/** Bytes from a connection; `done` when it will take more. */
	accept(bytes: Uint8Array, answer: Answer, done: () => void): void;
	/** Resolves when all that was received and could be printed has been delivered. */
	settled(): Promise<void>;
}
