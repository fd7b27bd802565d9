import type { Language } from "../../../protocol/model/language.ts";
import type { Messages } from "../../i18n/messages.ts";
import { chime } from "../../ui/chime.ts";
import type { Store } from "../../ui/store.ts";
import { createVoice, play } from "../../ui/voice.ts";
import { now } from "../effects/monotonic-clock.ts";
import type { KioskMessageKey, KioskMessages } from "../messages/messages.ts";
import { type Kiosk, type KioskEvent, languageOf } from "../state/state.ts";
import { newsOf } from "./announcements.ts";
import { buttonSpoken, type KeysByText } from "./buttons.ts";
import { watchFocus } from "./focus.ts";
import { addressesOf, LOST, type Passage, passagesOf, sceneOf } from "./speech-script.ts";

/** Everything of the kiosk that sounds. */
export interface ReadAloud {
	/** Reads the screen from its beginning. */
	again(): void;
	louder(): void;
	quieter(): void;
	/** As one begins who has a headset on. */
	gentle(): void;
}

/** A new screen has come to rest by then, in milliseconds. */
const SETTLED_AFTER = 300;
/** Seconds between the texts of a screen, and between the signs of a number that is to be remembered. */
const BETWEEN_TEXTS = 0.3;
const LOUDNESS = { least: 0.125, gentle: 0.5, usual: 1, most: 4, step: Math.SQRT2 };

/**
 * Reads each screen aloud while the visitor wants it, and each button that the focus comes to; stops when the screen
 * changes; rings before the screen starts again by itself, whoever is there. Where the language's clips do not suffice
 * it stays silent.
 */
export function startReadAloud(
	store: Store<Kiosk, KioskEvent>,
	{ messages, english }: { messages: Messages<KioskMessages>; english: KioskMessages },
	context: AudioContext,
): ReadAloud {
	const voice = createVoice(context);
	const keys = keysByText(messages, english);
	let loudness = LOUDNESS.usual;
	let reading: { volume: GainNode } | undefined;
	let known = store.read();
	let scene = "";
	let ringing: Promise<void> | undefined;
	let timer: number | undefined;
	const prepared = new Set<Language>();

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
		// Whoever listens is here: the time to answer begins when it has been said what there is to answer.
		const isHere = () => reading === own && store.dispatch({ type: "touched", time: now() });
		for (const { language, spoken } of passages) {
			if (spoken.length === 0) continue;
			const sounds = await voice.chosen(language, (speech) => addressesOf(speech, spoken));
			await ringing;
			// Meanwhile the screen may have changed.
			if (reading !== own) return;
			if (sounds === null) continue;
			await context.resume();
			await play(context, sounds, own.volume, BETWEEN_TEXTS, isHere);
			if (reading !== own) return;
		}
	}
	/** The bell first, then the question: both at once are neither. */
	async function ring(): Promise<void> {
		await context.resume();
		await chime(context);
	}
	const poll = () => {
		const before = known;
		known = store.read();
		if (known.overlay.kind === "idle" && before.overlay.kind !== "idle") ringing = ring();
		const wanted = known.modes.listen === "changed";
		const shown = wanted ? sceneOf(known) : "";
		if (shown !== scene) {
			scene = shown;
			stop();
			window.clearTimeout(timer);
			timer = wanted ? window.setTimeout(() => void read(), SETTLED_AFTER) : undefined;
			if (!wanted) loudness = LOUDNESS.usual;
		} else if (wanted) {
			const language = languageOf(known.visit);
			const spoken = newsOf(before, known);
			if (language !== undefined && spoken.length > 0) void read([{ language, spoken }]);
		}
		if (wanted) prepareForLoss(known);
	};
	/** What is said when the station is gone cannot be fetched then. */
	const prepareForLoss = ({ visit }: Kiosk) => {
		for (const language of [languageOf(visit) ?? "zh-Hans", "en"] as const) {
			if (prepared.has(language)) continue;
			prepared.add(language);
			void voice.chosen(language, (speech) => addressesOf(speech, LOST));
		}
	};
	const setLoudness = (value: number) => {
		loudness = Math.min(LOUDNESS.most, Math.max(LOUDNESS.least, value));
		void read();
	};
	const isSelected = () => store.read().modes.listen === "changed";
	store.subscribe(poll);
	poll();
	watchFocus((button) => {
		// A screen that is about to be read has put the focus there by itself.
		if (!isSelected() || timer !== undefined) return;
		const passages = buttonSpoken(store.read(), button, keys);
		if (passages.length > 0) void read(passages);
	});
	return {
		again: () => void read(),
		louder: () => isSelected() && setLoudness(loudness * LOUDNESS.step),
		quieter: () => isSelected() && setLoudness(loudness / LOUDNESS.step),
		gentle() {
			loudness = LOUDNESS.gentle;
		},
	};
}

/** Each language's words by their texts: those without a figure, which have clips. */
function keysByText(messages: Messages<KioskMessages>, english: KioskMessages): KeysByText {
	const known = new Map<Language, ReadonlyMap<string, string>>();
	return (language) => {
		const found = known.get(language);
		if (found) return found;
		const t = messages.t(language);
		const whole = (Object.keys(english) as (keyof KioskMessages)[]).filter((key) => !english[key].includes("{{"));
		const keys = new Map(whole.map((key) => [t(key as KioskMessageKey), key]));
		if (messages.has(language)) known.set(language, keys);
		return keys;
	};
}
