import english from "../../../resources/languages/printer/en.json" with { type: "json" };
import chinese from "../../../resources/languages/printer/zh-Hans.json" with { type: "json" };

/* Few words without plural forms: i18next (18 KB) stays out. */

export type PrinterLanguage = "en" | "zh-Hans";
export type PrinterMessageKey = keyof typeof english;
export type Translate = (word: PrinterMessageKey, values?: Readonly<Record<string, string>>) => string;

const FILES: Readonly<Record<PrinterLanguage, Record<PrinterMessageKey, string>>> = { en: english, "zh-Hans": chinese };

/** Chinese where the browser asks for it before English; English otherwise. `asked`: the browser's tags, best first. */
export function languageFor(asked: readonly string[]): PrinterLanguage {
	const first = asked.find((tag) => /^(zh|en)\b/i.test(tag));
	return first !== undefined && /^zh\b/i.test(first) ? "zh-Hans" : "en";
}

/** Words of a language, with their values put in at `{{name}}`. */
export function wordsIn(language: PrinterLanguage): Translate {
	return (word, values = {}) =>
		FILES[language][word].replace(/\{\{(\w+)\}\}/g, (gap, name: string) => values[name] ?? gap);
}
