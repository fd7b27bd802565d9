import type { StaffLanguage } from "./staff-languages.ts";

/** Messages without plural forms, for small pages: they need no i18next, which is 18 KB. */
export type PlainTranslate<Key extends string> = (key: Key, values?: Readonly<Record<string, string>>) => string;

/** Replaces each `{{name}}` by its value. */
export function createPlainMessages<Key extends string>(
	files: Readonly<Record<StaffLanguage, Readonly<Record<Key, string>>>>,
): (language: StaffLanguage) => PlainTranslate<Key> {
	return (language) =>
		(key, values = {}) =>
			files[language][key].replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}
