import type { Language } from "../../../protocol/model/language.ts";
import type english from "../../../resources/languages/board/en.json";
import { isolated } from "../../i18n/languages.ts";

/*
 * The board's few words in all twelve languages: they come with the page, because any row may need
 * any of them. They have no plural forms, so i18n/words.ts (which brings i18next, 18 KB) stays out.
 */

export type BoardMessageKey = keyof typeof english;
type Values = Readonly<Record<string, string>>;

const files = import.meta.glob<Partial<typeof english>>("../../../resources/languages/board/*.json", {
	eager: true,
	import: "default",
});

/** A word in a language, with its values put in at `{{name}}`. */
export function t(language: Language, word: BoardMessageKey, values: Values = {}): string {
	const text = files[`../../../resources/languages/board/${language}.json`]?.[word] ?? "";
	return text.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => isolated(language, values[name] ?? gap));
}

/** All words of a language in one string: what its fonts have to draw. */
export function textOf(language: Language): string {
	return Object.values(files[`../../../resources/languages/board/${language}.json`] ?? {}).join("");
}
