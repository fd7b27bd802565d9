import type { Language } from "../../../protocol/model/language.ts";
import { isMessageFile } from "../../i18n/message-file.ts";
import type { Messages } from "../messages/messages.ts";

const FILES = import.meta.glob<string>("../../../resources/languages/phone/*.json", {
	query: "?url",
	import: "default",
	eager: true,
});

/** Loads a language's messages; null if they cannot be loaded or are damaged. */
export async function fetchMessages(language: Language): Promise<Messages | null> {
	const address = FILES[`../../../resources/languages/phone/${language}.json`];
	if (address === undefined) return null;
	try {
		const response = await fetch(address);
		const file: unknown = response.ok ? await response.json() : null;
		return isMessageFile(file) ? file : null;
	} catch {
		return null;
	}
}
