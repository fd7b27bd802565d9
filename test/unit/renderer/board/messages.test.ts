import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LANGUAGES } from "../../../../protocol/model/language.ts";

const folder = new URL("../../../../resources/languages/board/", import.meta.url);
const read = (language: string): Record<string, string> =>
	JSON.parse(readFileSync(new URL(`${language}.json`, folder), "utf8"));
const english = read("en");
const gaps = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].toSorted();

test("the board speaks all twelve languages and no other", () => {
	expect(readdirSync(folder).toSorted()).toEqual(LANGUAGES.map((language) => `${language}.json`).toSorted());
});

test.each(LANGUAGES)("%s says everything, with the same values", (language) => {
	const file = read(language);
	expect(Object.keys(file).toSorted()).toEqual(Object.keys(english).toSorted());
	for (const [key, text] of Object.entries(file)) {
		expect(text.trim(), key).not.toBe("");
		expect(gaps(text), key).toEqual(gaps(english[key] ?? ""));
	}
});
