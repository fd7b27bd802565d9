import type { Language } from "../../../protocol/model/language.ts";
import type english from "../../../resources/languages/phrases/en.json";

export type Phrase = keyof typeof english;
export type Phrases = Readonly<Record<Phrase, string>>;

/** One file for each language, loaded when its phrases are first opened. */
const files = import.meta.glob<Phrases>("../../../resources/languages/phrases/*.json", { import: "default" });

export async function phrasesIn(language: Language): Promise<Phrases> {
	const file = files[`../../../resources/languages/phrases/${language}.json`];
	if (file === undefined) throw new Error(`There are no phrases in ${language}.`);
	return file();
}

/** A key for each of the twenty: the row of digits, and the row of letters below it. */
export const PHRASE_KEYS = [..."1234567890QWERTYUIOP"] as const;

/** The index of the phrase for a key, whatever the keyboard's layout; -1 for none. */
export function phraseForKey({ key, code }: Pick<KeyboardEvent, "key" | "code">): number {
	const own = PHRASE_KEYS.indexOf(key.toUpperCase());
	return own >= 0 ? own : PHRASE_KEYS.indexOf(/^(?:Key|Digit)(\w)$/.exec(code)?.[1] ?? "");
}
