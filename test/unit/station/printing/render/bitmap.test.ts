import fc from "fast-check";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { blacken, bytesPerRow, isBlack, packBitmap } from "../../../../../station/printing/bitmap.ts";
import { encodePng } from "../../../../../station/printing/render/png.ts";
import { bitmapToRgba } from "../../../../fixtures/bitmap-png.ts";

const picture = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 })).chain(([width, height]) =>
	fc.record({
		width: fc.constant(width),
		height: fc.constant(height),
		greys: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
	}),
);

test("each dot is black where its pixel is darker than the threshold, whatever the width", () => {
	fc.assert(
		fc.property(picture, fc.integer({ min: 1, max: 255 }), ({ width, height, greys }, threshold) => {
			const rgba = new Uint8Array(greys.length * 4);
			greys.forEach((grey, at) => {
				rgba.set([grey, grey, grey, 255], at * 4);
			});
			const bitmap = packBitmap(rgba, width, height, threshold);
			expect(bitmap.rows).toHaveLength(bytesPerRow(width) * height);
			greys.forEach((grey, at) => {
				expect(isBlack(bitmap, at % width, Math.floor(at / width))).toBe(grey < threshold);
			});
			expect(isBlack(bitmap, width, 0)).toBe(false);
			expect(isBlack(bitmap, 0, height)).toBe(false);
		}),
	);
});

test("a PNG of ours, read by somebody else, is the same picture", async () => {
	await fc.assert(
		fc.asyncProperty(picture, async ({ width, height, greys }) => {
			const rgba = new Uint8Array(greys.length * 4);
			greys.forEach((grey, at) => {
				rgba.fill(grey < 128 ? 0 : 255, at * 4, at * 4 + 4);
			});
			const bitmap = packBitmap(rgba, width, height, 128);
			const read = PNG.sync.read(Buffer.from(await encodePng(bitmap)));
			expect([read.width, read.height]).toEqual([width, height]);
			expect(Buffer.from(read.data).equals(Buffer.from(bitmapToRgba(bitmap)))).toBe(true);
		}),
		{ numRuns: 30 },
	);
});

test("a rectangle makes its own dots black, and no others", () => {
	const place = fc.record({ x: fc.nat(20), y: fc.nat(6), width: fc.nat(19), height: fc.nat(6) });
	fc.assert(
		fc.property(place, ({ x, y, width, height }) => {
			const bitmap = { width: 40, height: 12, rows: new Uint8Array(5 * 12) };
			blacken(bitmap, x, y, width, height);
			for (let row = 0; row < 12; row++) {
				for (let dot = 0; dot < 40; dot++) {
					const inside = dot >= x && dot < x + width && row >= y && row < y + height;
					expect(isBlack(bitmap, dot, row)).toBe(inside);
				}
			}
		}),
	);
});
