import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeFigure } from "./figure.ts";
import { TOP } from "./station-process.ts";

const GOALS = { kiosk: 100, desk: 180, board: 90, phone: 90 } as const;

const folder = join(TOP, "out/renderer");
const textOf = (path: string) => readFileSync(join(folder, path), "utf8");
const sizeOf = (path: string) => gzipSync(readFileSync(join(folder, path))).length;

/** The scripts that these refer to, directly or not, without these themselves. */
function dependenciesOf(scripts: ReadonlySet<string>): string[] {
	const known = new Set(scripts);
	for (const path of known)
		for (const [, name] of textOf(path).matchAll(/([\w.-]+\.js)["'`]/g))
			if (existsSync(join(folder, "assets", String(name)))) known.add(`assets/${name}`);
	return [...known].filter((path) => !scripts.has(path));
}

/** Gzip size of the JavaScript that a screen loads before it shows anything, in KB of 1,000 bytes; and what it loads afterwards. */
export async function benchBundleSize(): Promise<void> {
	for (const [screen, goal] of Object.entries(GOALS)) {
		const page = textOf(`${screen}/index.html`);
		const scripts = new Set(
			[...page.matchAll(/(?:src|href)="[^"]*(assets\/[^"]+\.js)"/g)].map(([, path]) => String(path)),
		);
		if (scripts.size === 0) throw new Error(`The page of the ${screen} refers to no script.`);
		const bytes = [...scripts].reduce((sum, path) => sum + sizeOf(path), 0);
		const lazy = dependenciesOf(scripts).reduce((sum, path) => sum + sizeOf(path), 0);
		writeFigure({
			figure: `bundle-size: JavaScript of the ${screen}, gzip`,
			value: bytes / 1_000,
			unit: "KB",
			goal: { atMost: goal },
			beside: { "loaded after the first screen, KB": lazy / 1_000 },
		});
	}
}
