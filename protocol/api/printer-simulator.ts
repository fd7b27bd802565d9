import { z } from "zod";

/** What the virtual printer and its page say to each other. */

/** What a hand can do to a printer. */
export const printerPartsSchema = z.strictObject({
	power: z.enum(["on", "off"]),
	cover: z.enum(["closed", "open"]),
	paper: z.enum(["full", "near-end", "out"]),
	cutter: z.enum(["free", "jammed"]),
});
export type PrinterDeps = z.infer<typeof printerPartsSchema>;

export const printerChangeSchema = printerPartsSchema.partial();

/** A piece of paper that came out; its picture is at `/paper/{id}.png`. */
export interface PaperPiece {
	/** 1 for the first since the printer was started. */
	id: number;
	/** Dots. */
	width: number;
	height: number;
	/** When it came out: UTC milliseconds. */
	at: number;
}

/** The whole of what the page shows; each event of the stream carries one. */
export interface PrinterPicture {
	parts: PrinterDeps;
	/** Commands that it did not take since it was switched on, in English; after one it prints nothing more. */
	refused: readonly string[];
	/** The last pieces, newest first. */
	pieces: readonly PaperPiece[];
}
