import { z } from "zod";

/** What the virtual printer and its page send to each other. */

/** The parts of a printer that a person can change. */
export const printerControlsSchema = z.strictObject({
	power: z.enum(["on", "off"]),
	cover: z.enum(["closed", "open"]),
	paper: z.enum(["full", "near-end", "out"]),
	cutter: z.enum(["free", "jammed"]),
});
export type PrinterControls = z.infer<typeof printerControlsSchema>;

export const printerChangeSchema = printerControlsSchema.partial();

/** A piece of paper that came out. Its picture is at `/paper/{id}.png`. */
export interface PaperPiece {
	/** 1 for the first since the printer was started. */
	id: number;
	/** Dots. */
	width: number;
	height: number;
	/** When it came out: UTC milliseconds. */
	at: number;
}

/** All that the page shows. Each event of the stream carries it whole. */
export interface PrinterSnapshot {
	parts: PrinterControls;
	/** Commands that it did not take since it was switched on, in English. After one it prints nothing more. */
	refused: readonly string[];
	/** How it differs from its manual: names and meanings, in English. */
	behaviours: readonly { name: string; meaning: string }[];
	/** The last pieces, newest first. */
	pieces: readonly PaperPiece[];
}
