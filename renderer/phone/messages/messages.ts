import type { Language } from "../../../protocol/model/language.ts";
import type english from "../../../resources/languages/phone/en.json";
import { isolated } from "../../i18n/languages.ts";

/*
 * A phone loads one language, not twelve. The words have no plural forms (a label and a figure
 * instead), so i18next, 18 KB over a visitor's own data plan, stays out.
 */

export type PhoneMessageKey = keyof typeof english;
export type Messages = Readonly<Partial<Record<PhoneMessageKey, string>>>;
export type Translate = (word: PhoneMessageKey, values?: Readonly<Record<string, string | number>>) => string;

/** Says a language's word with its values put in at `{{name}}`. */
export function sayFrom(language: Language, messages: Messages): Translate {
	return (word, values = {}) =>
		(messages[word] ?? "").replace(/\{\{(\w+)\}\}/g, (gap, name: string) => isolated(language, values[name] ?? gap));
}
