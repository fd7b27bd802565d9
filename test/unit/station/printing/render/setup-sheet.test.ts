import { describe, expect, test } from "vitest";
import { SHEET_WIDTHS } from "../../../../../protocol/model/sheet-widths.ts";
import { isBlack } from "../../../../../station/printing/bitmap.ts";
import { TicketRenderer } from "../../../../../station/printing/render/ticket-renderer.ts";
import { dotsIn } from "../../../../../station/printing/resolution.ts";
import { readQr } from "../../../../fixtures/read-qr.ts";

const sheet = (widthDots: number, dpi: 180 | 203 = 203) =>
	new TicketRenderer(widthDots).renderSetupSheet({
		...{ profile: "Xprinter XP-80", dialect: "epson", widthDots, dpi, hasCutter: true },
		...{ printedAt: Date.UTC(2026, 10, 30, 1), timezone: "Asia/Shanghai" },
	});

describe.each(SHEET_WIDTHS.map((width) => width - (width % 8)))("%i dots", (width) => {
	test("black reaches the very first and the very last dot, and the code can be read", () => {
		const { bitmap, missing } = sheet(width);
		const rows = Array.from({ length: bitmap.height }, (_, row) => row);
		expect(rows.some((row) => isBlack(bitmap, 0, row))).toBe(true);
		expect(rows.some((row) => isBlack(bitmap, width - 1, row))).toBe(true);
		expect(missing).toEqual([]);
		expect(readQr(bitmap)).toBe(`PAIHAO SETUP ${width}`);
	});
});

test.each([180, 203] as const)("at %i dpi the ruler's marks are a centimetre apart on paper", (dpi) => {
	const { bitmap } = sheet(512, dpi);
	const marks = (row: number) =>
		Array.from({ length: 512 }, (_, dot) => dot).filter(
			(dot) => isBlack(bitmap, dot, row) && !isBlack(bitmap, dot - 1, row),
		);
	const ruler = Array.from({ length: Math.floor(512 / dotsIn(10, dpi)) + 1 }, (_, cm) => dotsIn(cm * 10, dpi));
	const rows = Array.from({ length: bitmap.height }, (_, row) => row);
	expect(rows.some((row) => String(marks(row)) === String(ruler))).toBe(true);
});

test("each step of the wedge is darker than the one before", () => {
	const { bitmap } = sheet(576);
	// Inside the wedge: a row of it has five steps, each a fifth of the paper.
	const wedge = Array.from({ length: bitmap.height }, (_, row) => row).find((row) => {
		const black = (from: number, to: number) =>
			Array.from({ length: to - from }, (_, dot) => dot + from).filter((dot) => isBlack(bitmap, dot, row)).length;
		return black(460, 550) === 90 && black(20, 110) > 0 && black(20, 110) < 40;
	});
	expect(wedge).toBeDefined();
	const darkness = [0, 1, 2, 3, 4].map((step) => {
		let count = 0;
		for (let y = 0; y < 4; y++) {
			for (let x = 0; x < 96; x++) if (isBlack(bitmap, 16 + step * 110 + x, (wedge ?? 0) + y)) count += 1;
		}
		return count;
	});
	expect(darkness).toEqual([...darkness].sort((one, other) => one - other));
	expect(new Set(darkness).size).toBe(5);
});
