import type { BoardCall } from "../../../protocol/api/board.ts";
import { chime } from "../../ui/chime.ts";
import { createVoice, play, silence, type Voice } from "../../ui/voice.ts";
import {
	type Announcements,
	dropAnswered,
	enqueue,
	languagesOf,
	maxLanguages,
	takeNext,
	withCalls,
} from "../state/announcements.ts";

/**
 * Announces calls one after the other. The only code of the board that plays sound. Never throws: without sound, or
 * while the browser blocks it, calls are only shown.
 */
export interface Announcer {
	announce(calls: readonly BoardCall[]): void;
	/** Drops waiting announcements that are no longer called on the board. */
	keepOnly(calls: readonly BoardCall[]): void;
	/** Whether calls are heard: the machine has sound, and the browser lets the page play it. */
	isAudible(): boolean;
	/** The browser requires a click or a key before it plays sound. */
	isBlocked(): boolean;
	/** Call this from a click or key handler. */
	unblock(): void;
	subscribe(listener: () => void): () => void;
}

const ANNOUNCEMENT_PAUSE_SECONDS = 0.6;
const LANGUAGE_PAUSE_SECONDS = 0.35;

export function createAnnouncer(
	context: AudioContext | null,
	stationNow: () => number,
	voice: Voice | null = context && createVoice(context),
): Announcer {
	let queue: Announcements = [];
	let callTimes: readonly number[] = [];
	let isPlaying = false;

	async function playQueue(context: AudioContext): Promise<void> {
		if (isPlaying) return;
		isPlaying = true;
		while (context.state === "running") {
			const { call, rest } = takeNext(queue, stationNow());
			queue = rest;
			if (call === null) break;
			// Loaded while the chime plays.
			const sentences = languagesOf(call).map((language) => voice?.sentence(language, "call", call));
			await chime(context);
			let languagesLeft = maxLanguages(callTimes.length);
			for (const sentence of sentences) {
				const sounds = (await sentence) ?? [];
				if (sounds.length === 0 || languagesLeft === 0) continue;
				languagesLeft -= 1;
				await play(context, sounds);
				await silence(context, LANGUAGE_PAUSE_SECONDS);
			}
			await silence(context, ANNOUNCEMENT_PAUSE_SECONDS);
		}
		isPlaying = false;
	}

	return {
		announce(calls) {
			callTimes = withCalls(callTimes, calls, stationNow());
			// Not queued while sound is blocked: many chimes at the first click would help nobody.
			if (context === null || context.state !== "running") return;
			for (const call of calls) queue = enqueue(queue, call);
			void playQueue(context);
		},
		keepOnly(calls) {
			queue = dropAnswered(queue, calls);
		},
		isAudible: () => context?.state === "running",
		isBlocked: () => context !== null && context.state === "suspended",
		unblock() {
			context?.resume().catch(() => {
				// Still blocked: the hint stays.
			});
		},
		subscribe(listener) {
			context?.addEventListener("statechange", listener);
			return () => context?.removeEventListener("statechange", listener);
		},
	};
}
