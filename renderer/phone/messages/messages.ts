import type { Language } from "../../../protocol/model/language.ts";
import type english from "../../../resources/languages/phone/en.json";
import { isolate } from "../../i18n/isolate.ts";

/*
 * A phone loads only one language. Messages have no plural forms (a label and a number instead), so the page does
 * without i18next: 18 KB of a visitor's data plan.
 */

export type PhoneMessageKey = keyof typeof english;
export type Messages = Readonly<Partial<Record<PhoneMessageKey, string>>>;
export type Translate = (key: PhoneMessageKey, values?: Readonly<Record<string, string | number>>) => string;

/** Messages in a language, with values in place of `{{name}}`. A missing message is empty. */
export function createTranslate(language: Language, messages: Messages): Translate {
	return (key, values = {}) =>
		(messages[key] ?? "").replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) =>
			isolate(language, values[name] ?? placeholder),
		);
}
