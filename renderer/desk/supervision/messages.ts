import english from "../../../resources/languages/supervision/en.json" with { type: "json" };
import chinese from "../../../resources/languages/supervision/zh-Hans.json" with { type: "json" };
import { createMessages, type MessageKey, type Translate } from "../../i18n/messages.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";

type Files = typeof english;
export type SupervisionMessageKey = MessageKey<Files>;
export type SupervisionTranslate = Translate<Files>;

const files = createMessages(english, chinese);

export const translateIn = (language: StaffLanguage): SupervisionTranslate => files.t(language);

/** Whether there is a word of that name: what the station tells may be newer than this screen. */
export const isSupervisionMessageKey = (word: string): word is SupervisionMessageKey => Object.hasOwn(english, word);
