import type { BoardCall } from "../../../protocol/api/board.ts";
import { chime } from "../../ui/chime.ts";
import { createVoice, play, silence, type Voice } from "../../ui/voice.ts";
import {
	type Announcements,
	enqueue,
	keepCalled,
	languagesAtMost,
	languagesOf,
	takeNext,
	withCalls,
} from "../state/announcements.ts";

/**
 * The one place that makes sound. It owns the page's only AudioContext and sounds one call after
 * the other, so that nothing overlaps. Where sound is blocked or there is none, it stays silent
 * and never throws: the rows flash all the same.
 */
export interface Announcer {
	announce(calls: readonly BoardCall[]): void;
	/** Tells what the board shows now, so that a call already answered is not sounded any more. */
	follow(calls: readonly BoardCall[]): void;
	/** True where the browser wants a click or a key before it lets sound out. */
	isBlocked(): boolean;
	/** To be called from a click or a key. */
	unblock(): void;
	subscribe(listener: () => void): () => void;
}

/** Seconds of silence between two announcements. */
const PAUSE = 0.6;
const BETWEEN_LANGUAGES = 0.35;

export function createAnnouncer(
	context: AudioContext | null,
	stationNow: () => number,
	voice: Voice | null = context && createVoice(context),
): Announcer {
	let list: Announcements = [];
	let ofTheHour: readonly number[] = [];
	let sounding = false;

	async function soundAll(context: AudioContext): Promise<void> {
		if (sounding) return;
		sounding = true;
		while (context.state === "running") {
			const { call, rest } = takeNext(list, stationNow());
			list = rest;
			if (call === null) break;
			// Fetched while the chime rings.
			const sentences = languagesOf(call).map((language) => voice?.sentence(language, "call", call));
			await chime(context);
			let left = languagesAtMost(ofTheHour.length);
			for (const sentence of sentences) {
				const sounds = (await sentence) ?? [];
				if (sounds.length === 0 || left === 0) continue;
				left -= 1;
				await play(context, sounds);
				await silence(context, BETWEEN_LANGUAGES);
			}
			await silence(context, PAUSE);
		}
		sounding = false;
	}

	return {
		announce(calls) {
			ofTheHour = withCalls(ofTheHour, calls, stationNow());
			// Nothing is kept for later while blocked: a heap of chimes at the first click would help nobody.
			if (context === null || context.state !== "running") return;
			for (const call of calls) list = enqueue(list, call);
			void soundAll(context);
		},
		follow(calls) {
			list = keepCalled(list, calls);
		},
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
