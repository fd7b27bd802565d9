import type { Language } from "../../../protocol/model/language.ts";
import type english from "../../../resources/languages/phone/en.json";
import { isolated } from "../../i18n/languages.ts";

/*
 * A phone loads one language, not twelve. The words have no plural forms (a label and a figure
 * instead), so i18next, 18 KB over a visitor's own data plan, stays out.
 */

export type PhoneWord = keyof typeof english;
export type Words = Readonly<Partial<Record<PhoneWord, string>>>;
export type Say = (word: PhoneWord, values?: Readonly<Record<string, string | number>>) => string;

/** Says a language's word with its values put in at `{{name}}`. */
export function sayFrom(language: Language, words: Words): Say {
	return (word, values = {}) =>
		(words[word] ?? "").replace(/\{\{(\w+)\}\}/g, (gap, name: string) => isolated(language, values[name] ?? gap));
}
