import english from "../../../resources/languages/kiosk/en.json";
import { openAudio } from "../../ui/chime.ts";
import type { KioskDeps } from "../components/context.ts";
import { canListen, startKeypad } from "../keypad/keypad.ts";
import { type Plug, watchHeadset } from "../read-aloud/headset.ts";
import { type ReadAloud, startReadAloud } from "../read-aloud/read-aloud.ts";
import { now } from "./monotonic-clock.ts";

/** What hands, eyes and ears need beyond the screen: keys, sound and the headset. Comes after the first screen. */
export interface Accessibility {
	/** What sounds; undefined until somebody has touched the screen or a key. */
	readAloud(): ReadAloud | undefined;
}

/** Sound is let out by the first touch or key, but begins once that touch is answered. */
const SOUND_FOLLOWS_AFTER = 300;

export function startAccessibility({ store, messages }: Pick<KioskDeps, "store" | "messages">): Accessibility {
	let readAloud: ReadAloud | undefined;
	const letSoundOut = () => {
		const context = readAloud ? null : openAudio();
		if (context !== null) readAloud = startReadAloud(store, { messages, english }, context);
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

	/** Whoever plugs a headset in wants to listen, gently; pulled out, nothing is said into the hall. */
	const headset = (plug: Plug) => {
		const kiosk = store.read();
		const isOn = kiosk.modes.listen === "changed";
		if (plug === "plugged" ? isOn || !canListen(kiosk) : !isOn) return;
		letSoundOut();
		store.dispatch({ type: "mode-switched", mode: "listen", time: now() });
		if (plug === "plugged") readAloud?.gentle();
	};
	startKeypad({ store, readAloud: () => readAloud, headset });
	void watchHeadset(navigator.mediaDevices, headset).catch(() => {});
	performance.mark("keys");
	return { readAloud: () => readAloud };
}
