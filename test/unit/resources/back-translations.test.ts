import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { assert, describe, expect, test } from "vitest";
import { z } from "zod";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import { TOP } from "../../fixtures/station-folder.ts";

/* Holds the tables of back translations to the texts: each text has its row, and each row its text. */

const SCREENS = ["kiosk", "ticket", "checklist", "phone", "board", "phrases"];
const TABLES = globSync("docs/reference/back-translations/*.md", { cwd: TOP }).filter(
	(file) => basename(file) !== "README.md",
);

const read = (file: string) => readFileSync(join(TOP, file), "utf8");

const texts = z.record(z.string(), z.string());
const entries = z.record(z.string(), z.object({ name: z.string(), description: z.string().optional() }));
const catalogue = z.object({ services: entries, questions: entries, options: entries, documents: entries });

/** Soft hyphens, joiners and direction marks are invisible in a table, and spaces of every kind look alike there. */
const asSeen = (text: string) =>
	text
		.replace(/[\u00ad\u200b-\u200f\u2060\u2066-\u2069]/g, "")
		.replace(/\s+/g, " ")
		.trim();

/** "kiosk: back" -> its text; "catalogue: services.newborn.name" likewise. */
function textsOf(language: Language): Map<string, string> {
	const screens = SCREENS.flatMap((screen) =>
		Object.entries(texts.parse(JSON.parse(read(`resources/languages/${screen}/${language}.json`)))).map(
			([key, text]): [string, string] => [`${screen}: ${key}`, text],
		),
	);
	const groups = catalogue.parse(JSON.parse(read(`resources/catalogue/translations/${language}.json`)));
	const entriesOfCatalogue = Object.entries(groups).flatMap(([group, byId]) =>
		Object.entries(byId).flatMap(([id, { name, description }]): [string, string][] => {
			const key = `catalogue: ${group}.${id}`;
			if (description === undefined) return [[`${key}.name`, name]];
			return [
				[`${key}.name`, name],
				[`${key}.description`, description],
			];
		}),
	);
	return new Map([...screens, ...entriesOfCatalogue].map(([key, text]) => [key, asSeen(text)]));
}

interface Row {
	key: string;
	text: string;
	english: string;
}

/** The rows of every table under `## kiosk`, `## catalogue` and so on, without the tables' heads. */
function rowsOf(markdown: string): Row[] {
	return markdown.split(/^## /m).flatMap((section) => {
		const [heading = "", ...lines] = section.split("\n");
		return lines
			.filter((line) => line.startsWith("|") && !/^\| *(key|:?-+) *\|/.test(line))
			.map((line) => {
				const [, key = "", text = "", english = ""] = line
					.split(/(?<!\\)\|/)
					.map((cell) => asSeen(cell.replaceAll("\\|", "|")));
				return { key: `${heading.trim()}: ${key.replaceAll("`", "")}`, text, english };
			});
	});
}

test("every language but English has its table", () => {
	const others = LANGUAGES.filter((language) => language !== "en");
	expect(TABLES.map((file) => basename(file, ".md")).sort()).toEqual([...others].sort());
});

describe.each(TABLES)("%s", (file) => {
	const language = LANGUAGES.find((tag) => tag === basename(file, ".md"));
	assert(language !== undefined, `${file} is named after no language`);

	test("has a row with the present text for every key, and no other", () => {
		const rows = rowsOf(read(file));
		expect(new Map(rows.map(({ key, text }) => [key, text]))).toEqual(textsOf(language));
		expect(rows.length, "rows, each key once").toBe(textsOf(language).size);
	});

	test("says in English what each text says", () => {
		expect(rowsOf(read(file)).filter(({ english }) => english === "")).toEqual([]);
	});
});
