import type { Language } from "../../../protocol/model/language.ts";
import type { StaffLanguage } from "./messages.ts";

/** A visitor's language in the words of staff; its own name is in i18n/languages.ts. */
export function languageNameIn(language: Language, reader: StaffLanguage): string {
	// "Chinese" is enough to find a colleague by; the script is of no use here.
	const tag = language === "zh-Hans" ? "zh" : language;
	return new Intl.DisplayNames(reader, { type: "language" }).of(tag) ?? language;
}
