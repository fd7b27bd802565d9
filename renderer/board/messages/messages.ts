import type { Language } from "../../../protocol/model/language.ts";
import type english from "../../../resources/languages/board/en.json";
import { isolate } from "../../i18n/isolate.ts";

/*
 * The board's messages in all twelve languages, loaded with the page, because any row may need any of them. They have
 * no plural forms, so the board does without i18n/messages.ts and its i18next (18 KB).
 */

export type BoardMessageKey = keyof typeof english;
type Values = Readonly<Record<string, string | number>>;

const files = import.meta.glob<Partial<typeof english>>("../../../resources/languages/board/*.json", {
	eager: true,
	import: "default",
});

/** A message in a language, with values in place of `{{name}}`. */
export function t(language: Language, key: BoardMessageKey, values: Values = {}): string {
	const text = files[`../../../resources/languages/board/${language}.json`]?.[key] ?? "";
	return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => isolate(language, values[name] ?? placeholder));
}

/** All messages of a language in one string, to load their fonts. */
export function textOf(language: Language): string {
	return Object.values(files[`../../../resources/languages/board/${language}.json`] ?? {}).join("");
}
