import { encode } from "uqr";

/** The modules of a QR code. It has no border: the layout leaves QUIET_MODULES white around it. */
export interface Qr {
	size: number;
	isBlack(column: number, row: number): boolean;
}

/** Level M, because paper gets creased: 15 % of the code may be lost. */
export function qrOf(text: string): Qr {
	const { data, size } = encode(text, { ecc: "M", border: 0 });
	return { size, isBlack: (column, row) => data[row]?.[column] === true };
}

/** QR codes need a margin of four modules on each side (ISO/IEC 18004). */
export const QUIET_MODULES = 4;

/**
 * The dots of one module: as many as make the code about `widthDots` wide, and never fewer than 3
 * (0.38 mm), which phones still read from thermal paper.
 */
export function moduleDots(size: number, widthDots: number): number {
	return Math.max(3, Math.min(6, Math.floor(widthDots / size)));
}
