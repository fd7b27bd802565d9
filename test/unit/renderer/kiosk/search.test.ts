import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGUAGES, type Language } from "../../../../protocol/model/language.ts";
import { createSearch } from "../../../../renderer/kiosk/search/find-topics.ts";
import { fold, formatTyped } from "../../../../renderer/kiosk/search/fold.ts";
import { keysOf } from "../../../../renderer/kiosk/search/keyboard.ts";
import { everydayQueries } from "../../../fixtures/everyday-queries.ts";
import { missedQueries, searchedKeywords, searchedTopics } from "../../../fixtures/searched-topics.ts";

/** The topics of the catalogue that the product brings. */
const found = (language: Language, typed: string) =>
	createSearch(language, searchedTopics(language), searchedKeywords(language))
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
	const topics = searchedTopics(language);
	const search = createSearch(language, topics, searchedKeywords(language));
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
				expect(keys, topic.name).toContain(letter);
				if (index > 0) expect(search.find(typed + letter), typed + letter).toContain(topic);
			}
		}
	});

	test("nine of ten everyday queries find their topic in the first three", () => {
		const missed = missedQueries(language, search.find).map(({ typed, topic }) => `${typed}: ${topic}`);
		expect(missed.length, missed.join("; ")).toBeLessThanOrEqual(everydayQueries(language).length / 10);
	});

	test("whatever is typed is answered at once, and no topic twice", () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...keys, " "), { maxLength: 60 }), (typed) => {
				const ids = search.find(typed.join("")).map(({ id }) => id);
				expect(new Set(ids).size).toBe(ids.length);
			}),
			{ numRuns: 25 },
		);
	});
});

test.each<[Language, string, string]>([
	["en", "buisness", "company-registration"],
	["en", "maried", "marriage"],
	["en", "lawer", "legal-advice"],
	["en", "hopsital", "healthcare-insurance"],
	["de", "führerchein", "driving-licence"],
	["fr", "assurence maladie", "healthcare-insurance"],
	["es", "jubilasion", "social-insurance"],
	["ru", "водителские права", "driving-licence"],
])("%s: %s, misspelled, still leads to %s", (language, typed, topic) => {
	expect(found(language, typed).slice(0, 3)).toContain(topic);
});

test.each<[Language, string, string]>([
	["zh-Hans", "shèbǎo", "social-insurance"],
	["zh-Hans", "lǜkǎ", "permanent-residence"],
	["zh-Hans", "ＨＳＫ", "language-learning"],
	["en", "ＩＩＴ", "income-tax"],
	["ja", "ＨＳＫ", "language-learning"],
	["de", "shebao", "social-insurance"],
	["en", "lvka", "permanent-residence"],
	["fr", "gōngjījīn", "provident-fund"],
])("%s: the Chinese term in Latin letters, or wide ones, %s leads to %s", (language, typed, topic) => {
	expect(found(language, typed)[0]).toBe(topic);
});

test("a word of the language comes before one in pinyin", () => {
	expect(found("en", "hotel")[0]).toBe("five-star-card-travel");
	expect(found("en", "w").slice(0, 2)).toEqual(["work-permit", "work-residence-permit"]);
	// "Baby" before "bao xiao" and "bao shui", whose topics stand before it on the screen.
	expect(found("en", "ba")[0]).toBe("newborn");
});

test.each<[Language, string, string]>([
	["es", "me despidieron", "legal-advice"],
	["it", "sposarci", "marriage"],
	["en", "pregnancies", "newborn"],
	["en", "continental", ""],
])("%s: another form of a word, %s, leads to %s, and a few letters in common do not", (language, typed, topic) => {
	expect(found(language, typed).slice(0, 1)).toEqual(topic === "" ? [] : [topic]);
});

test.each<[Language, string, string]>([
	["en", "birth certificate", "newborn"],
	["en", "apostille", "permanent-residence"],
	["en", "household register", "newborn"],
	["zh-Hans", "户口簿", "newborn"],
	["de", "Führungszeugnis", "work-permit"],
])("%s: the document %s finds a topic that asks for it", (language, typed, topic) => {
	expect(found(language, typed)).toContain(topic);
});

test("what means nothing finds nothing", () => {
	expect(found("en", "xqzwv")).toEqual([]);
	expect(found("en", " ")).toEqual([]);
	expect(found("zh-Hans", "zzzzz")).toEqual([]);
});

test("Hangul is read in syllables", () => {
	expect(formatTyped("ko", "ㅅㅏㅎㅗㅣ")).toBe("사회");
	expect(formatTyped("ko", "ㅅㅎ")).toBe("ㅅㅎ");
	expect(formatTyped("ko", "")).toBe("");
});
