import type { Language } from "../../../protocol/model/language.ts";
import type { Messages } from "../messages/messages.ts";

const FILES = import.meta.glob<string>("../../../resources/languages/phone/*.json", {
	query: "?url",
	import: "default",
	eager: true,
});

/** The language's words, or null where they cannot be had just now. */
export async function fetchMessages(language: Language): Promise<Messages | null> {
	const address = FILES[`../../../resources/languages/phone/${language}.json`];
	if (address === undefined) return null;
	try {
		const answer = await fetch(address);
		return answer.ok ? ((await answer.json()) as Messages) : null;
	} catch {
		return null;
	}
}
