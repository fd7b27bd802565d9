import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../../../protocol/model/language.ts";
import { type Bitmap, isBlack } from "../../../../../station/printing/bitmap.ts";
import { epson } from "../../../../../station/printing/dialects/epson/epson.ts";
import { type MissingGlyphs, startRendering } from "../../../../../station/printing/render/start-rendering.ts";
import { encodeWhole } from "../../../../fixtures/print-harness.ts";
import { readQr } from "../../../../fixtures/read-qr.ts";
import { fullPaperIn, paperIn } from "../../../../fixtures/sample-papers.ts";
import { decodeStrictly } from "../../../../fixtures/strict-decoder.ts";

const workerUrl = new URL("../../../../../station/printing/render/render-worker.ts", import.meta.url);
const languagesDirectory = fileURLToPath(new URL("../../../../../resources/languages", import.meta.url));

const reported: MissingGlyphs[] = [];
const wide = startRendering({
	workerUrl,
	languagesDirectory,
	width: 576,
	onMissing: (missing) => {
		reported.push(missing);
	},
});
const narrow = startRendering({ workerUrl, languagesDirectory, width: 384 });
afterAll(() => Promise.all([wide.close(), narrow.close()]));

/** How many dots of each row are black. */
function inkOf(bitmap: Bitmap): number[] {
	return Array.from({ length: bitmap.height }, (_, y) => {
		let ink = 0;
		for (let x = 0; x < bitmap.width; x++) if (isBlack(bitmap, x, y)) ink++;
		return ink;
	});
}

/** The tallest stretch of rows that are neither white nor a line: the number's. */
function tallestText(bitmap: Bitmap): { top: number; rows: number } {
	let best = { top: 0, rows: 0 };
	let top = 0;
	inkOf(bitmap).forEach((ink, y) => {
		const text = ink > 20 && ink < bitmap.width * 0.8;
		if (!text) top = y + 1;
		else if (y + 1 - top > best.rows) best = { top, rows: y + 1 - top };
	});
	return best;
}

function marginsAreWhite(bitmap: Bitmap): boolean {
	for (let y = 0; y < bitmap.height; y++) {
		if (isBlack(bitmap, 0, y) || isBlack(bitmap, 1, y)) return false;
		if (isBlack(bitmap, bitmap.width - 1, y) || isBlack(bitmap, bitmap.width - 2, y)) return false;
	}
	return true;
}

describe.each(LANGUAGES)("a ticket in %s", (language) => {
	test("is short, keeps to its margins, shows its number big and its code to a phone", async () => {
		const paper = paperIn(language);
		const bitmap = await wide.render(paper);
		expect(bitmap.width).toBe(576);
		// 85 mm: the paper's time is the visitor's.
		expect(bitmap.height).toBeLessThanOrEqual(680);
		expect(marginsAreWhite(bitmap)).toBe(true);
		// 100 dots are 12.5 mm.
		expect(tallestText(bitmap).rows).toBeGreaterThanOrEqual(100);
		expect(readQr(bitmap)).toBe(paper.link);
	});

	test("with everything on it leaves nothing out and can still be read back", async () => {
		const paper = fullPaperIn(language);
		const bitmap = await wide.render(paper);
		expect(bitmap.height).toBeLessThanOrEqual(840);
		expect(marginsAreWhite(bitmap)).toBe(true);
		expect(readQr(bitmap)).toBe(paper.link);
	});

	test("fits 58 mm paper", async () => {
		const paper = fullPaperIn(language);
		const bitmap = await narrow.render(paper);
		expect(bitmap.width).toBe(384);
		expect(marginsAreWhite(bitmap)).toBe(true);
		expect(readQr(bitmap)).toBe(paper.link);
	});

	test("is the same each time, and comes out of the printer's bytes dot for dot", async () => {
		const bitmap = await wide.render(paperIn(language));
		expect(await wide.render(paperIn(language))).toEqual(bitmap);
		expect(decodeStrictly(encodeWhole(epson, bitmap, "1359")).pictures).toEqual([bitmap]);
	});

	test("has no character without a bundled face", () => {
		expect(reported.filter((missing) => missing.language === language)).toEqual([]);
	});
});

describe("what stands on the paper", () => {
	test.each([
		["number", { number: "A038" }],
		["ahead", { ahead: 6 }],
		["wait", { wait: { minMinutes: 15, maxMinutes: 20 } }],
		["no wait", { wait: null }],
		["time", { issuedAt: Date.UTC(2026, 10, 23, 1, 42) }],
		["party", { partySize: 3 }],
		["code", { code: "0000000000" }],
		["link", { link: "https://example.org/t/7Q2K9FXM3T" }],
		["reprint", { reprint: true }],
		["offline", { offline: true }],
		["bring", { bring: ["Passport"], bringChinese: ["护照"] }],
		["nothing to bring", { bring: [], bringChinese: [] }],
	])("%s changes it", async (_, change) => {
		const [before, after] = await Promise.all([wide.render(paperIn("en")), wide.render(paperIn("en", change))]);
		expect(Buffer.from(after.rows).equals(Buffer.from(before.rows))).toBe(false);
	});

	test("the longest number is as wide as the paper allows, and no wider", async () => {
		const bitmap = await wide.render(paperIn("en", { number: "W888888" }));
		expect(marginsAreWhite(bitmap)).toBe(true);
	});

	test("Han in a Japanese ticket has Japanese shapes", async () => {
		const same = { name: "直接返却", nameChinese: "" };
		const change = { site: same, topic: same, bring: [], bringChinese: [] };
		const [chinese, japanese] = await Promise.all([
			wide.render(paperIn("zh-Hans", { ...change, site: { name: "", nameChinese: "直" } })),
			wide.render(paperIn("ja", { ...change, site: { name: "", nameChinese: "直" } })),
		]);
		// The head line is Chinese in both, and the same; what follows is not.
		const head = (bitmap: Bitmap) => Buffer.from(bitmap.rows.subarray(0, 72 * 30)).toString("hex");
		expect(head(japanese)).toBe(head(chinese));
		expect(Buffer.from(japanese.rows).equals(Buffer.from(chinese.rows))).toBe(false);
	});

	test("a character that no bundled face has becomes a box and is reported, never a system font's", async () => {
		reported.length = 0;
		const bitmap = await wide.render(
			paperIn("en", { number: "A099", topic: { name: "Visa 🛂 𓀀", nameChinese: "签证" } }),
		);
		const boxes = await wide.render(
			paperIn("en", { number: "A099", topic: { name: "Visa □ □", nameChinese: "签证" } }),
		);
		expect(Buffer.from(bitmap.rows).equals(Buffer.from(boxes.rows))).toBe(true);
		expect(reported).toEqual([{ number: "A099", language: "en", codePoints: [0x1f6c2, 0x13000] }]);
		reported.length = 0;
	});

	test("control characters, lone surrogates and very long words do no harm", async () => {
		const name = `a\u0000b\n\u202e\ud800 ${"Donaudampfschifffahrt".repeat(12)}`;
		const bitmap = await wide.render(
			paperIn("de", { topic: { name, nameChinese: name }, bring: [name], bringChinese: [name] }),
		);
		expect(marginsAreWhite(bitmap)).toBe(true);
		expect(readQr(bitmap)).toBe(paperIn("de").link);
		reported.length = 0;
	});
});

describe("the rendering thread", () => {
	test("content that cannot be rendered is rejected, and the next ticket renders", async () => {
		await expect(wide.render(paperIn("en", { timezone: "Mars/Olympus" }))).rejects.toMatchObject({ blame: "content" });
		expect((await wide.render(paperIn("en"))).width).toBe(576);
	});

	test("after it was closed nothing waits for ever", async () => {
		const rendering = startRendering({ workerUrl, languagesDirectory, width: 576 });
		const waiting = rendering.render(paperIn("en"));
		const refused = expect(waiting).rejects.toMatchObject({ blame: "worker" });
		await rendering.close();
		await refused;
		await expect(rendering.render(paperIn("en"))).rejects.toMatchObject({ blame: "worker" });
	});

	test("that cannot start says so, and each drawing is refused as the worker's fault", async () => {
		const faults: Error[] = [];
		const rendering = startRendering({
			workerUrl: new URL("file:///nowhere/render-worker.ts"),
			languagesDirectory,
			width: 576,
			onError: (error) => {
				faults.push(error);
			},
		});
		await expect(rendering.render(paperIn("en"))).rejects.toMatchObject({ blame: "worker" });
		expect(faults.length).toBeGreaterThan(0);
		await rendering.close();
	});
});
