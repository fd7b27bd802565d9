import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as protocol from "../../../../protocol/model/language.ts";

const FOLDERS = new URL("../../../../resources/languages/", import.meta.url);
const PLURAL = /^(.+)_(zero|one|two|few|many|other)$/;
/** Screens for visitors speak all twelve; staff read two. */
const EXPECTED: Record<string, readonly string[]> = {
	desk: ["en", "zh-Hans"],
	"first-start": ["en", "zh-Hans"],
	printer: ["en", "zh-Hans"],
	"printer-setup": ["en", "zh-Hans"],
	setup: ["en", "zh-Hans"],
	statistics: ["en", "zh-Hans"],
	supervision: ["en", "zh-Hans"],
	fleet: ["en", "zh-Hans"],
	"list-remarks": ["en", "zh-Hans"],
};

const read = (folder: string, language: string): Record<string, string> =>
	JSON.parse(readFileSync(new URL(`${folder}/${language}.json`, FOLDERS), "utf8"));

/** A file as stems, each with its plural forms; a text without number has the one form "". */
function stemsOf(file: Record<string, string>): Map<string, Map<string, string>> {
	const plurals = new Set(Object.keys(file).flatMap((key) => (key.endsWith("_other") ? [key.slice(0, -6)] : [])));
	const stems = new Map<string, Map<string, string>>();
	for (const [key, text] of Object.entries(file)) {
		const [, stem, form] = PLURAL.exec(key) ?? [];
		const [name, kind] = stem && form && plurals.has(stem) ? [stem, form] : [key, ""];
		stems.set(name, (stems.get(name) ?? new Map()).set(kind, text));
	}
	return stems;
}

const placeholdersOf = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort();

for (const folder of readdirSync(FOLDERS)) {
	describe(folder, () => {
		const languages = EXPECTED[folder] ?? protocol.LANGUAGES;
		const english = stemsOf(read(folder, "en"));

		test("has its languages and no others", () => {
			expect(readdirSync(new URL(`${folder}/`, FOLDERS)).sort()).toEqual(languages.map((one) => `${one}.json`).sort());
		});

		test.each([...languages])("%s has every text, every plural form, every placeholder", (language) => {
			const stems = stemsOf(read(folder, language));
			expect([...stems.keys()].sort()).toEqual([...english.keys()].sort());

			const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
			for (const [stem, inEnglish] of english) {
				const forms = stems.get(stem) ?? new Map<string, string>();
				const isPlural = inEnglish.has("other");
				expect([...forms.keys()].sort(), stem).toEqual(isPlural ? categories : [""]);

				const wanted = placeholdersOf(inEnglish.get(isPlural ? "other" : "") ?? "");
				for (const [form, text] of forms) {
					expect(text.trim(), `${stem} ${form}`).not.toBe("");
					const found = placeholdersOf(text);
					// A form that stands for one number may say it in words: "two people" needs no figure.
					const spelled = ["zero", "one", "two"].includes(form) && !found.includes("count");
					expect(found, `${stem} ${form}`).toEqual(spelled ? wanted.filter((name) => name !== "count") : wanted);
				}
			}
		});
	});
}

test("digits and years are those of the ticket in every language", () => {
	const day = Date.UTC(2026, 10, 23, 6, 30);
	for (const language of protocol.LANGUAGES) {
		const locale = protocol.formattingLocale(language);
		const said = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Shanghai" });
		expect(said.format(day), language).toMatch(/26/);
		expect(said.format(day), language).toMatch(/30/);
	}
});
