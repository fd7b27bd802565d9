import { assemble, disassemble, getChoseong } from "es-hangul";
import type { Topic } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { keysOf } from "./keys.ts";

/*
 * Finds topics by typed letters of their names. Both are folded to the letters that have a key (keys.ts), so that a
 * missing accent, a small kana or a space never hides a topic.
 */

type Named = Pick<Topic, "name" | "reading" | "rank">;

export interface Search<Found> {
	/** First names that start with `typed`, then names with a word that does, then names that contain it. */
	find(typed: string): Found[];
	/** The keys that still find a topic after `typed`. */
	usableKeys(typed: string): ReadonlySet<string>;
}

export function createSearch<T extends Named>(language: Language, topics: readonly T[]): Search<T> {
	const entries = topics.map((topic) => ({ topic, forms: formsOf(language, topic.reading ?? topic.name) }));
	const find = (typed: string): T[] => {
		const letters = fold(language, typed);
		if (letters === "") return [];
		return entries
			.flatMap(({ topic, forms }) => {
				const place = rankOf(forms, letters);
				return place === undefined ? [] : [{ topic, place }];
			})
			.sort((a, b) => a.place - b.place || a.topic.rank - b.topic.rank)
			.map(({ topic }) => topic);
	};
	return {
		find,
		usableKeys: (typed) => new Set(keysOf(language).filter((key) => find(typed + key).length > 0)),
	};
}

/** Keeps only letters that have a key: no accents, marks, case or spaces; Hangul split into its letters. */
export function fold(language: Language, text: string): string {
	const keys = new Set(keysOf(language));
	return [...lettersOf(language, text.toLocaleLowerCase(language))].filter((letter) => keys.has(letter)).join("");
}

/** Formats typed letters for display: Hangul in syllables. */
export function formatTyped(language: Language, typed: string): string {
	if (typed === "") return "";
	return language === "ko" ? assemble([...typed]) : typed.toLocaleUpperCase(language);
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
			return text.normalize("NFC").replaceAll("ё", "е");
		case "es":
			return withoutMarks(text.normalize("NFC").replaceAll("ñ", "\0")).replaceAll("\0", "ñ");
		case "th":
			return withoutMarks(text).replaceAll("ำ", "า");
		case "zh-Hans":
			// As every pinyin keyboard has it: "lü" is typed "lv".
			return text.normalize("NFC").replaceAll("ü", "v");
		default:
			return withoutMarks(text).replaceAll("ß", "ss").replaceAll("œ", "oe");
	}
}

/** The ways to type a name. */
interface Forms {
	whole: string;
	/** From each later word to the end. */
	rests: readonly string[];
	/** The first letters of the words, as Chinese and Korean readers type them. */
	initials: string;
}

function formsOf(language: Language, name: string): Forms {
	const words = wordsOf(language, name);
	const [whole = "", ...rests] = words.map((_, from) => words.slice(from).join(""));
	return { whole, rests, initials: initialsOf(language, name, words) };
}

function rankOf({ whole, rests, initials }: Forms, letters: string): 0 | 1 | 2 | undefined {
	if (whole.startsWith(letters)) return 0;
	if (initials.includes(letters) || rests.some((rest) => rest.startsWith(letters))) return 1;
	// A single letter is in nearly every name.
	return letters.length > 1 && whole.includes(letters) ? 2 : undefined;
}

function wordsOf(language: Language, name: string): string[] {
	const words = [...new Intl.Segmenter(language, { granularity: "word" }).segment(name)].flatMap(({ segment }) => {
		const word = fold(language, segment);
		// Arabic writes the article as part of the word; readers search without it.
		return language === "ar" && word.startsWith("ال") && word.length > 4 ? ["ال", word.slice(2)] : [word];
	});
	return words.filter((word) => word !== "");
}

function initialsOf(language: Language, name: string, words: readonly string[]): string {
	if (language === "ko") return fold(language, getChoseong(name));
	return language === "zh-Hans" ? words.map((syllable) => syllable.charAt(0)).join("") : "";
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

/** In NFD, accents, vowel signs, voicing marks and tone marks are separate characters. */
const withoutMarks = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "");
const toHiragana = (kana: string) => String.fromCharCode(kana.charCodeAt(0) - 0x60);
/** In Unicode a small kana directly precedes its large one. */
const toLarge = (kana: string) => String.fromCharCode(kana.charCodeAt(0) + 1);
