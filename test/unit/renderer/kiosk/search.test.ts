import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGUAGES, type Language } from "../../../../protocol/model/language.ts";
import { createSearch, fold, formatTyped } from "../../../../renderer/kiosk/search/find.ts";
import { keysOf } from "../../../../renderer/kiosk/search/keys.ts";
import { TOP } from "../../../fixtures/station-folder.ts";

interface Messages {
	services: Record<string, { name: string; reading?: string }>;
}

/** The topics of the catalogue that the product brings. */
function topicsIn(language: Language) {
	const file = join(TOP, `resources/catalogue/translations/${language}.json`);
	const { services } = JSON.parse(readFileSync(file, "utf8")) as Messages;
	return Object.entries(services).map(([id, { name, reading = null }], rank) => ({ id, name, reading, rank }));
}

const found = (language: Language, typed: string) =>
	createSearch(language, topicsIn(language))
		.find(typed)
		.map(({ id }) => id);

test.each<[Language, string, string]>([
	["zh-Hans", "yongjiu", "permanent-residence"],
	["zh-Hans", "shbx", "social-insurance"],
	["zh-Hans", "falv", "legal-advice"],
	["zh-Hans", "znrx", "education"],
	["en", "soc", "social-insurance"],
	["en", "insurance", "social-insurance"],
	["en", "workres", "work-residence-permit"],
	["fr", "echange", "driving-licence"],
	["de", "sozial", "social-insurance"],
	["es", "seguro", "social-insurance"],
	["ja", "しやかい", "social-insurance"],
	["ja", "ひさ", "newborn"],
	["ja", "かと", "five-star-card-travel"],
	["ko", "ㅅㅏㅎㅗㅣ", "social-insurance"],
	["ko", "ㅅㅎㅂㅎ", "social-insurance"],
	["th", "ประกน", "social-insurance"],
	["ar", "تامينات", "social-insurance"],
	["ru", "социал", "social-insurance"],
])("%s: %s leads to %s", (language, typed, topic) => {
	expect(found(language, typed)).toContain(topic);
});

test("what begins with it comes before what holds it", () => {
	expect(found("en", "work").slice(0, 2)).toEqual(["work-permit", "work-residence-permit"]);
	expect(found("en", "per")[0]).toBe("permanent-residence");
});

describe.each(LANGUAGES)("%s", (language) => {
	const topics = topicsIn(language);
	const search = createSearch(language, topics);
	const keys = keysOf(language);

	test("has no key twice, and folds no key away", () => {
		expect(new Set(keys).size).toBe(keys.length);
		expect(keys.filter((key) => fold(language, key) !== key)).toEqual([]);
	});

	test("every topic can be typed to its end with the keys, and is found at every letter from the second on", () => {
		for (const topic of topics) {
			const letters = [...fold(language, topic.reading ?? topic.name)];
			expect(letters.length).toBeGreaterThan(1);
			for (const [index, letter] of letters.entries()) {
				const typed = letters.slice(0, index).join("");
				expect(search.usableKeys(typed), `${topic.name} at ${typed}`).toContain(letter);
				expect(search.find(typed + letter)).toContain(topic);
			}
		}
	});

	test("whatever is typed with keys that lead somewhere shows a topic", () => {
		fc.assert(
			fc.property(fc.array(fc.nat(), { maxLength: 12 }), (choices) => {
				let typed = "";
				for (const choice of choices) {
					const lead = [...search.usableKeys(typed)];
					if (lead.length === 0) return;
					typed += lead[choice % lead.length];
					expect(search.find(typed).length).toBeGreaterThan(0);
				}
			}),
			{ numRuns: 25 },
		);
	});
});

test("Hangul is read in syllables", () => {
	expect(formatTyped("ko", "ㅅㅏㅎㅗㅣ")).toBe("사회");
	expect(formatTyped("ko", "ㅅㅎ")).toBe("ㅅㅎ");
	expect(formatTyped("ko", "")).toBe("");
});
