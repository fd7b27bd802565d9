import type { Language } from "../../protocol/model/language.ts";
import type { Sentence, Speech } from "../../protocol/model/speech.ts";
import { type SentenceValues, sentenceOf } from "./speech.ts";

/** Loads and decodes clips before they are played. */
export interface Voice {
	/** A sentence's sounds in order; null where a clip is missing or cannot be loaded. */
	sentence(language: Language, sentence: Sentence, values: SentenceValues): Promise<AudioBuffer[] | null>;
	/** The sounds of the clips that `choose` selects; null where a clip is missing or cannot be loaded. */
	choose(language: Language, choose: (speech: Speech) => string[] | null): Promise<AudioBuffer[] | null>;
	/** One clip alone, by its name; null where there is none. */
	clip(language: Language, name: string): Promise<AudioBuffer[] | null>;
}

const TIMEOUT_MS = 4_000;

/** Keeps decoded clips: a hall hears the same ten digits all day. */
export function createVoice(context: BaseAudioContext): Voice {
	const kept = new Map<string, AudioBuffer>();
	/** The last known clips of each language: without the station, loaded clips still play. */
	const known = new Map<Language, Speech>();

	async function sound(address: string): Promise<AudioBuffer> {
		const known = kept.get(address);
		if (known !== undefined) return known;
		const response = await load(address);
		const decoded = await context.decodeAudioData(await response.arrayBuffer());
		kept.set(address, decoded);
		return decoded;
	}

	/** Requested each time, because clips may be recorded meanwhile. */
	async function clipsOf(language: Language): Promise<Speech> {
		try {
			const speech = (await (await load(`/api/speech/${language}`)).json()) as Speech;
			known.set(language, speech);
			return speech;
		} catch (error) {
			const last = known.get(language);
			if (last === undefined) throw error;
			return last;
		}
	}

	async function soundsOf(language: Language, choose: (speech: Speech) => string[] | null) {
		try {
			const addresses = choose(await clipsOf(language));
			return addresses && (await Promise.all(addresses.map(sound)));
		} catch {
			return null;
		}
	}

	return {
		choose: soundsOf,
		sentence: (language, sentence, values) => soundsOf(language, (speech) => sentenceOf(speech, sentence, values)),
		clip: (language, name) =>
			soundsOf(language, ({ clips }) => {
				const address = clips[name];
				return address === undefined ? null : [address];
			}),
	};
}

/** Between the words of one sentence. */
const WORD_PAUSE_SECONDS = 0.05;

/**
 * Plays sounds one after the other and resolves when the last has ended. `output` is the speakers or a gain node before
 * them. A pause of `pauseSeconds` follows each sound; `onEnded` is called after each.
 */
export function play(
	context: AudioContext,
	sounds: readonly AudioBuffer[],
	output: AudioNode = context.destination,
	pauseSeconds = WORD_PAUSE_SECONDS,
	onEnded: () => void = () => {},
): Promise<void> {
	let at = context.currentTime + 0.03;
	for (const buffer of sounds) {
		const source = context.createBufferSource();
		source.buffer = buffer;
		source.connect(output);
		source.onended = () => {
			source.disconnect();
			onEnded();
		};
		source.start(at);
		at += buffer.duration + pauseSeconds;
	}
	return silence(context, at - context.currentTime);
}

/** Resolves after so many seconds of the audio clock, not of a timer: sounds do not overlap even where audio stalls. */
export function silence(context: AudioContext, seconds: number): Promise<void> {
	return new Promise((resolve) => {
		const source = context.createConstantSource();
		source.offset.value = 0;
		source.connect(context.destination);
		source.onended = () => {
			source.disconnect();
			resolve();
		};
		source.start();
		source.stop(context.currentTime + seconds);
	});
}

async function load(address: string): Promise<Response> {
	const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
	if (!response.ok) throw new Error(`${address}: ${response.status}`);
	return response;
}
