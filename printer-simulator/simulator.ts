import type { Bitmap, PaperWidth } from "../station/printing/bitmap.ts";
import type { Behaviours } from "./behaviours.ts";

/** As much as a printer takes before it stops reading. */
export const INPUT_BUFFER_BYTES = 65_536;
/** Wider than any picture. */
export const ANY_WIDTH = 8 * 0xffff;
/** A sender that asks for no confirmation gets its paper when nothing has arrived for this long. */
export const IDLE_MS = 500;

/** A piece of paper that was cut off. */
export interface PrintedTicket {
	bitmap: Bitmap;
	/** The bytes that made it: from the cut before it to its own cut and its request for confirmation. */
	bytes: Uint8Array;
}

/** What a person can do to a printer, or what can happen to it. */
export interface SimulatorState {
	paper: "full" | "near-end" | "out";
	coverOpen: boolean;
	cutterJammed: boolean;
}

export interface SimulatorOptions {
	width: PaperWidth;
	/** How it differs from its manual. */
	behaviours?: Behaviours;
	/** How late `answers-late` answers. */
	lateMs?: number;
	/** Receives each piece of paper. The printer continues, and confirms, when it resolves. */
	deliver(ticket: PrintedTicket): Promise<void>;
	/** Called when its state changes, and when it does not take a command. */
	onChange?(): void;
}

/** Sends bytes from the printer to one connection. */
export type Reply = (bytes: Uint8Array) => void;

/** A printer without the hardware, whatever its dialect. */
export interface PrinterSimulator {
	/** What it could not take, as sentences; empty while all is well. */
	readonly violations: readonly string[];
	readonly state: Readonly<SimulatorState>;
	readonly behaviours: Behaviours;
	/** Opens the cover, takes the paper out, puts it back. */
	change(change: Partial<SimulatorState>): void;
	/** Switches it off and on: its memory is lost, and with it a picture that has begun. */
	powerCycle(): void;
	/** Begins a connection; the printer may call `hangUp`. Returns the function that ends it. */
	attach(reply: Reply, hangUp?: () => void): () => void;
	/** Takes bytes from a connection; calls `done` when it will take more. */
	accept(bytes: Uint8Array, reply: Reply, done: () => void): void;
	/** Resolves when all that was received and could be printed has been delivered. */
	settled(): Promise<void>;
}
