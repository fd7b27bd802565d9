import type { RejectedEntry } from "./rejected-entry.ts";
import type { Translation } from "./translations.ts";

/** One word for the search, however its writer typed it: in capitals, wide letters, with accents, spaces or soft hyphens. */
const asTyped = (word: string, language: string) =>
	word
		.toLocaleLowerCase(language)
		.normalize("NFKD")
		.replace(/[\u0300-\u036f\u00ad\u200b-\u200d\s]/gu, "");

/** Without the words that name two topics of one language: such a word would send half of its visitors to the wrong one. */
export function dropSharedKeywords(translations: readonly Translation[], rejected: RejectedEntry[]): Translation[] {
	const owners = new Map<string, Set<string>>();
	const keyOf = (language: string, word: string) => `${language} ${asTyped(word, language)}`;
	for (const { entity, field, language, id, text } of translations) {
		if (field !== "keywords" && !(entity === "service" && field === "name")) continue;
		for (const word of text.split("\n")) {
			const key = keyOf(language, word);
			owners.set(key, (owners.get(key) ?? new Set()).add(id));
		}
	}
	return translations.flatMap((translation) => {
		if (translation.field !== "keywords") return [translation];
		const { language, id, text } = translation;
		const kept = text.split("\n").filter((word) => {
			const topics = owners.get(keyOf(language, word)) ?? new Set();
			if (topics.size > 1) {
				const file = `translations/${language}.json`;
				const reason = `the keyword "${word}" names several topics (${[...topics].join(", ")}) and is left out`;
				rejected.push({ file, entry: `services.${id}`, reason });
			}
			return topics.size <= 1;
		});
		return kept.length > 0 ? [{ ...translation, text: kept.join("\n") }] : [];
	});
}
