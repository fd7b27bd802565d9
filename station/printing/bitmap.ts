/**
 * A picture of one bit per dot: 1 is black, rows from the top, each row starts at a whole byte,
 * the leftmost dot is the byte's highest bit. `rows` holds `height * ceil(width / 8)` bytes.
 */
export interface Bitmap {
	width: number;
	height: number;
	rows: Uint8Array;
}

/** Dots across the paper at 203 dpi: 80 mm and 58 mm rolls. */
export const PAPER_WIDTHS = [576, 384] as const;
export type PaperWidth = (typeof PAPER_WIDTHS)[number];

export function bytesPerRow(width: number): number {
	return Math.ceil(width / 8);
}

/**
 * Packs RGBA pixels (four bytes each, opaque) into bits. A dot is black where its green is below
 * `threshold`: drawings are grey, so one channel says it all.
 */
export function packBitmap(
	pixels: Uint8Array | Uint8ClampedArray,
	width: number,
	height: number,
	threshold: number,
): Bitmap {
	const stride = bytesPerRow(width);
	const rows = new Uint8Array(stride * height);
	let green = 1;
	for (let y = 0; y < height; y++) {
		let at = y * stride;
		let byte = 0;
		for (let x = 0; x < width; x++, green += 4) {
			byte = (byte << 1) | ((pixels[green] ?? 255) < threshold ? 1 : 0);
			if ((x & 7) === 7) {
				rows[at++] = byte;
				byte = 0;
			}
		}
		// The bits after the last dot stay white.
		if ((width & 7) !== 0) rows[at] = byte << (8 - (width & 7));
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

/** True where the dot is black; outside of the picture all is white. */
export function isBlack(bitmap: Bitmap, x: number, y: number): boolean {
	if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return false;
	return ((bitmap.rows[y * bytesPerRow(bitmap.width) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}
