import { bytesPerRow, type PaperWidth } from "./bitmap.ts";
import type { PaperFormat } from "./dialects/dialect.ts";
import { MAX_BAND_ROWS } from "./dialects/epson/epson.ts";
import { type Resolution, USUAL_RESOLUTION } from "./resolution.ts";

/** Where a cutter is missing: from the head to the tear bar. */
export const TEAR_BAR_MM = 15;

/** What the station is told of a printer, by its address or its profile. */
export interface PrinterSettings {
	widthDots: PaperWidth;
	/** What its dots are in millimetres. */
	dpi: Resolution;
	format: PaperFormat;
	/** False: the printer answers no question, so it is asked none. */
	asksStatus: boolean;
	/** "sent": it is not asked to confirm. "strongest": what it can give is found out. */
	proof: "strongest" | "sent";
	/** Its sensor for the end of the roll is not to be trusted. */
	ignoresNearEnd: boolean;
}

/** The settings of an 80 mm printer with a cutter, but for what is given. */
export function printerSettings(
	given: Partial<Omit<PrinterSettings, "format">> & { format?: Partial<PaperFormat> } = {},
): PrinterSettings {
	const { format, ...settings } = given;
	return {
		widthDots: 576,
		dpi: USUAL_RESOLUTION,
		asksStatus: true,
		proof: "strongest",
		ignoresNearEnd: false,
		...settings,
		format: { bandRows: MAX_BAND_ROWS, hasCutter: true, feedDots: 0, ...format },
	};
}

/** The rows of a band of at most so many bytes. */
export function rowsWithin(bytes: number, widthDots: PaperWidth): number {
	return Math.max(1, Math.min(MAX_BAND_ROWS, Math.floor(bytes / bytesPerRow(widthDots))));
}
