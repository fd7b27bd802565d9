import english from "../../../resources/languages/printer/en.json" with { type: "json" };
import chinese from "../../../resources/languages/printer/zh-Hans.json" with { type: "json" };
import { createPlainMessages, type PlainTranslate } from "../../i18n/plain-messages.ts";

export type PrinterMessageKey = keyof typeof english;
export type Translate = PlainTranslate<PrinterMessageKey>;

export const translateIn = createPlainMessages<PrinterMessageKey>({ en: english, "zh-Hans": chinese });
