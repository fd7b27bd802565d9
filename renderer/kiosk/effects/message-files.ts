import type { Language } from "../../../protocol/model/language.ts";
import type { MessageFile, Messages } from "../../i18n/messages.ts";
import type { MessageLoadResult } from "./language-loader.ts";

/** Files, not JavaScript: a language costs nothing until it is selected, and a damaged file breaks only itself. */
const FILES = import.meta.glob<string>("../../../resources/languages/kiosk/*.json", {
	query: "?url",
	import: "default",
	eager: true,
});

/** Loads a language's file into the messages, once. Until it is loaded they are in English. */
export async function loadMessages<File extends MessageFile>(
	messages: Messages<File>,
	language: Language,
): Promise<MessageLoadResult> {
	if (messages.has(language)) return "loaded";
	const address = FILES[`../../../resources/languages/kiosk/${language}.json`];
	if (!address) return "unavailable";
	try {
		const response = await fetch(address);
		if (!response.ok) return "unavailable";
		const text = await response.text();
		return messages.add(language, parseJson(text)) ? "loaded" : "damaged";
	} catch {
		return "unavailable";
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
