import type { Language } from "../../protocol/language.ts";

/** Files, not JavaScript: a language costs nothing until it is wanted, and a damaged one breaks only itself. */
const FILES = import.meta.glob<string>("../../resources/languages/kiosk/*.json", {
	query: "?url",
	import: "default",
	eager: true,
});

/** The language's file, or null where it cannot be had: English stands in then. */
export async function fetchWords(language: Language): Promise<unknown> {
	const address = FILES[`../../resources/languages/kiosk/${language}.json`];
	if (!address) return null;
	try {
		const answer = await fetch(address);
		return answer.ok ? await answer.json() : null;
	} catch {
		return null;
	}
}
