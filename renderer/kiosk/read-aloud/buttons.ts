import { LANGUAGE_NAMES, LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import type { Kiosk } from "../state/state.ts";
import { keyScript } from "./announcements.ts";
import {
	languageOffer,
	NOT_SELECTED,
	type Part,
	type Passage,
	SELECTED,
	type SpeechScript,
	topicWithWait,
} from "./speech-script.ts";

/** A button's texts, each with its language, and its aria-pressed. */
export interface ButtonTexts {
	texts: readonly { text: string; language: Language }[];
	pressed: boolean | undefined;
}

/** Message keys by their text in a language. */
export type KeysByText = (language: Language) => ReadonlyMap<string, string>;

/**
 * Finds the clips of a button by its texts, so that screens need no code for it. The first text is the button's name:
 * without a clip of it nothing is read. Numbers after it are left out.
 */
export function buttonPassages(kiosk: Kiosk, button: ButtonTexts, keys: KeysByText): readonly Passage[] {
	const [first] = button.texts;
	if (first === undefined) return [];
	const named = kiosk.state.at === "languages" && LANGUAGES.find((one) => LANGUAGE_NAMES[one] === first.text);
	if (named) return [languageOffer(named)];
	return LANGUAGES.flatMap((language) => {
		const texts = button.texts.filter((one) => one.language === language).map(({ text }) => text);
		const script = textsScript(kiosk, language, texts, keys(language));
		return script.length === 0 ? [] : [{ language, script: [...script, ...pressedScript(button.pressed)] }];
	});
}

function textsScript(kiosk: Kiosk, language: Language, texts: readonly string[], keys: ReadonlyMap<string, string>) {
	const [name = "", ...others] = texts;
	const known = kiosk.topics[language];
	const topic = known?.topics.find((one) => one.name === name);
	if (topic) return topicWithWait(topic);
	const messageClip = (text: string): SpeechScript => {
		const key = keys.get(text);
		return key === undefined ? [] : [{ clip: `kiosk.${key}` }];
	};
	const otherSites = known?.otherSites.find((one) => one.name === name);
	if (otherSites) return [{ clip: `topic.${otherSites.id}` }, ...others.flatMap(messageClip)];
	const first = [...messageClip(name), ...(keys.has(name) ? [] : keyScript(name))];
	return first.length === 0 ? [] : [...first, ...others.flatMap(messageClip)];
}

function pressedScript(pressed: boolean | undefined): Part[] {
	if (pressed === undefined) return [];
	return [pressed ? SELECTED : NOT_SELECTED];
}
