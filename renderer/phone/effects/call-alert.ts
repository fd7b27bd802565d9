import { chime, openAudio } from "../../ui/chime.ts";
import type { Store } from "../../ui/store.ts";
import { callKey, isOver, type PhoneEvent, type PhoneState } from "../state/state.ts";

/** Sound, vibration and a screen that stays on, for the visitor who waits. */
export interface CallAlert {
	isOn(): boolean;
	/** Call this from a click handler: browsers play no sound before one. Plays the sound once, so that it is known. */
	turnOn(): void;
	turnOff(): void;
	subscribe(listener: () => void): () => void;
}

const VIBRATION_MS = [200, 100, 200];

/** Vibrates once for each call, on phones that can; where the visitor turned it on, rings too. */
export function openCallAlert(store: Store<PhoneState, PhoneEvent>): CallAlert {
	let context: AudioContext | null = null;
	let wakeLock: WakeLockSentinel | null = null;
	let alerted: string | null = null;
	let isLive = false;
	const listeners = new Set<() => void>();
	const changed = () => {
		for (const listener of listeners) listener();
	};

	/** A browser takes the lock away when the page is hidden. One without it, or a low battery, lets the screen sleep. */
	async function keepScreenOn(): Promise<void> {
		if (context === null || !isLive || document.hidden) return;
		wakeLock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
	}

	function letScreenSleep(): void {
		void wakeLock?.release();
		wakeLock = null;
	}

	store.subscribe(() => {
		const { view } = store.read();
		const ticket = view.kind === "ticket" ? view.ticket : null;
		const wasLive = isLive;
		isLive = ticket !== null && !isOver(ticket.state);
		if (isLive && !wasLive) void keepScreenOn();
		if (!isLive) letScreenSleep();
		const key = ticket && callKey(ticket);
		if (key === alerted) return;
		alerted = key;
		if (key === null) return;
		navigator.vibrate?.(VIBRATION_MS);
		if (context !== null) void chime(context);
	});
	document.addEventListener("visibilitychange", () => void keepScreenOn());

	return {
		isOn: () => context !== null,
		turnOn() {
			context = openAudio();
			if (context === null) return;
			void context.resume();
			void chime(context);
			void keepScreenOn();
			changed();
		},
		turnOff() {
			void context?.close();
			context = null;
			letScreenSleep();
			changed();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
