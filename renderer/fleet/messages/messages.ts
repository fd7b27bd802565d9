import type { FleetLanguage } from "../../../protocol/api/fleet.ts";
import english from "../../../resources/languages/fleet/en.json" with { type: "json" };
import chinese from "../../../resources/languages/fleet/zh-Hans.json" with { type: "json" };
import { createMessages, type MessageKey, type Translate as WordSay } from "../../i18n/messages.ts";

/** The two languages of IT: those of protocol/api/fleet.ts, without its schemas. */
export const FLEET_LANGUAGES = ["zh-Hans", "en"] as const satisfies readonly FleetLanguage[];
export type { FleetLanguage };

type Files = typeof english;
export type Word = MessageKey<Files>;
export type Translate = WordSay<Files>;

const files = createMessages(english, chinese);
export const translateIn = (language: FleetLanguage): Translate => files.t(language);

/** What a code is called, where the page has a word for it; else the code itself, which can be looked up. */
export function messageOfCode(t: Translate, stem: string, code: string): string {
	const key = `${stem}.${code}`;
	return key in english ? t(key as Word) : code;
}
