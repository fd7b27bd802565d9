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
	const words = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
	for (let y = 0; y < height; y++) {
		const end = (y + 1) * width;
		for (let at = y * stride, first = y * width; first < end; at++, first += 8) {
			const last = Math.min(first + 8, end);
			let white = WHITE;
			for (let dot = first; dot < last; dot++) white &= words[dot] ?? 0;
			// Most of a ticket is white: eight white dots are skipped together.
			if (white === WHITE) continue;
			let byte = 0;
			for (let dot = first; dot < last; dot++) {
				if ((pixels[dot * 4 + 1] ?? 255) < threshold) byte |= 0x80 >> (dot - first);
			}
			rows[at] = byte;
		}
	}
	return { width, height, rows };
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
