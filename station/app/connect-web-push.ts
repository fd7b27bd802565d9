import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../protocol/model/language.ts";
import type english from "../../resources/languages/phone/en.json";
import type { TicketService } from "../tickets/ticket-service.ts";
import { readOwnKey } from "../web-push/own-key.ts";
import { openSubscriptions } from "../web-push/subscriptions.ts";
import { NO_WEB_PUSH, openWebPush, type WebPush } from "../web-push/web-push.ts";
import type { Foundation } from "./foundation.ts";

/** Notifications on phones, where IT gave a key for them. Throws UserError WEB_PUSH_KEY_REFUSED. */
export function connectWebPush(
	opened: AsyncDisposableStack,
	{ configuration, database, files, clock, log, changes }: Foundation,
	tickets: TicketService,
): WebPush {
	const { webPush: settings } = configuration;
	const subscriptions = openSubscriptions(database);
	if (settings === undefined) {
		// IT took its key away: nothing of those phones stays.
		subscriptions.deleteAll();
		return NO_WEB_PUSH;
	}
	const webPush = opened.adopt(
		openWebPush({
			...{ subscriptions, tickets, clock, log, services: settings.services },
			key: readOwnKey(settings.key, settings.contact),
			say: openTexts(files.languages),
		}),
		(one) => one.close(),
	);
	changes.subscribe(webPush.notify);
	return webPush;
}

/** The words of the phone's page: a notification says what the page would. */
function openTexts(folder: string) {
	const loaded = new Map<Language, typeof english>();
	const textsOf = (language: Language) => {
		const texts: typeof english =
			loaded.get(language) ?? JSON.parse(readFileSync(join(folder, "phone", `${language}.json`), "utf8"));
		loaded.set(language, texts);
		return texts;
	};
	return (kind: "next" | "called", language: Language, counter: string | null) => {
		const { next, nextHint, called } = textsOf(language);
		return kind === "next" ? `${next}. ${nextHint}` : called.replace("{{counter}}", counter ?? "");
	};
}
