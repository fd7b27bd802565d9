/**
 * The twelve languages a visitor can choose, most asked first. Simplified Chinese is always
 * there: it stands beside the visitor's language on every ticket, call and sign.
 * Tags are BCP 47.
 */
export const LANGUAGES = ["zh-Hans", "en", "ja", "ko", "fr", "de", "it", "es", "ru", "ar", "pt", "th"] as const;

export type Language = (typeof LANGUAGES)[number];

/** Each language's own name for itself, as its readers look for it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
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
};

export type Direction = "ltr" | "rtl";

export function directionOf(language: Language): Direction {
	return language === "ar" ? "rtl" : "ltr";
}

/**
 * The tag to hand to Intl: Latin digits and the Gregorian calendar in every language. Without
 * it Thai prints the year 2569 and Arabic its own digits, which match neither ticket nor board.
 */
export function formattingLocale(language: Language): string {
	return `${language}-u-nu-latn-ca-gregory`;
}
