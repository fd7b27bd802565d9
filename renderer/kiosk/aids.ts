import { openAudio } from "../ui/chime.ts";
import type { Store } from "../ui/store.ts";
import { startKeypad } from "./keypad/keypad.ts";
import { type Listening, startListening } from "./listening/listening.ts";
import type { Kiosk, KioskEvent } from "./visit.ts";

/** What hands, eyes and ears need beyond the screen: keys, sound and the headset. Comes after the first screen. */
export interface Aids {
	/** What sounds; undefined until somebody has touched the screen or a key. */
	listening(): Listening | undefined;
}

/** Sound is let out by the first touch or key, but begins once that touch is answered. */
const SOUND_FOLLOWS_AFTER = 300;

export function startAids(store: Store<Kiosk, KioskEvent>): Aids {
	let listening: Listening | undefined;
	const letSoundOut = () => {
		const context = openAudio();
		if (context !== null) listening = startListening(store, context);
	};
	if (navigator.userActivation.hasBeenActive) letSoundOut();
	else {
		const touched = new AbortController();
		for (const kind of ["pointerup", "keydown"]) {
			addEventListener(
				kind,
				() => {
					touched.abort();
					setTimeout(letSoundOut, SOUND_FOLLOWS_AFTER);
				},
				{ capture: true, signal: touched.signal },
			);
		}
	}
	performance.mark("keys");
	startKeypad({ store, listening: () => listening, headset() {} });
	return { listening: () => listening };
}
