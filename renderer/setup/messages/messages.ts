import english from "../../../resources/languages/setup/en.json" with { type: "json" };
import chinese from "../../../resources/languages/setup/zh-Hans.json" with { type: "json" };

/* Two languages of staff without plural forms: i18next (18 KB) stays out. */

export const PAIR_LANGUAGES = ["zh-Hans", "en"] as const;
export type PairLanguage = (typeof PAIR_LANGUAGES)[number];
export type PairWord = keyof typeof english;
export type Say = (word: PairWord, values?: Readonly<Record<string, string>>) => string;

const FILES: Readonly<Record<PairLanguage, Record<PairWord, string>>> = { en: english, "zh-Hans": chinese };

/** Chinese where the browser asks for it before English, or for neither. `asked`: the browser's tags, best first. */
export function languageFor(asked: readonly string[]): PairLanguage {
	const first = asked.find((tag) => /^(zh|en)\b/i.test(tag));
	return first !== undefined && /^en\b/i.test(first) ? "en" : "zh-Hans";
}

/** Words of a language, with their values put in at `{{name}}`. */
export function wordsIn(language: PairLanguage): Say {
	return (word, values = {}) =>
		FILES[language][word].replace(/\{\{(\w+)\}\}/g, (gap, name: string) => values[name] ?? gap);
}

export function isPairWord(word: string): word is PairWord {
	return Object.hasOwn(english, word);
}
