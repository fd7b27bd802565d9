/**
 * A picture of one bit per dot: 1 is black, rows from the top, each row starts at a whole byte,
 * the leftmost dot is the byte's highest bit. `rows` holds `height * ceil(width / 8)` bytes.
 */
export interface Bitmap {
	width: number;
	height: number;
	rows: Uint8Array;
}

/** Dots across the paper: 576 on 80 mm rolls and 384 on 58 mm rolls at 203 dpi. Always whole bytes. */
export type PaperWidth = number;
/** 58 mm paper at 180 dpi. */
export const NARROWEST_PAPER: PaperWidth = 360;
export const WIDEST_PAPER: PaperWidth = 640;

/** A white, opaque pixel as one word. */
const WHITE = -1;

export function bytesPerRow(width: number): number {
	return Math.ceil(width / 8);
}

/**
 * Packs RGBA pixels (four bytes each, opaque; their buffer aligned to words) into bits. A dot is black
 * if its green is below `threshold`: the pixels are grey, so one channel is enough.
 */
export function packBitmap(
	pixels: Uint8Array | Uint8ClampedArray,
	width: number,
	height: number,
	threshold: number,
): Bitmap {
	const stride = bytesPerRow(width);
	const rows = new Uint8Array(stride * height);
	const words = new Int32Array(pixels.buffer, pixels.byteOffset, width * height);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x += 8) {
			const first = y * width + x;
			const dots = Math.min(8, width - x);
			// Most of a ticket is white.
			if (dots === 8 && areEightWhite(words, first)) continue;
			let byte = 0;
			for (let dot = 0; dot < dots; dot++) {
				if ((pixels[(first + dot) * 4 + 1] ?? 255) < threshold) byte |= 0x80 >> dot;
			}
			rows[y * stride + (x >> 3)] = byte;
		}
	}
	return { width, height, rows };
}

/** Without a loop: half a ticket's time of packing went into counting to eight. */
function areEightWhite(words: Int32Array, at: number): boolean {
	const firstFour = (words[at] ?? 0) & (words[at + 1] ?? 0) & (words[at + 2] ?? 0) & (words[at + 3] ?? 0);
	const lastFour = (words[at + 4] ?? 0) & (words[at + 5] ?? 0) & (words[at + 6] ?? 0) & (words[at + 7] ?? 0);
	return (firstFour & lastFour) === WHITE;
}

/** Makes a rectangle black. `x`, `width`: whole dots inside the picture. */
export function blacken(bitmap: Bitmap, x: number, y: number, width: number, height: number): void {
	const stride = bytesPerRow(bitmap.width);
	for (let row = y; row < y + height; row++) {
		for (let dot = x; dot < x + width; dot++) {
			const at = row * stride + (dot >> 3);
			bitmap.rows[at] = (bitmap.rows[at] ?? 0) | (0x80 >> (dot & 7));
		}
	}
}

/** True if the dot is black. Outside of the picture all dots are white. */
export function isBlack(bitmap: Bitmap, x: number, y: number): boolean {
	if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return false;
	return ((bitmap.rows[y * bytesPerRow(bitmap.width) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}
