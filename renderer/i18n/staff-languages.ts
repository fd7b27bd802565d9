import type { Language } from "../../protocol/model/language.ts";

/** The languages of the screens for staff and IT. */
export const STAFF_LANGUAGES = ["zh-Hans", "en"] as const satisfies readonly Language[];
export type StaffLanguage = (typeof STAFF_LANGUAGES)[number];

export function isStaffLanguage(tag: unknown): tag is StaffLanguage {
	return STAFF_LANGUAGES.some((language) => language === tag);
}

/** The first of the browser's languages that the screens have; `fallback` where there is none. */
export function preferredStaffLanguage(tags: readonly string[], fallback: StaffLanguage = "zh-Hans"): StaffLanguage {
	const first = tags.find((tag) => /^(zh|en)\b/i.test(tag));
	if (first === undefined) return fallback;
	return /^en\b/i.test(first) ? "en" : "zh-Hans";
}

/** A language's name for staff: "Japanese", "日语". Chinese goes without its script, which does not matter here. */
export function languageNameIn(language: Language, reader: StaffLanguage): string {
	const tag = language === "zh-Hans" ? "zh" : language;
	return new Intl.DisplayNames(reader, { type: "language" }).of(tag) ?? language;
}
