import english from "../../../resources/languages/setup/en.json" with { type: "json" };
import chinese from "../../../resources/languages/setup/zh-Hans.json" with { type: "json" };

/* Two languages of staff without plural forms: i18next (18 KB) stays out. */

export const SETUP_LANGUAGES = ["zh-Hans", "en"] as const;
export type SetupLanguage = (typeof SETUP_LANGUAGES)[number];
export type SetupMessageKey = keyof typeof english;
export type Translate = (word: SetupMessageKey, values?: Readonly<Record<string, string>>) => string;

const FILES: Readonly<Record<SetupLanguage, Record<SetupMessageKey, string>>> = { en: english, "zh-Hans": chinese };

/** Chinese where the browser asks for it before English, or for neither. `asked`: the browser's tags, best first. */
export function languageFor(asked: readonly string[]): SetupLanguage {
	const first = asked.find((tag) => /^(zh|en)\b/i.test(tag));
	return first !== undefined && /^en\b/i.test(first) ? "en" : "zh-Hans";
}

/** Words of a language, with their values put in at `{{name}}`. */
export function wordsIn(language: SetupLanguage): Translate {
	return (word, values = {}) =>
		FILES[language][word].replace(/\{\{(\w+)\}\}/g, (gap, name: string) => values[name] ?? gap);
}

export function isSetupMessageKey(word: string): word is SetupMessageKey {
	return Object.hasOwn(english, word);
}
