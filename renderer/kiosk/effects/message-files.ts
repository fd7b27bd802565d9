import type { Language } from "../../../protocol/model/language.ts";
import type { MessageFile, Messages } from "../../i18n/messages.ts";
import type { MessageLoadResult } from "./language-loader.ts";

/** Files, not JavaScript: a language costs nothing until it is selected, and a damaged file breaks only itself. */
const FILES = import.meta.glob<string>("../../../resources/languages/kiosk/*.json", {
	query: "?url",
	import: "default",
	eager: true,
});

/** Loads languages' files into the messages, each once. Until one is loaded it is in English. */
export function createMessageLoader<File extends MessageFile>(
	messages: Messages<File>,
): (language: Language) => Promise<MessageLoadResult> {
	// The messages may have a language's first texts already, so what they have does not tell.
	const loaded = new Set<Language>();
	return async (language) => {
		if (loaded.has(language)) return "loaded";
		const address = FILES[`../../../resources/languages/kiosk/${language}.json`];
		if (!address) return "unavailable";
		try {
			const response = await fetch(address);
			if (!response.ok) return "unavailable";
			if (!messages.add(language, parseJson(await response.text()))) return "damaged";
			loaded.add(language);
			return "loaded";
		} catch {
			return "unavailable";
		}
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
