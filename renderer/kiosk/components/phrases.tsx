import type { Language } from "../../../protocol/model/language.ts";
import { phrasesOf } from "../../i18n/phrases.ts";
import { useMessages } from "./context.ts";

/** A text whose lines break between words, in languages without spaces too. `lang` is its own, if not the page's. */
export function Phrases({ text, lang }: { text: string; lang?: Language | undefined }) {
	const { language } = useMessages();
	const phrases = phrasesOf(text, lang ?? language);
	if (phrases.length === 1) return text;
	return phrases.map((phrase, place) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: a text may have the same word twice, and its words do not move.
		<span key={place} data-phrase="">
			{phrase}
		</span>
	));
}
