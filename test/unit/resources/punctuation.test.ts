import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import { TOP } from "../../fixtures/station-folder.ts";

/* How each language sets its punctuation, over every text of every screen, the paper and the catalogue. */

const LANGUAGE_FILES = join(TOP, "resources/languages");

function* textsIn(value: unknown, path: string): Generator<[path: string, text: string]> {
	if (typeof value === "string") yield [path, value];
	else if (typeof value === "object" && value !== null)
		for (const [key, inner] of Object.entries(value)) yield* textsIn(inner, `${path}.${key}`);
}

function* textsOf(language: Language): Generator<[path: string, text: string]> {
	const read = (path: string): unknown => JSON.parse(readFileSync(join(TOP, path), "utf8"));
	for (const screen of readdirSync(LANGUAGE_FILES)) {
		if (!readdirSync(join(LANGUAGE_FILES, screen)).includes(`${language}.json`)) continue;
		yield* textsIn(read(`resources/languages/${screen}/${language}.json`), screen);
	}
	yield* textsIn(read(`resources/catalogue/translations/${language}.json`), "catalogue");
}

/** What a careful typesetter of the language would mark. */
const WRONG: Record<Language, RegExp> = {
	// Full-width marks beside a character of the script.
	"zh-Hans": /\p{sc=Han}[:,;?!(]|[:,;?!)]\p{sc=Han}/u,
	ja: /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}][:,;?!(]|[:;?!)][\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u,
	ko: /\p{sc=Hang}[：，；？！]/u,
	ar: /\p{sc=Arab}[,;?]/u,
	// A space that never breaks, so that no line begins with the mark.
	fr: /[^\u00a0\u202f][;?!»]|«[^\u00a0\u202f]| :/,
	es: /^[^¿]*\?|^[^¡]*!/,
	en: / [:;?!]/,
	de: / [:;?!]/,
	it: / [:;?!]/,
	pt: / [:;?!]/,
	ru: / [:;?!]|"/,
	th: / [:;?!]/,
};

test.each(LANGUAGES)("every text in %s has the punctuation of its language", (language) => {
	const texts = [...textsOf(language)];
	expect(texts.length).toBeGreaterThan(300);
	expect(texts.filter(([, text]) => WRONG[language].test(text))).toEqual([]);
});
