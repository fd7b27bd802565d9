import type { Direction, Language } from "../../protocol/model/language.ts";

/*
 * The values of protocol/model/language.ts without its schema: zod would cost a visitor's screen a
 * quarter of its JavaScript. A test holds the two against each other.
 */

/** Each language's own name for itself, most asked first. */
export const LANGUAGE_NAMES = {
	"zh-Hans": "简体中文",
	en: "English",
	ja: "日本語",
	ko: "한국어",
	fr: "Français",
	de: "Deutsch",
	it: "Italiano",
	es: "Español",
	ru: "Русский",
	ar: "العربية",
	pt: "Português",
	th: "ไทย",
} as const satisfies Record<Language, string>;

export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as Language[];

export function directionOf(language: Language): Direction {
	return language === "ar" ? "rtl" : "ltr";
}

/** Latin digits and the Gregorian calendar, as on the ticket and the board. */
export function formattingLocale(language: Language): string {
	return `${language}-u-nu-latn-ca-gregory`;
}

/** First strong isolate and its end: the text between them keeps its own direction, and the text around it keeps its. */
const [ISOLATE, END] = ["\u2068", "\u2069"];

/**
 * A value as it stands in a sentence: a number, a code or a time in a line from right to left is a piece of its own, as
 * in <bdi>. From left to right there is nothing to keep apart.
 */
export function isolated(language: Language, value: string | number): string {
	return directionOf(language) === "rtl" ? `${ISOLATE}${value}${END}` : String(value);
}
