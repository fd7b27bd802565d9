import { silence } from "./voice.ts";

/** Two soft falling tones, like a bell. Seconds and hertz. */
const TONES = [
	{ starts: 0, hertz: 783.99, lasts: 1.1 },
	{ starts: 0.42, hertz: 622.25, lasts: 1.6 },
] as const;

/** Of each tone: the fundamental, and two quiet partials that make it sound like a bell. */
const PARTIALS = [
	{ times: 1, loudness: 0.3, fades: 1 },
	{ times: 2, loudness: 0.08, fades: 0.6 },
	{ times: 3.01, loudness: 0.03, fades: 0.35 },
] as const;

/** Plays the chime and resolves when its last tone has ended. */
export function chime(context: AudioContext): Promise<void> {
	const start = context.currentTime + 0.03;
	let ends = start;
	for (const tone of TONES) {
		for (const partial of PARTIALS) {
			const from = start + tone.starts;
			const to = from + tone.lasts * partial.fades;
			playPartial(context, tone.hertz * partial.times, partial.loudness, from, to);
			ends = Math.max(ends, to);
		}
	}
	return silence(context, ends - context.currentTime);
}

function playPartial(context: AudioContext, hertz: number, loudness: number, from: number, to: number): void {
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
