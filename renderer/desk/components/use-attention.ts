import { useEffect, useRef } from "react";
import type { Messages } from "../messages/messages.ts";
import { type Attention, attentionOf, NO_ATTENTION, newAttention } from "../state/attention.ts";
import type { DeskSettings } from "../state/desk-settings.ts";
import type { SignedIn } from "../state/state.ts";
import { helpText } from "./help-bar.tsx";

/**
 * Calls for the eyes and ears of whoever is at the desk: when somebody begins to wait at this free counter, and with each
 * new call for help.
 */
export function useAttention(
	auth: SignedIn | null,
	settings: DeskSettings,
	messages: Messages,
	clock: (instant: number) => string,
): void {
	const attention = attentionOf(auth);
	const latest = useRef({ attention, settings, messages, clock });
	latest.current = { attention, settings, messages, clock };
	const before = useRef<Attention>(NO_ATTENTION);
	const { waiting, helpCalls } = attention;
	const key = [waiting, ...helpCalls.map(({ id }) => id)].join(" ");

	// biome-ignore lint/correctness/useExhaustiveDependencies: `key` says that something of it has changed.
	useEffect(() => {
		const current = latest.current;
		const found = newAttention(before.current, current.attention);
		before.current = current.attention;
		const { t } = current.messages;
		if (found.waiting !== null) attract(current.settings, t("notifyWaiting", { number: found.waiting }));
		for (const call of found.helpCalls) attract(current.settings, helpText(call, current.messages, current.clock));
	}, [key]);
}

function attract({ sound, notifications }: DeskSettings, text: string): void {
	if (sound) chime();
	if (notifications && document.hidden && "Notification" in window && Notification.permission === "granted")
		new Notification(text);
}

let context: AudioContext | undefined;

/** Two soft tones. Silent until the page was touched once; signing in is that. */
function chime(): void {
	context ??= new AudioContext();
	const at = context.currentTime + 0.02;
	for (const [index, frequency] of [660, 880].entries()) {
		const tone = context.createOscillator();
		const gain = context.createGain();
		tone.frequency.value = frequency;
		const from = at + index * 0.18;
		gain.gain.setValueAtTime(0, from);
		gain.gain.linearRampToValueAtTime(0.15, from + 0.02);
		gain.gain.exponentialRampToValueAtTime(0.001, from + 0.35);
		tone.connect(gain).connect(context.destination);
		tone.start(from);
		tone.stop(from + 0.4);
	}
}
