import type { PaperWidth } from "./bitmap.ts";
import type { Resolution } from "./resolution.ts";

/** Widths of paper that ticket printers take. */
export const PAPER_MM = [80, 58] as const;
export type PaperMm = (typeof PAPER_MM)[number];

/** What a head prints on such paper, by its dots in an inch: 72 and 48 mm at 203, as Epson's manuals say for 180. */
const DOTS: Readonly<Record<Resolution, Readonly<Record<PaperMm, PaperWidth>>>> = {
	203: { 80: 576, 58: 384 },
	180: { 80: 512, 58: 360 },
};

/** The dots of a line on paper of a width in millimetres; a width in dots is itself. */
export function dotsAcross(width: PaperWidth | PaperMm, dpi: Resolution): PaperWidth {
	const mm = PAPER_MM.find((one) => one === width);
	return mm ? DOTS[dpi][mm] : width;
}
