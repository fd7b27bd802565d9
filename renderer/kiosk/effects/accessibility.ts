import english from "../../../resources/languages/kiosk/en.json";
import { openAudio } from "../../ui/chime.ts";
import { now } from "../../ui/monotonic-clock.ts";
import type { Store } from "../../ui/store.ts";
import { canReadAloud, startKeypad } from "../keypad/keypad.ts";
import { type Plug, watchHeadset } from "../read-aloud/headset.ts";
import { type ReadAloud, type ReadAloudTexts, startReadAloud } from "../read-aloud/read-aloud.ts";
import { startStaffGate } from "../staff-gate/start-staff-gate.ts";
import type { KioskEvent } from "../state/events.ts";
import type { Kiosk } from "../state/state.ts";

/** Keypad, reading aloud and headset. Loaded after the first screen. */
export interface Accessibility {
	/** Undefined until the first touch or key: before it, browsers block sound. */
	readAloud(): ReadAloud | undefined;
}

/** Starting the sound must not delay the answer to the first touch. */
const SOUND_DELAY_MS = 300;

export interface AccessibilityDeps extends Pick<ReadAloudTexts, "messages" | "keywords"> {
	store: Store<Kiosk, KioskEvent>;
}

/** `kioskKey` is empty at a kiosk of another machine. */
export function startAccessibility({ store, messages, keywords }: AccessibilityDeps, kioskKey: string): Accessibility {
	let readAloud: ReadAloud | undefined;
	const startSound = () => {
		const context = readAloud ? null : openAudio();
		if (context !== null) readAloud = startReadAloud(store, { messages, english, keywords }, context);
	};
	if (navigator.userActivation.hasBeenActive) startSound();
	else {
		const touched = new AbortController();
		for (const kind of ["pointerup", "keydown"]) {
			addEventListener(
				kind,
				() => {
					touched.abort();
					setTimeout(startSound, SOUND_DELAY_MS);
				},
				{ capture: true, signal: touched.signal },
			);
		}
	}

	/** A headset that is plugged in starts reading aloud at a low volume; one that is pulled out stops it. */
	const onHeadset = (plug: Plug) => {
		const kiosk = store.read();
		const isReading = kiosk.modes.readAloud === "on";
		if (plug === "plugged" ? isReading || !canReadAloud(kiosk) : !isReading) return;
		startSound();
		store.dispatch({ type: "mode-switched", mode: "readAloud", time: now() });
		if (plug === "plugged") readAloud?.setLowVolume();
	};
	startStaffGate(kioskKey);
	startKeypad({ store, readAloud: () => readAloud, onHeadset });
	void watchHeadset(navigator.mediaDevices, onHeadset).catch(() => {});
	performance.mark("accessibility-started");
	return { readAloud: () => readAloud };
}
