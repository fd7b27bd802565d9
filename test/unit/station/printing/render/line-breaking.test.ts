import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../../../protocol/model/language.ts";
import { breakEvenly, breakLines } from "../../../../../station/printing/render/line-breaking.ts";

/** Every character is one wide. */
const count = (text: string) => [...text].length;

const anyText = fc.string({
	unit: fc.constantFrom(..."abc defg 永久居留、。（）申請する ー ่ากรม 23 -,.«»\u00ad\u00a0한국어 مرحبا"),
	maxLength: 60,
});

describe("lines", () => {
	test("are never too wide and lose nothing but spaces and soft hyphens", () => {
		fc.assert(
			fc.property(anyText, fc.constantFrom(...LANGUAGES), fc.integer({ min: 4, max: 30 }), (text, language, width) => {
				const lines = breakLines(text, language, width, count);
				for (const line of lines) {
					// A cluster (Thai vowels, emoji) may itself be wider than so narrow a paper.
					if ([...new Intl.Segmenter(language).segment(line)].length > 1)
						expect(count(line)).toBeLessThanOrEqual(width);
				}
				const bare = (part: string) => part.replace(/[\s\u00ad-]/g, "");
				expect(bare(lines.join(""))).toBe(bare(text));
			}),
		);
	});

	test("with room for all of it leave the text as it is, spaces before a colon too", () => {
		expect(breakLines("Carte : renouvellement", "fr", 100, count)).toEqual(["Carte : renouvellement"]);
		fc.assert(
			fc.property(anyText, fc.constantFrom(...LANGUAGES), (text, language) => {
				const whole = text.replaceAll("\u00ad", "").trim();
				expect(breakLines(text.trim(), language, 1_000, count).join("").trim()).toBe(whole);
			}),
		);
	});

	test("of even length are no more lines", () => {
		fc.assert(
			fc.property(anyText, fc.constantFrom(...LANGUAGES), fc.integer({ min: 8, max: 30 }), (text, language, width) => {
				const even = breakEvenly(text, language, width, count);
				expect(even).toHaveLength(breakLines(text, language, width, count).length);
			}),
		);
	});

	test("break between words", () => {
		expect(breakLines("Missed your call? Ask at the desk.", "en", 14, count)).toEqual([
			"Missed your",
			"call? Ask at",
			"the desk.",
		]);
	});

	test("do not begin with a stop or a small kana, nor end with an opening bracket (kinsoku)", () => {
		fc.assert(
			fc.property(fc.integer({ min: 6, max: 14 }), (width) => {
				const text = "呼出時にご不在の場合は、もう一度お呼びします。その後は（本票）をスタッフにチェック。";
				const lines = breakLines(text, "ja", width, count);
				for (const line of lines.slice(1)) expect(line).not.toMatch(/^[、。）ーッュ]/);
				for (const line of lines) expect(line).not.toMatch(/（$/);
			}),
		);
	});

	test("of Thai break between words, though there are no spaces", () => {
		const lines = breakLines("สแกนเพื่อติดตามคิว", "th", 12, count);
		expect(lines).toEqual(["สแกนเพื่อ", "ติดตามคิว"]);
	});

	test("break long German words at their soft hyphens, and show the hyphen", () => {
		expect(breakLines("Dauer\u00adaufenthalts\u00adkarte", "de", 18, count)).toEqual(["Daueraufenthalts-", "karte"]);
		expect(breakLines("Dauer\u00adaufenthalts\u00adkarte", "de", 40, count)).toEqual(["Daueraufenthaltskarte"]);
	});

	test("keep what a no-break space ties together", () => {
		expect(breakLines("Appel manqué\u00a0? Oui", "fr", 12, count)).toEqual(["Appel", "manqué\u00a0? Oui"]);
	});
});
