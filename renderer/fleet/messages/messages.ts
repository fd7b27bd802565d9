import english from "../../../resources/languages/fleet/en.json" with { type: "json" };
import chinese from "../../../resources/languages/fleet/zh-Hans.json" with { type: "json" };
import { createMessages, type MessageKey, type Translate as MessageTranslate } from "../../i18n/messages.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";

type File = typeof english;
export type FleetMessageKey = MessageKey<File>;
export type Translate = MessageTranslate<File>;

const files = createMessages(english, chinese);
export const translateIn = (language: StaffLanguage): Translate => files.t(language);

/** The text for a code, or the code itself where this page is older than the code. */
export function messageOfCode(t: Translate, stem: string, code: string): string {
	const key = `${stem}.${code}`;
	return key in english ? t(key as FleetMessageKey) : code;
}
