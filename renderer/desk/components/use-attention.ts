import { useEffect, useRef } from "react";
import type { OpenHelpCall } from "../../../protocol/api/board.ts";
import type { Messages } from "../messages/messages.ts";
import type { DeskSettings } from "../state/desk-settings.ts";
import { nextHere, ticketAtCounter } from "../state/queue.ts";
import type { SignedIn } from "../state/state.ts";
import { helpText } from "./help-bar.tsx";

const NONE: readonly OpenHelpCall[] = [];

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
	const queue = auth?.queue ?? null;
	const isFree =
		queue !== null && auth !== null && queue.pausedAt === null && ticketAtCounter(queue, auth.session.counter) === null;
	const waiting = queue !== null && isFree ? (nextHere(queue)?.number ?? null) : null;
	const helpCalls = queue?.helpCalls ?? NONE;
	const newestCall = Math.max(0, ...helpCalls.map(({ id }) => id));
	const latest = useRef({ settings, messages, clock, helpCalls });
	latest.current = { settings, messages, clock, helpCalls };
	const wasWaiting = useRef<string | null>(null);
	const announcedCall = useRef(0);

	useEffect(() => {
		const isNew = waiting !== null && wasWaiting.current === null;
		wasWaiting.current = waiting;
		if (isNew) attract(latest.current.settings, latest.current.messages.t("notifyWaiting", { number: waiting }));
	}, [waiting]);
	useEffect(() => {
		const current = latest.current;
		for (const call of current.helpCalls.filter(({ id }) => id > announcedCall.current))
			attract(current.settings, helpText(call, current.messages, current.clock));
		announcedCall.current = Math.max(announcedCall.current, newestCall);
	}, [newestCall]);
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
