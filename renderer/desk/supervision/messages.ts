import english from "../../../resources/languages/supervision/en.json" with { type: "json" };
import chinese from "../../../resources/languages/supervision/zh-Hans.json" with { type: "json" };
import { createMessages, type MessageKey, type Translate } from "../../i18n/messages.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";

type File = typeof english;
export type SupervisionMessageKey = MessageKey<File>;
export type SupervisionTranslate = Translate<File>;

const files = createMessages(english, chinese);

export const translateIn = (language: StaffLanguage): SupervisionTranslate => files.t(language);
