import type { Language } from "../../../protocol/model/language.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../i18n/languages.ts";
import type { Kiosk } from "../state/state.ts";
import { keySpoken } from "./announcements.ts";
import {
	CHOSEN,
	NOT_CHOSEN,
	offerOf,
	type Part,
	type Passage,
	type SpeechScript,
	topicWithWait,
} from "./speech-script.ts";

/** A button as it is written: its texts, each with its language, and whether it is pressed, where it can be. */
export interface Written {
	texts: readonly { text: string; language: Language }[];
	pressed: boolean | undefined;
}

/** The screens' own words by their text: which key of the language's file it is. */
export type KeysByText = (language: Language) => ReadonlyMap<string, string>;

/**
 * What a button says of itself to whoever comes to it: by the clips of what is written on it, so that no screen has to
 * tell. Its first text is its name: where that has no clip it is silent. Figures after it are left out.
 */
export function buttonSpoken(kiosk: Kiosk, written: Written, keys: KeysByText): readonly Passage[] {
	const [first] = written.texts;
	if (first === undefined) return [];
	const named = kiosk.visit.at === "languages" && LANGUAGES.find((one) => LANGUAGE_NAMES[one] === first.text);
	if (named) return [offerOf(named)];
	return LANGUAGES.flatMap((language) => {
		const texts = written.texts.filter((one) => one.language === language).map(({ text }) => text);
		const spoken = textsSpoken(kiosk, language, texts, keys(language));
		return spoken.length === 0 ? [] : [{ language, spoken: [...spoken, ...state(written.pressed)] }];
	});
}

function textsSpoken(kiosk: Kiosk, language: Language, texts: readonly string[], keys: ReadonlyMap<string, string>) {
	const [name = "", ...others] = texts;
	const known = kiosk.topics[language];
	const topic = known?.topics.find((one) => one.name === name);
	if (topic) return topicWithWait(topic);
	const word = (text: string): SpeechScript => {
		const key = keys.get(text);
		return key === undefined ? [] : [{ clip: `kiosk.${key}` }];
	};
	const otherSites = known?.otherSites.find((one) => one.name === name);
	if (otherSites) return [{ clip: `topic.${otherSites.id}` }, ...others.flatMap(word)];
	const first = [...word(name), ...(keys.has(name) ? [] : keySpoken(name))];
	return first.length === 0 ? [] : [...first, ...others.flatMap(word)];
}

function state(pressed: boolean | undefined): Part[] {
	if (pressed === undefined) return [];
	return [pressed ? CHOSEN : NOT_CHOSEN];
}
