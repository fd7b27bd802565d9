import type { Language } from "../../../protocol/language.ts";
import { chime } from "../../ui/chime.ts";
import type { Store } from "../../ui/store.ts";
import { createVoice, play } from "../../ui/voice.ts";
import type { Kiosk, KioskEvent } from "../visit.ts";
import { addressesOf, offerOf, type Passage, passagesOf } from "./spoken.ts";

/** Everything of the kiosk that sounds. */
export interface Listening {
	/** Reads the screen from its beginning. */
	again(): void;
	/** Somebody's focus is on a language's tile: the tile says so in its language, to whoever listens. */
	offer(language: Language): void;
	louder(): void;
	quieter(): void;
}

/** A new screen has come to rest by then, in milliseconds. */
const SETTLED_AFTER = 300;
/** Seconds between the texts of a screen, and between the signs of a number that is to be remembered. */
const BETWEEN_TEXTS = 0.3;
const LOUDNESS = { least: 0.125, usual: 1, most: 4, step: Math.SQRT2 };

/**
 * Reads each screen aloud while the visitor wants it, and stops when the screen changes; rings before the screen
 * starts again by itself, whoever is there. Where the language's clips do not suffice it stays silent.
 */
export function startListening(store: Store<Kiosk, KioskEvent>, context: AudioContext): Listening {
	const voice = createVoice(context);
	let loudness = LOUDNESS.usual;
	let reading: { volume: GainNode } | undefined;
	let heard = "";
	let warned = false;
	let timer: number | undefined;

	const stop = () => {
		reading?.volume.disconnect();
		reading = undefined;
	};
	async function read(passages: readonly Passage[] = passagesOf(store.read())): Promise<void> {
		stop();
		const own = { volume: context.createGain() };
		own.volume.gain.value = loudness;
		own.volume.connect(context.destination);
		reading = own;
		for (const { language, spoken } of passages) {
			if (spoken.length === 0) continue;
			const sounds = await voice.chosen(language, (speech) => addressesOf(speech, spoken));
			// Meanwhile the screen may have changed.
			if (reading !== own) return;
			if (sounds === null) continue;
			await context.resume();
			await play(context, sounds, own.volume, BETWEEN_TEXTS);
			if (reading !== own) return;
		}
	}
	const look = () => {
		const kiosk = store.read();
		const isWarned = kiosk.overlay.kind === "idle";
		if (isWarned && !warned) void context.resume().then(() => chime(context));
		warned = isWarned;
		const wanted = kiosk.modes.listen === "changed";
		const now = wanted ? JSON.stringify(passagesOf(kiosk)) : "";
		if (now === heard) return;
		heard = now;
		stop();
		window.clearTimeout(timer);
		if (wanted) timer = window.setTimeout(() => void read(), SETTLED_AFTER);
		else loudness = LOUDNESS.usual;
	};
	const setLoudness = (value: number) => {
		loudness = Math.min(LOUDNESS.most, Math.max(LOUDNESS.least, value));
		void read();
	};
	store.subscribe(look);
	look();
	return {
		again: () => void read(),
		offer(language) {
			if (store.read().modes.listen === "changed") void read([offerOf(language)]);
		},
		louder: () => setLoudness(loudness * LOUDNESS.step),
		quieter: () => setLoudness(loudness / LOUDNESS.step),
	};
}
