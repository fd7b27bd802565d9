import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { TOP } from "../fixtures/station-folder.ts";

/*
 * Compares screens with approved screenshots. After an intended change, take new ones with PAIHAO_VISUAL=update and look
 * at them (docs/guide/kiosk.md).
 */

const EXPECTED = join(TOP, "test/visual/expected");
/** pixelmatch's colour threshold, and how many pixels may differ. Another icon in a button changes 26 or more. */
const TOLERANCE = { colour: 0.1, pixels: 10 };

/** Enough for any screen to settle. */
const MAX_ATTEMPTS = 20;

/** Takes a screenshot once two in a row are the same. */
export async function takeScreenshot(page: Page): Promise<PNG> {
	await page.locator("[data-settling]").waitFor({ state: "detached" });
	await page.evaluate(loadFonts);
	await page.evaluate(waitForImages);
	// No button is hovered or pressed.
	await page.mouse.move(0, 0);
	let last: Buffer = Buffer.alloc(0);
	for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
		const next = await page.screenshot({ animations: "disabled" });
		if (next.equals(last)) break;
		last = next;
	}
	return PNG.sync.read(last);
}

/**
 * Runs in the page. `document.fonts.ready` resolves before fonts that no layout has asked for yet, and after three
 * seconds a screen draws another font meanwhile. Throws if a font could not be loaded.
 */
async function loadFonts(): Promise<void> {
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const characters = new Map<string, Set<string>>();
	while (texts.nextNode()) {
		const { parentElement, data } = texts.currentNode as Text;
		if (!parentElement?.checkVisibility()) continue;
		// The shorthand is empty where a style has what it cannot say, such as figures of one width.
		const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(parentElement);
		const font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
		const ofFont = characters.get(font) ?? new Set();
		characters.set(font, ofFont);
		for (const character of data) ofFont.add(character);
	}
	await Promise.all([...characters].map(([font, ofFont]) => document.fonts.load(font, [...ofFont].join(""))));
	await document.fonts.ready;
}

/** Runs in the page. On a busy machine two screenshots may be the same before the last icon is loaded. */
async function waitForImages(): Promise<void> {
	const styles = [...document.querySelectorAll("*")].map((element) => getComputedStyle(element));
	const named = styles.flatMap(({ maskImage, backgroundImage }) => [maskImage, backgroundImage]).join();
	const addresses = new Set([...named.matchAll(/url\("([^"]+)"\)/g)].map(([, address]) => String(address)));
	const pictures = [...addresses].map((address) =>
		Object.assign(new Image(), { crossOrigin: "anonymous", src: address }),
	);
	await Promise.all([...pictures, ...document.images].map((picture) => picture.decode()));
}

/** Describes how a screen differs from its approved screenshot; undefined if it does not. */
export function compareWithExpected(name: string, actual: PNG): string | undefined {
	const file = join(EXPECTED, `${name}.png`);
	if (process.env.PAIHAO_VISUAL === "update") {
		mkdirSync(EXPECTED, { recursive: true });
		writeFileSync(file, PNG.sync.write(actual));
	}
	if (!existsSync(file)) return `${name}: no approved screenshot`;
	const expected = PNG.sync.read(readFileSync(file));
	const { width, height } = expected;
	if (actual.width !== width || actual.height !== height) return `${name}: another size`;
	const difference = new PNG({ width, height });
	const changed = pixelmatch(expected.data, actual.data, difference.data, width, height, {
		threshold: TOLERANCE.colour,
	});
	if (changed <= TOLERANCE.pixels) return undefined;
	// Kept, to be looked at after the run.
	const folder = mkdtempSync(join(tmpdir(), "paihao-visual-"));
	writeFileSync(join(folder, `${name}.png`), PNG.sync.write(actual));
	writeFileSync(join(folder, `${name}-difference.png`), PNG.sync.write(difference));
	return `${name}: ${changed} pixels changed; ${folder} has the screenshot and the difference`;
}
