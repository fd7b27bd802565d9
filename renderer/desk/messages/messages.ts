import english from "../../../resources/languages/desk/en.json" with { type: "json" };
import chinese from "../../../resources/languages/desk/zh-Hans.json" with { type: "json" };
import { createMessages, type MessageKey, type Translate } from "../../i18n/messages.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";

type File = typeof english;
export type DeskMessageKey = MessageKey<File>;

export interface Messages {
	language: StaffLanguage;
	t: Translate<File>;
}

const files = createMessages(english, chinese);

export function messagesFor(language: StaffLanguage): Messages {
	return { language, t: files.t(language) };
}
