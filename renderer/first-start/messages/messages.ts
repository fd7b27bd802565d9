import english from "../../../resources/languages/first-start/en.json" with { type: "json" };
import chinese from "../../../resources/languages/first-start/zh-Hans.json" with { type: "json" };
import { createPlainMessages, type PlainTranslate } from "../../i18n/plain-messages.ts";
import type { Failure } from "../effects/first-start-effects.ts";

type MessageKey = keyof typeof english;
export type Translate = PlainTranslate<MessageKey>;

export const translateIn = createPlainMessages<MessageKey>({ en: english, "zh-Hans": chinese });

function isMessageKey(key: string): key is MessageKey {
	return Object.hasOwn(english, key);
}

/** A failure as one sentence: what it says in detail, else its code's, else that it was not done. */
export function failureText({ code, detail }: Failure, t: Translate): string {
	const key = [`failed.${detail}`, `failed.${code}`].find(isMessageKey);
	return key === undefined ? t("failed", { code }) : t(key as MessageKey);
}
