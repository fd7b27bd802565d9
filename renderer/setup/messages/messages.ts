import english from "../../../resources/languages/setup/en.json" with { type: "json" };
import chinese from "../../../resources/languages/setup/zh-Hans.json" with { type: "json" };
import { createPlainMessages, type PlainTranslate } from "../../i18n/plain-messages.ts";

export type SetupMessageKey = keyof typeof english;
export type Translate = PlainTranslate<SetupMessageKey>;

export const translateIn = createPlainMessages<SetupMessageKey>({ en: english, "zh-Hans": chinese });

export function isSetupMessageKey(key: string): key is SetupMessageKey {
	return Object.hasOwn(english, key);
}
