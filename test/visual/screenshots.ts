import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { TOP } from "../fixtures/station-folder.ts";

/*
 * Screens as they were looked at and found good, held against the screens as they are. Where one has changed on
 * purpose, look at it and take it anew: PAIHAO_LOOKS=take (docs/guide/kiosk.md).
 */

const LOOKS = join(TOP, "test/visual/expected");
/** A colour that differs by more than this (pixelmatch), in more than so many pixels, has changed: another icon in a button is 26 or more. */
const DIFFERS = { colour: 0.1, pixels: 10 };

/** More pictures than any screen takes to come to rest. */
const MAX_PICTURES = 20;

/** The picture of a screen at rest: two in a row are the same. */
export async function takeLook(page: Page): Promise<PNG> {
	await page.locator("[data-settling]").waitFor({ state: "detached" });
	await page.evaluate(() => document.fonts.ready);
	await page.evaluate(untilPicturesAreHere);
	// A finger that rests on nothing: no button is pressed or under a pointer.
	await page.mouse.move(0, 0);
	let last: Buffer = Buffer.alloc(0);
	for (let picture = 0; picture < MAX_PICTURES; picture += 1) {
		const next = await page.screenshot({ animations: "disabled" });
		if (next.equals(last)) break;
		last = next;
	}
	return PNG.sync.read(last);
}

/** Runs in the page. A machine with much to do shows the same screen twice before the last of its icons. */
async function untilPicturesAreHere(): Promise<void> {
	const styles = [...document.querySelectorAll("*")].map((element) => getComputedStyle(element));
	const named = styles.flatMap(({ maskImage, backgroundImage }) => [maskImage, backgroundImage]).join();
	const addresses = new Set([...named.matchAll(/url\("([^"]+)"\)/g)].map(([, address]) => String(address)));
	const pictures = [...addresses].map((address) =>
		Object.assign(new Image(), { crossOrigin: "anonymous", src: address }),
	);
	await Promise.all([...pictures, ...document.images].map((picture) => picture.decode()));
}

/** What has changed of a screen since it was found good; undefined where nothing has. */
export function changeOf(name: string, taken: PNG): string | undefined {
	const file = join(LOOKS, `${name}.png`);
	if (process.env.PAIHAO_LOOKS === "take") {
		mkdirSync(LOOKS, { recursive: true });
		writeFileSync(file, PNG.sync.write(taken));
	}
	if (!existsSync(file)) return `${name}: nobody has looked at it yet`;
	const good = PNG.sync.read(readFileSync(file));
	const { width, height } = good;
	if (taken.width !== width || taken.height !== height) return `${name}: another size`;
	const shown = new PNG({ width, height });
	const changed = pixelmatch(good.data, taken.data, shown.data, width, height, { threshold: DIFFERS.colour });
	if (changed <= DIFFERS.pixels) return undefined;
	// It stays: somebody wants to see it after the run.
	const folder = mkdtempSync(join(tmpdir(), "paihao-looks-"));
	writeFileSync(join(folder, `${name}.png`), PNG.sync.write(taken));
	writeFileSync(join(folder, `${name}-changed.png`), PNG.sync.write(shown));
	return `${name}: ${changed} pixels changed; ${folder} shows the screen and what changed`;
}
