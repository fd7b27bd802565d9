import type { Language } from "../../../protocol/model/language.ts";
import type { MessageFile, Messages } from "../../i18n/messages.ts";
import type { MessageLoadResult } from "./kiosk-effects.ts";

/** Files, not JavaScript: a language costs nothing until it is wanted, and a damaged one breaks only itself. */
const FILES = import.meta.glob<string>("../../../resources/languages/kiosk/*.json", {
	query: "?url",
	import: "default",
	eager: true,
});

/** Brings a language's file to the words, once. Until it has come English stands in. */
export async function bringWords<File extends MessageFile>(
	messages: Messages<File>,
	language: Language,
): Promise<MessageLoadResult> {
	if (messages.has(language)) return "here";
	const address = FILES[`../../../resources/languages/kiosk/${language}.json`];
	if (!address) return "not-come";
	try {
		const answer = await fetch(address);
		if (!answer.ok) return "not-come";
		const text = await answer.text();
		return messages.add(language, parsed(text)) ? "here" : "damaged";
	} catch {
		return "not-come";
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
