import english from "../../../resources/languages/desk/en.json" with { type: "json" };
import chinese from "../../../resources/languages/desk/zh-Hans.json" with { type: "json" };
import { createMessages, type MessageKey, type Translate } from "../../i18n/messages.ts";

/** The two languages of staff. */
export const STAFF_LANGUAGES = ["zh-Hans", "en"] as const;
export type StaffLanguage = (typeof STAFF_LANGUAGES)[number];

export function isStaffLanguage(tag: unknown): tag is StaffLanguage {
	return STAFF_LANGUAGES.some((language) => language === tag);
}

type Files = typeof english;
export type Word = MessageKey<Files>;

export interface Messages {
	language: StaffLanguage;
	t: Translate<Files>;
}

const files = createMessages(english, chinese);

export function messagesFor(language: StaffLanguage): Messages {
	return { language, t: files.t(language) };
}
