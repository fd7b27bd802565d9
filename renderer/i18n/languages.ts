import type { Direction, Language } from "../../protocol/model/language.ts";

/*
 * The values of protocol/model/language.ts without its schema: zod would be a quarter of the kiosk's JavaScript. A test
 * compares the two.
 */

/** Each language's own name, the most used first. */
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

/** First strong isolate and pop directional isolate. */
const [ISOLATE, END] = ["\u2068", "\u2069"];

/** Isolates a value (a number, code or time) in right-to-left text, like <bdi>, so that its direction cannot mix with the sentence's. */
export function isolate(language: Language, value: string | number): string {
	return directionOf(language) === "rtl" ? `${ISOLATE}${value}${END}` : String(value);
}
