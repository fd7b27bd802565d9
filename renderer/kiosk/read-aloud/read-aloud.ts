import type { Answer } from "../../../api-client/answer.ts";
import type { KeywordsAnswer } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { Messages } from "../../i18n/messages.ts";
import { chime } from "../../ui/chime.ts";
import { now } from "../../ui/monotonic-clock.ts";
import type { Store } from "../../ui/store.ts";
import { createVoice, play } from "../../ui/voice.ts";
import type { KioskMessageKey, KioskMessages } from "../messages/messages.ts";
import type { KioskEvent } from "../state/events.ts";
import { type Kiosk, languageOf } from "../state/state.ts";
import { changeScript } from "./announcements.ts";
import { buttonPassages, type KeysByText } from "./buttons.ts";
import { watchFocus } from "./focus.ts";
import { addressesOf, LOST, type Passage, passagesOf, sceneOf } from "./speech-script.ts";

/** Controls of the sound. */
export interface ReadAloud {
	/** Reads the screen from its beginning. */
	again(): void;
	louder(): void;
	quieter(): void;
	/** For a visitor who has just plugged in a headset. */
	setLowVolume(): void;
}

export interface ReadAloudTexts {
	messages: Messages<KioskMessages>;
	english: KioskMessages;
	/** What finds topics beside their names. */
	keywords(language: Language): Promise<Answer<KeywordsAnswer>>;
}

/** A new screen has settled by then. */
const READ_AFTER_MS = 300;
/** Between the texts of a screen, and between the characters of a number that the visitor must remember. */
const PAUSE_SECONDS = 0.3;
const LOUDNESS = { min: 0.125, low: 0.5, default: 1, max: 4, step: Math.SQRT2 };

/**
 * With reading aloud on, reads each screen and each button that gets the focus, and stops when the screen changes. With
 * or without it, rings when the kiosk asks whether the visitor is still there. Silent where clips are missing.
 */
export function startReadAloud(
	store: Store<Kiosk, KioskEvent>,
	{ messages, english, keywords }: ReadAloudTexts,
	context: AudioContext,
): ReadAloud {
	const voice = createVoice(context);
	const keys = keysByText(messages, english);
	let loudness = LOUDNESS.default;
	let reading: { volume: GainNode } | undefined;
	let known = store.read();
	let scene = "";
	let ringing: Promise<void> | undefined;
	let timer: number | undefined;
	const prepared = new Set<Language>();
	const searchWords = new Map<Language, KeywordsAnswer["topics"]>();

	const stop = () => {
		reading?.volume.disconnect();
		reading = undefined;
	};
	async function read(passages: readonly Passage[] = passagesOf(store.read())): Promise<void> {
		window.clearTimeout(timer);
		timer = undefined;
		stop();
		const own = { volume: context.createGain() };
		own.volume.gain.value = loudness;
		own.volume.connect(context.destination);
		reading = own;
		// A listener is present: the time to answer starts after the question has been read.
		const keepAwake = () => reading === own && store.dispatch({ type: "touched", time: now() });
		for (const { language, script } of passages) {
			if (script.length === 0) continue;
			const sounds = await voice.choose(language, (speech) => addressesOf(speech, script));
			await ringing;
			// The screen may have changed in the meantime.
			if (reading !== own) return;
			if (sounds === null) continue;
			await context.resume();
			await play(context, sounds, own.volume, PAUSE_SECONDS, keepAwake);
			if (reading !== own) return;
		}
	}
	/** Before the question, not over it. */
	async function ring(): Promise<void> {
		await context.resume();
		await chime(context);
	}
	const handleChange = () => {
		const before = known;
		known = store.read();
		if (known.overlay.kind === "idle" && before.overlay.kind !== "idle") ringing = ring();
		const isOn = known.modes.readAloud === "on";
		const shown = isOn ? sceneOf(known) : "";
		if (shown !== scene) {
			scene = shown;
			stop();
			window.clearTimeout(timer);
			timer = isOn ? window.setTimeout(() => void read(), READ_AFTER_MS) : undefined;
			if (!isOn) loudness = LOUDNESS.default;
		} else if (isOn) {
			const language = languageOf(known.state);
			const script = changeScript(before, known, language && searchWords.get(language));
			if (language !== undefined && script.length > 0) void read([{ language, script }]);
		}
		if (isOn) prepareForLoss(known);
		if (known.state.at === "search" && before.state.at !== "search") void loadSearchWords(known.state.language);
	};
	const loadSearchWords = async (language: Language) => {
		const answer = await keywords(language);
		if (answer.kind === "ok") searchWords.set(language, answer.value.topics);
	};
	/** Without the station the message of its loss cannot be loaded: it is loaded before. */
	const prepareForLoss = ({ state }: Kiosk) => {
		for (const language of [languageOf(state) ?? "zh-Hans", "en"] as const) {
			if (prepared.has(language)) continue;
			prepared.add(language);
			void voice.choose(language, (speech) => addressesOf(speech, LOST));
		}
	};
	const setLoudness = (value: number) => {
		loudness = Math.min(LOUDNESS.max, Math.max(LOUDNESS.min, value));
		void read();
	};
	const isReadingAloud = () => store.read().modes.readAloud === "on";
	store.subscribe(handleChange);
	handleChange();
	watchFocus((button) => {
		// A new screen that is about to be read has moved the focus itself.
		if (!isReadingAloud() || timer !== undefined) return;
		const passages = buttonPassages(store.read(), button, keys);
		if (passages.length > 0) void read(passages);
	});
	return {
		again: () => void read(),
		louder: () => isReadingAloud() && setLoudness(loudness * LOUDNESS.step),
		quieter: () => isReadingAloud() && setLoudness(loudness / LOUDNESS.step),
		setLowVolume() {
			loudness = LOUDNESS.low;
		},
	};
}

/** Message keys by their texts in each language. Only messages without values have clips. */
function keysByText(messages: Messages<KioskMessages>, english: KioskMessages): KeysByText {
	const known = new Map<Language, ReadonlyMap<string, string>>();
	return (language) => {
		const found = known.get(language);
		if (found) return found;
		const t = messages.t(language);
		const withClips = (Object.keys(english) as (keyof KioskMessages)[]).filter((key) => !english[key].includes("{{"));
		const keys = new Map(withClips.map((key) => [t(key as KioskMessageKey), key]));
		if (messages.has(language)) known.set(language, keys);
		return keys;
	};
}
