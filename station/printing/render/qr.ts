import { encode } from "uqr";

/** A QR code's modules, row by row; true is black. No border: whoever places it leaves four modules white. */
export interface Qr {
	size: number;
	isBlack(column: number, row: number): boolean;
}

/** Level M: paper gets creased, and 15 % may be lost. `text` is read back exactly as it is. */
export function qrOf(text: string): Qr {
	const { data, size } = encode(text, { ecc: "M", border: 0 });
	return { size, isBlack: (column, row) => data[row]?.[column] === true };
}

/** QR codes need a margin of four modules on each side (ISO/IEC 18004). */
export const QUIET_MODULES = 4;

/**
 * Dots a module: as many as make the code about `wanted` dots wide, and never fewer than 3
 * (0.38 mm), which phones still read from thermal paper.
 */
export function moduleDots(size: number, wanted: number): number {
	return Math.max(3, Math.min(6, Math.floor(wanted / size)));
}
