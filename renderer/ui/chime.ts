import { silence } from "./voice.ts";

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

/** Rings on the audio clock; over when its last tone is. */
export function chime(context: AudioContext): Promise<void> {
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
