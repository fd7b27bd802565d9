import { assemble, disassemble } from "es-hangul";
import type { Language } from "../../../protocol/model/language.ts";
import { keysOf } from "./keyboard.ts";

/*
 * Names and typed letters in one form, so that a missing accent, a small kana or a space never hides a topic.
 */

/** Keeps only letters that have a key: no accents, marks, case or spaces; Hangul split into its letters. */
export function fold(language: Language, text: string): string {
	const keys = new Set(keysOf(language));
	return [...lettersOf(language, text.toLocaleLowerCase(language))].filter((letter) => keys.has(letter)).join("");
}

/** Like fold, with the letters and digits that only a keyboard has: Chinese characters, kanji, "12306". */
export function foldWide(language: Language, text: string): string {
	const letters = lettersOf(language, text.toLocaleLowerCase(language)).replace(/[^\p{L}\p{N}]|ー/gu, "");
	// Keyboards without umlauts: "fuehrerschein".
	return language === "de" ? letters.replace(/(?<=[aou])e/g, "") : letters;
}

/** Formats typed letters for display: Hangul in syllables. */
export function formatTyped(language: Language, typed: string): string {
	if (typed === "") return "";
	return language === "ko" ? assemble([...typed]) : typed.toLocaleUpperCase(language);
}

/** The words of a text, folded. Arabic ones without their article: readers search without it. */
export function segmentsOf(language: Language, text: string, form: typeof fold): string[] {
	const words = [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)].flatMap(({ segment }) => {
		const word = form(language, segment);
		return language === "ar" && word.startsWith("ال") && word.length > 4 ? ["ال", word.slice(2)] : [word];
	});
	return words.filter((word) => word !== "");
}

function lettersOf(language: Language, text: string): string {
	switch (language) {
		case "ko":
			return [...disassemble(text.normalize("NFC"))].map((letter) => PLAIN_HANGUL[letter] ?? letter).join("");
		case "ja":
			return withoutMarks(text.normalize("NFKC"))
				.replace(/[ァ-ヶ]/g, toHiragana)
				.replace(/[ぁぃぅぇぉっゃゅょゎ]/g, toLarge);
		case "ar":
			return withoutMarks(text).replace(/[ىئ]/g, "ي").replaceAll("ة", "ه").replaceAll("ؤ", "و");
		case "ru":
			// "й" is a letter of its own and has its key; "ё" is written "е" as often as not.
			return text.normalize("NFKC").replaceAll("ё", "е");
		case "es":
			return withoutMarks(text.normalize("NFKC").replaceAll("ñ", "\0")).replaceAll("\0", "ñ");
		case "th":
			return withoutMarks(text).replaceAll("ำ", "า");
		case "zh-Hans":
			// As every pinyin keyboard has it: "lǜ" is typed "lv", and tones are not typed.
			return withoutMarks(text.normalize("NFKD").replaceAll("u\u0308", "v"));
		default:
			return withoutMarks(text).replaceAll("ß", "ss").replaceAll("œ", "oe");
	}
}

const PLAIN_HANGUL: Readonly<Record<string, string>> = {
	ㄲ: "ㄱ",
	ㄸ: "ㄷ",
	ㅃ: "ㅂ",
	ㅆ: "ㅅ",
	ㅉ: "ㅈ",
	ㅒ: "ㅐ",
	ㅖ: "ㅔ",
};

/** In NFKD, accents, vowel signs, voicing marks and tone marks are separate characters, and "ＩＩＴ" is "IIT". */
const withoutMarks = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "");
const toHiragana = (kana: string) => String.fromCharCode(kana.charCodeAt(0) - 0x60);
/** In Unicode a small kana directly precedes its large one. */
const toLarge = (kana: string) => String.fromCharCode(kana.charCodeAt(0) + 1);
