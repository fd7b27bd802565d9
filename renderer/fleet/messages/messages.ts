import type { FleetLanguage } from "../../../protocol/api/fleet.ts";
import english from "../../../resources/languages/fleet/en.json" with { type: "json" };
import chinese from "../../../resources/languages/fleet/zh-Hans.json" with { type: "json" };
import { createWords, type WordKey, type Say as WordSay } from "../../i18n/messages.ts";

/** The two languages of IT: those of protocol/api/fleet.ts, without its schemas. */
export const FLEET_LANGUAGES = ["zh-Hans", "en"] as const satisfies readonly FleetLanguage[];
export type { FleetLanguage };

type Files = typeof english;
export type Word = WordKey<Files>;
export type Say = WordSay<Files>;

const files = createWords(english, chinese);
export const sayIn = (language: FleetLanguage): Say => files.say(language);

/** What a code is called, where the page has a word for it; else the code itself, which can be looked up. */
export function sayCode(say: Say, stem: string, code: string): string {
	const key = `${stem}.${code}`;
	return key in english ? say(key as Word) : code;
}
