import type { BoardCall } from "../../protocol/board.ts";
import type { Language } from "../../protocol/language.ts";
import { createVoice, play, silence, type Voice } from "../ui/voice.ts";
import { type Announcements, enqueue, keepCalled, takeNext } from "./announcements.ts";

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

/** The chime: two soft falling tones, like a bell in a quiet room. Seconds and hertz. */
const TONES = [
	{ starts: 0, hertz: 783.99, lasts: 1.1 },
	{ starts: 0.42, hertz: 622.25, lasts: 1.6 },
] as const;

/** Each tone's partials: the fundamental, and two quiet ones that give it the ring of a bell. */
const PARTIALS = [
	{ times: 1, loudness: 0.3, fades: 1 },
	{ times: 2, loudness: 0.08, fades: 0.6 },
	{ times: 3.01, loudness: 0.03, fades: 0.35 },
] as const;

export function createAnnouncer(
	context: AudioContext | null,
	stationNow: () => number,
	voice: Voice | null = context && createVoice(context),
): Announcer {
	let list: Announcements = [];
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
			for (const sentence of sentences) {
				const sounds = (await sentence) ?? [];
				if (sounds.length === 0) continue;
				await play(context, sounds);
				await silence(context, BETWEEN_LANGUAGES);
			}
			await silence(context, PAUSE);
		}
		sounding = false;
	}

	return {
		announce(calls) {
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

/** The visitor's language first; then Chinese, for the staff and for everybody else. */
function languagesOf({ language }: BoardCall): Language[] {
	return language === "zh-Hans" ? ["zh-Hans"] : [language, "zh-Hans"];
}

/** Rings on the audio clock; over when its last tone is. */
function chime(context: AudioContext): Promise<void> {
	const start = context.currentTime + 0.03;
	let ends = start;
	for (const tone of TONES) {
		for (const partial of PARTIALS) {
			const from = start + tone.starts;
			const to = from + tone.lasts * partial.fades;
			sing(context, tone.hertz * partial.times, partial.loudness, from, to);
			ends = Math.max(ends, to);
		}
	}
	return silence(context, ends - context.currentTime);
}

function sing(context: AudioContext, hertz: number, loudness: number, from: number, to: number): void {
	const voice = context.createOscillator();
	const volume = context.createGain();
	voice.frequency.value = hertz;
	volume.gain.setValueAtTime(0, from);
	volume.gain.linearRampToValueAtTime(loudness, from + 0.015);
	volume.gain.exponentialRampToValueAtTime(0.0001, to);
	voice.connect(volume).connect(context.destination);
	voice.onended = () => volume.disconnect();
	voice.start(from);
	voice.stop(to);
}

/** The browser's AudioContext, or null where it has none. */
export function openAudio(): AudioContext | null {
	try {
		return new AudioContext();
	} catch {
		return null;
	}
}
