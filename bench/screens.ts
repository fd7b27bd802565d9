import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeFigure } from "./figure.ts";
import { TOP } from "./station-process.ts";

const GOALS = { kiosk: 100, desk: 180, board: 90, phone: 90 } as const;

/** Gzip size of the JavaScript that a screen loads before it shows anything, in KB of 1,000 bytes. */
export async function benchScreens(): Promise<void> {
	const folder = join(TOP, "out/renderer");
	for (const [screen, goal] of Object.entries(GOALS)) {
		const page = readFileSync(join(folder, screen, "index.html"), "utf8");
		const scripts = new Set(
			[...page.matchAll(/(?:src|href)="[^"]*(assets\/[^"]+\.js)"/g)].map(([, path]) => String(path)),
		);
		if (scripts.size === 0) throw new Error(`The page of the ${screen} names no script.`);
		const bytes = [...scripts].reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
		writeFigure({
			figure: `screens: JavaScript of the ${screen}, gzip`,
			value: bytes / 1_000,
			unit: "KB",
			goal: { atMost: goal },
		});
	}
}
