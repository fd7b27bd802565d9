import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../../../protocol/model/language.ts";
import type { Bitmap } from "../../../../../station/printing/bitmap.ts";
import { star } from "../../../../../station/printing/dialects/star/star.ts";
import { startRendering } from "../../../../../station/printing/render/start-rendering.ts";
import { encodeWhole, plainPicture } from "../../../../fixtures/print-harness.ts";
import { readQr } from "../../../../fixtures/read-qr.ts";
import { fullPaperIn } from "../../../../fixtures/sample-papers.ts";
import { inWholeLines } from "../../../../fixtures/star-harness.ts";
import { decodeStarStrictly } from "../../../../fixtures/strict-star-decoder.ts";

/** Bytes among which ESC and what makes it dangerous are frequent. */
const dangerous = fc.oneof(fc.constantFrom(0x1b, 0x06, 0x01, 0x18, 0x0a, 0x00), fc.nat(255));

const bitmap = fc
	.record({ width: fc.constantFrom(576 as const, 384 as const), height: fc.integer({ min: 1, max: 400 }) })
	.chain(({ width, height }) =>
		fc.array(dangerous, { minLength: 1, maxLength: 400 }).map((pattern): Bitmap => {
			const rows = new Uint8Array((width / 8) * height).map((_, at) => pattern[at % pattern.length] ?? 0);
			return { width, height, rows };
		}),
	);

describe("a ticket's bytes", () => {
	test("hold the picture, its cuts and one question, and nothing that a strict reader refuses", () => {
		fc.assert(
			fc.property(bitmap, fc.nat(), fc.boolean(), (picture, sequence, cutFirst) => {
				const id = star.confirmationId(sequence);
				const decoded = decodeStarStrictly(encodeWhole(star, picture, id, cutFirst), picture.width);
				expect(decoded.ids).toEqual([Buffer.from(id, "latin1").toString("hex")]);
				expect(decoded.cuts).toBe(cutFirst ? 2 : 1);
				expect(decoded.pictures).toHaveLength(1);
				const [printed] = decoded.pictures;
				const whole = inWholeLines(picture);
				expect([printed?.width, printed?.height]).toEqual([whole.width, whole.height]);
				// Never a dot less, and one more only where an ESC was.
				const wrong = whole.rows.findIndex((byte, at) => {
					const out = printed?.rows[at];
					return out !== byte && !(byte === 0x1b && out === 0x1f);
				});
				expect(wrong).toBe(-1);
			}),
			{ numRuns: 60 },
		);
	});

	test("a strict reader refuses what is no command of ours, and a picture wider than the paper", () => {
		const bytes = encodeWhole(star, plainPicture(576, 48), "11");
		expect(() => decodeStarStrictly(bytes, 384)).toThrow("a picture of 576 dots on paper of 384");
		expect(() => decodeStarStrictly(bytes.subarray(0, bytes.length - 1))).toThrow("truncated");
		expect(() => decodeStarStrictly(Buffer.concat([bytes, Buffer.from("A012")]))).toThrow("not a command of ours");
	});
});

test("ids are two bytes that no status byte looks like, and differ from one ticket to the next", () => {
	fc.assert(
		fc.property(fc.nat(), (sequence) => {
			const id = Buffer.from(star.confirmationId(sequence), "latin1");
			expect(id).toHaveLength(2);
			for (const byte of id) expect([byte & 0x11, byte === 0x1b, byte === 0xff]).toEqual([0x11, false, false]);
			expect(star.confirmationId(sequence + 1)).not.toBe(id.toString("latin1"));
		}),
	);
});

const workerUrl = new URL("../../../../../station/printing/render/render-worker.ts", import.meta.url);
const languagesDirectory = fileURLToPath(new URL("../../../../../resources/languages", import.meta.url));
const drawings = {
	384: startRendering({ workerUrl, languagesDirectory, width: 384 }),
	576: startRendering({ workerUrl, languagesDirectory, width: 576 }),
};
afterAll(() => Promise.all([drawings[384].close(), drawings[576].close()]));

describe.each([384, 576] as const)("%i dots", (width) => {
	test.each(LANGUAGES)("a full ticket in %s comes out dot for dot, and its code can be read", async (language) => {
		const paper = fullPaperIn(language);
		const rendered = await drawings[width].render(paper);
		expect(rendered.width).toBe(width);
		const [printed] = decodeStarStrictly(encodeWhole(star, rendered, "11"), width).pictures;
		if (!printed) throw new Error("nothing was printed");
		const dots = (picture: Bitmap) => Buffer.from(picture.rows).toString("hex").replaceAll("1f", "1b");
		expect(dots(printed)).toBe(dots(inWholeLines(rendered)));
		expect(readQr(printed)).toBe(paper.link);
	});
});
