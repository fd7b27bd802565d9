import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { LANGUAGES, type Language } from "../../../../../protocol/model/language.ts";
import { type Bitmap, isBlack } from "../../../../../station/printing/bitmap.ts";
import { loadPaperMessages } from "../../../../../station/printing/render/paper-messages.ts";
import { TicketRenderer } from "../../../../../station/printing/render/ticket-renderer.ts";
import { millimetresOf, type Resolution } from "../../../../../station/printing/resolution.ts";
import { readQr } from "../../../../fixtures/read-qr.ts";
import { fullPaperIn, paperIn } from "../../../../fixtures/sample-papers.ts";

const folder = fileURLToPath(new URL("../../../../../resources/languages", import.meta.url));
const messages = new Map(LANGUAGES.map((language) => [language, loadPaperMessages(folder, language)]));
const texts = (language: (typeof LANGUAGES)[number]) => {
	const own = messages.get(language);
	const chinese = messages.get("zh-Hans");
	if (!own || !chinese) throw new Error(`no texts in ${language}`);
	return { own, chinese };
};

/** Nothing of the ticket may lie at the edge: more of it would be cut off there. */
function edgesAreWhite(bitmap: Bitmap): boolean {
	for (let y = 0; y < bitmap.height; y++) {
		for (const x of [0, 1, bitmap.width - 2, bitmap.width - 1]) if (isBlack(bitmap, x, y)) return false;
	}
	return true;
}

/** The heads of printers in the field. */
const WIDTHS = [360, 384, 416, 432, 504, 512, 576, 640];
/** Every language at the narrowest and the widest; a third of them at each width between, unless all are asked for. */
const languagesAt = (width: number): readonly Language[] => {
	const place = WIDTHS.indexOf(width);
	if (process.env.PAIHAO_TEST_LANGUAGES === "all" || place === 0 || place === WIDTHS.length - 1) return LANGUAGES;
	return LANGUAGES.filter((_, index) => index % 3 === place % 3);
};

describe.each(WIDTHS)("%i dots", (width) => {
	test.each(languagesAt(width))("a ticket in %s fits the paper, and its code can be read", (language) => {
		const renderer = new TicketRenderer(width, { tearOff: true });
		for (const content of [paperIn(language), fullPaperIn(language)]) {
			const { bitmap, missing } = renderer.render(content, texts(language));
			expect(bitmap.width).toBe(width);
			expect(missing).toEqual([]);
			expect(edgesAreWhite(bitmap)).toBe(true);
			expect(readQr(bitmap)).toBe(content.link);
		}
	});
});

describe("180 dots in an inch (512 across 72 mm)", () => {
	const at180 = new TicketRenderer(512, { dpi: 180 });

	test.each(languagesAt(512))(
		"an ordinary ticket in %s is at most 85 mm long, and its code can be read",
		(language) => {
			const { bitmap } = at180.render(paperIn(language), texts(language));
			expect(millimetresOf(bitmap.height, 180)).toBeLessThanOrEqual(85);
			expect(edgesAreWhite(bitmap)).toBe(true);
			expect(readQr(bitmap)).toBe(paperIn(language).link);
		},
	);

	test("the number is as high on paper as with 203", () => {
		const heightMm = (renderer: TicketRenderer, dpi: Resolution) => {
			const { bitmap } = renderer.render(paperIn("en"), texts("en"));
			return millimetresOf(longestInkRun(bitmap), dpi);
		};
		expect(heightMm(at180, 180)).toBeCloseTo(heightMm(new TicketRenderer(576), 203), 0);
	});

	/** The rows that have ink on and on: the number is the highest of what a ticket has above its middle. */
	function longestInkRun(bitmap: Bitmap): number {
		let longest = 0;
		let run = 0;
		for (let y = 0; y < bitmap.height / 2; y++) {
			const row = bitmap.rows.subarray((y * bitmap.width) / 8, ((y + 1) * bitmap.width) / 8);
			run = row.some((byte) => byte !== 0) ? run + 1 : 0;
			longest = Math.max(longest, run);
		}
		return longest;
	}
});

test("without a cutter the ticket is longer by the request to tear it off", () => {
	const rendered = (tearOff: boolean) => new TicketRenderer(576, { tearOff }).render(paperIn("fr"), texts("fr")).bitmap;
	expect(rendered(true).height).toBeGreaterThan(rendered(false).height);
});
