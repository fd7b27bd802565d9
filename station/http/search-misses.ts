import type { Logger } from "pino";
import type { SearchMiss } from "../../protocol/api/health.ts";
import type { Language } from "../../protocol/model/language.ts";

/**
 * Words that found no topic in the kiosk's search, with how often: IT adds them to the catalogue. Nothing of a person:
 * what has a digit in it (a telephone, a passport) or is longer than words are is not counted. Kept until a restart;
 * the log keeps each new one.
 */
export interface SearchMisses {
	report(words: string, language: Language): void;
	/** The most frequent first. */
	list(): SearchMiss[];
}

const MAX_LENGTH = 24;
const MAX_KEPT = 500;
const MAX_LISTED = 50;

export function openSearchMisses(log: Pick<Logger, "info">): SearchMisses {
	const counts = new Map<string, SearchMiss>();
	return {
		report(typed, language) {
			const words = typed.trim().replace(/\s+/g, " ").toLocaleLowerCase(language);
			if (words.length < 2 || words.length > MAX_LENGTH || /[\p{N}@]/u.test(words)) return;
			const key = `${language} ${words}`;
			const known = counts.get(key);
			if (!known && counts.size >= MAX_KEPT) return;
			counts.set(key, { language, words, count: (known?.count ?? 0) + 1 });
			if (!known) log.info({ language, words }, "kiosk.search.missed");
		},
		list: () => [...counts.values()].sort((a, b) => b.count - a.count).slice(0, MAX_LISTED),
	};
}
