import english from "../../../resources/languages/supervision/en.json" with { type: "json" };
import chinese from "../../../resources/languages/supervision/zh-Hans.json" with { type: "json" };
import { createWords, type Say, type WordKey } from "../../i18n/messages.ts";
import type { StaffLanguage } from "../messages/messages.ts";

type Files = typeof english;
export type SupervisionWord = WordKey<Files>;
export type SaySupervision = Say<Files>;

const files = createWords(english, chinese);

export const sayIn = (language: StaffLanguage): SaySupervision => files.say(language);

/** Whether there is a word of that name: what the station tells may be newer than this screen. */
export const isSupervisionWord = (word: string): word is SupervisionWord => Object.hasOwn(english, word);
