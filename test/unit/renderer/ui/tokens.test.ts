import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TOP } from "../../../fixtures/station-folder.ts";

/** The colours of a sheet's first or only rule, or of the one that `from` begins. */
function coloursOf(sheet: string, from = ":root"): Map<string, string> {
	const text = readFileSync(join(TOP, "renderer/ui", sheet), "utf8");
	const rule = text.slice(text.indexOf(from)).split("}", 1)[0] ?? "";
	return new Map(
		[...rule.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", colour = ""]) => [name, colour]),
	);
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, contrast ratio: 1 to 21. */
function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

describe.each([
	["light", coloursOf("tokens.css")],
	["dark", coloursOf("dark.css")],
	["high contrast", coloursOf("tokens.css", ':root[data-contrast="high"]')],
	["machine's high contrast", coloursOf("contrast.css")],
])("the %s colours", (_, colours) => {
	const colour = (name: string) => colours.get(name) ?? expect.fail(`no colour --${name}`);

	test.each([
		...["ink", "ink-soft", "jade-deep", "warning", "danger"].flatMap((text) =>
			["ground", "surface"].map((ground) => [text, ground, 7] as const),
		),
		["jade", "surface", 7] as const,
		// Large letters only, for which WCAG's AAA is 4.5:1; smaller ones on the ground are jade-deep.
		["jade", "ground", 4.5] as const,
		["ink", "jade-tint", 7] as const,
		["warning", "warning-tint", 7] as const,
		["danger", "danger-tint", 7] as const,
		["on-jade", "jade", 7] as const,
		...["border", "warning-border"].map((line) => [line, "surface", 3] as const),
	])("%s on %s is %d:1 or more", (text, ground, least) => {
		expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(least);
	});
});

test("high contrast is the same by the screen's button and by the machine's wish", () => {
	const asked = coloursOf("tokens.css", ':root[data-contrast="high"]');
	expect(new Map([...coloursOf("contrast.css")].filter(([name]) => asked.has(name)))).toEqual(asked);
});

describe.each([
	["night", coloursOf("tokens.css")],
	["high contrast", coloursOf("contrast.css")],
])("the board's colours: %s", (_, colours) => {
	test.each([
		["light", "night", 7],
		["light-soft", "night", 7],
		["amber", "night", 7],
		["mint", "night", 7],
		["on-light-plate", "light-plate", 7],
		["light-plate", "light", 3],
	] as const)("%s on %s is %d:1 or more", (one, other, least) => {
		const [text, ground] = [colours.get(one), colours.get(other)];
		expect(contrast(text ?? expect.fail(one), ground ?? expect.fail(other))).toBeGreaterThanOrEqual(least);
	});
});

const sheets = globSync("renderer/**/*.css", { cwd: TOP });
const declarations = (path: string) =>
	[...readFileSync(join(TOP, path), "utf8").matchAll(/^\s*([\w-]+): ([^;{}]+);$/gm)].map(
		([, name = "", value = ""]) => ({
			name,
			value: value.replace(/\s+/g, " "),
		}),
	);

describe.each(sheets.filter((path) => path.endsWith(".module.css")))("%s", (path) => {
	test("takes its sizes of type, colours and times from the tokens", () => {
		const own = declarations(path).filter(({ name, value }) => {
			// A step that this screen sets anew, in its own unit.
			if (name.startsWith("--text-")) return false;
			const bare = value.replaceAll(/var\(--[a-z-]+(, 1)?\)/g, "");
			if (name === "font-size") return value !== "inherit" && !/^((calc|min|max|clamp)\b|[(),*/ ])*$/.test(bare);
			if (/^(transition|animation)/.test(name)) return /\d(ms|s)\b/.test(bare);
			return /#[\da-f]{3,8}\b|\b(rgb|hsl|oklch|color-mix)\(|\b(black|white|red|gr[ae]y)\b/i.test(bare);
		});
		expect(own).toEqual([]);
	});
});

test("motion is 200 ms at most, and none for whoever wants none", () => {
	const times = declarations("renderer/ui/tokens.css").filter(({ name }) => name.startsWith("--motion-"));
	const full = times.slice(0, times.length / 2);
	expect(full.map(({ value }) => Number.parseInt(value, 10)).every((ms) => ms > 0 && ms <= 200)).toBe(true);
	expect(times.slice(times.length / 2)).toEqual(full.map(({ name }) => ({ name, value: "0ms" })));
});
