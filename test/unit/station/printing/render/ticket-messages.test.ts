import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../../../protocol/model/language.ts";
import { faceList, facesOf, WEIGHTS } from "../../../../../station/printing/render/fonts.ts";
import { loadPaperMessages } from "../../../../../station/printing/render/paper-messages.ts";
import { printable } from "../../../../../station/printing/render/printable.ts";

const languagesDirectory = fileURLToPath(new URL("../../../../../resources/languages", import.meta.url));
const COUNTED = new Set(["ahead", "party"]);

describe.each(LANGUAGES)("the paper's texts in %s", (language) => {
	const file: Record<string, string> = JSON.parse(
		readFileSync(`${languagesDirectory}/ticket/${language}.json`, "utf8"),
	);

	test("are all there, with exactly the language's own plurals", () => {
		const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
		const plurals = [...COUNTED].flatMap((key) => categories.map((category) => `${key}_${category}`));
		const plain = ["appointment", "wait", "bring", "advice", "missed", "follow", "reprint", "offline", "tearOff"];
		expect(Object.keys(file).sort()).toEqual([...plain, ...plurals].sort());
	});

	test("can be drawn with the bundled faces", () => {
		for (const weight of WEIGHTS) {
			const { covers } = faceList(facesOf(language), weight);
			const missing = new Set<number>();
			for (const text of Object.values(file)) printable(text, covers, missing);
			expect([...missing]).toEqual([]);
		}
	});

	test("count with Latin digits", () => {
		const words = loadPaperMessages(languagesDirectory, language);
		expect(words.appointment("10:30")).toContain("10:30");
		for (const count of [0, 1, 2, 3, 5, 11, 21, 100]) {
			expect(words.ahead(count)).not.toMatch(/\d|^ahead$/);
			expect(words.party(count)).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9\u0e50-\u0e59]|^party$/);
		}
		expect(words.party(11)).toContain("11");
	});
});

test("a file with a hole is an error that names it", () => {
	expect(() => loadPaperMessages("/nowhere", "en")).toThrow(/ENOENT/);
});
