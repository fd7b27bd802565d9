import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { afterAll, describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../../../protocol/model/language.ts";
import { type Bitmap, isBlack } from "../../../../../station/printing/bitmap.ts";
import { encodePng } from "../../../../../station/printing/render/png.ts";
import { startRendering } from "../../../../../station/printing/render/start-rendering.ts";
import type { TicketContent } from "../../../../../station/printing/render/ticket-content.ts";
import { readQr } from "../../../../fixtures/read-qr.ts";
import { paperIn } from "../../../../fixtures/sample-papers.ts";
import { LONG_LANGUAGES, longPaperIn } from "./golden/long-papers.ts";

/*
 * What a ticket looks like, dot for dot. After a change that is meant: PAIHAO_RENEW_GOLDEN=1, look at
 * every picture in golden/ that git shows as changed, and run again without it.
 */

const FOLDER = fileURLToPath(new URL("golden", import.meta.url));
const RENEW = process.env.PAIHAO_RENEW_GOLDEN !== undefined;
/** 85 mm at 8 dots a millimetre. */
const ORDINARY_HEIGHT = 680;

/** A note in the densest type, which the longest language's ticket has no room left for. */
const ONE_LINE = 26;

const drawings = { 576: drawingFor(576), 384: drawingFor(384) };
afterAll(() => Promise.all([drawings[576].close(), drawings[384].close()]));

function drawingFor(width: 576 | 384) {
	return startRendering({
		workerUrl: new URL("../../../../../station/printing/render/render-worker.ts", import.meta.url),
		languagesDirectory: fileURLToPath(new URL("../../../../../resources/languages", import.meta.url)),
		width,
	});
}

function readGolden(path: string): Bitmap {
	const { width, height, data } = PNG.sync.read(readFileSync(path));
	const rows = new Uint8Array((width / 8) * height);
	for (let dot = 0; dot < width * height; dot++) {
		if (data[dot * 4] === 0) rows[dot >> 3] = (rows[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
	}
	return { width, height, rows };
}

/** Grey: the same in both. Red: only in the golden picture. Blue: only in the new one. */
function writeDifference(name: string, golden: Bitmap, rendered: Bitmap): string {
	const width = Math.max(golden.width, rendered.width);
	const height = Math.max(golden.height, rendered.height);
	const png = new PNG({ width, height });
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const before = isBlack(golden, x, y);
			const after = isBlack(rendered, x, y);
			const colour =
				before === after ? (after ? [170, 170, 170] : [255, 255, 255]) : before ? [220, 0, 0] : [0, 0, 220];
			png.data.set([...colour, 255], (y * width + x) * 4);
		}
	}
	const folder = join(tmpdir(), "paihao-golden");
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `${name}.png`);
	writeFileSync(path, PNG.sync.write(png));
	return path;
}

async function compare(name: string, rendered: Bitmap): Promise<void> {
	const path = join(FOLDER, `${name}.png`);
	if (RENEW) {
		writeFileSync(path, await encodePng(rendered));
		return;
	}
	if (!existsSync(path)) throw new Error(`there is no golden picture ${name}: PAIHAO_RENEW_GOLDEN=1 makes it`);
	const golden = readGolden(path);
	if (golden.height === rendered.height && Buffer.from(golden.rows).equals(Buffer.from(rendered.rows))) return;
	throw new Error(`the ticket differs from its golden picture: see ${writeDifference(name, golden, rendered)}`);
}

/** As long as a phone's address on a network of the site's own. */
const LINK = "http://192.168.1.20:8470/phone#7Q2K9FXM3T";

const MILLIMETRES: Readonly<Record<576 | 384, number>> = { 576: 80, 384: 58 };

function onBothPapers<Name extends string>(languages: readonly Name[]) {
	return languages.flatMap((language) =>
		([576, 384] as const).map((width) => ({ language, width, name: `${language}-${MILLIMETRES[width]}` })),
	);
}

async function render(width: 576 | 384, paper: TicketContent): Promise<Bitmap> {
	const bitmap = await drawings[width].render(paper);
	expect(readQr(bitmap)).toBe(paper.link);
	return bitmap;
}

describe("an ordinary ticket", () => {
	test.each(onBothPapers(LANGUAGES))("$name", async ({ language, width, name }) => {
		const bitmap = await render(width, paperIn(language, { link: LINK }));
		await compare(name, bitmap);
		if (width === 576) expect(bitmap.height).toBeLessThanOrEqual(ORDINARY_HEIGHT);
	});
});

describe("the longest topic, eight things to bring, a party, the mark of a reprint", () => {
	test.each(onBothPapers(LONG_LANGUAGES))("$name", async ({ language, width, name }) => {
		await compare(`${name}-long`, await render(width, longPaperIn(language, { link: LINK })));
	});
});

describe("a ticket for a booked time", () => {
	test.each(onBothPapers(["zh-Hans", "en", "ar", "de"] as const))("$name", async ({ language, width, name }) => {
		const bookedAt = Date.UTC(2026, 10, 23, 2, 30);
		const bitmap = await render(width, paperIn(language, { link: LINK, bookedAt }));
		await compare(`${name}-booked`, bitmap);
		if (width === 576) expect(bitmap.height).toBeLessThanOrEqual(ORDINARY_HEIGHT + ONE_LINE);
	});
});

test("the golden pictures are not being renewed", () => {
	expect(RENEW, "PAIHAO_RENEW_GOLDEN is set: look at the new pictures and run again without it").toBe(false);
});
