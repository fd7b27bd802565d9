import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const BUILT = join(import.meta.dirname, "../../../../out/renderer");

// Layers rank as they are first named. A bundler may put a part's file before the one that names them all,
// and then what a screen says of itself loses against what all have in common.
test.each(["kiosk", "desk", "board", "phone", "fleet", "setup", "printer"])(
	"the %s names the layers before it fills one",
	(page) => {
		const html = readFileSync(join(BUILT, page, "index.html"), "utf8");
		const styles = [...html.matchAll(/<link rel="stylesheet"[^>]*href="([^"]+)"/g)].map(([, address]) =>
			readFileSync(join(BUILT, page, address ?? ""), "utf8"),
		);
		expect(/@layer ([^;{]+)[;{]/.exec(styles.join("\n"))?.[1]?.replaceAll(" ", "")).toBe(
			"reset,tokens,base,screen,modes",
		);
	},
);

test("no sheet lets the system draw a text while our font comes", () => {
	const assets = join(BUILT, "assets");
	const sheets = readdirSync(assets).filter((file) => file.endsWith(".css"));
	const faces = sheets.flatMap(
		(file) => readFileSync(join(assets, file), "utf8").match(/@font-face\s*\{[^}]*\}/g) ?? [],
	);
	expect(faces.length).toBeGreaterThan(300);
	expect(faces.filter((face) => !/font-display:\s*block/.test(face))).toEqual([]);
});
