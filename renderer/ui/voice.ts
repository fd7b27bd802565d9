import type { Language } from "../../protocol/model/language.ts";
import type { Sentence, Speech } from "../../protocol/model/speech.ts";
import { type SaidOf, sentenceOf } from "./speech.ts";

/** Finds and decodes what is to be said, ahead of its turn. */
export interface Voice {
	/** The sounds of a sentence in their order; null where this language cannot say it, or the station is gone. */
	sentence(language: Language, sentence: Sentence, said: SaidOf): Promise<AudioBuffer[] | null>;
	/** Whatever is chosen of the clips that are there; null where it cannot be said. */
	chosen(language: Language, choose: (speech: Speech) => string[] | null): Promise<AudioBuffer[] | null>;
	/** One clip alone, by its name; null where there is none. */
	clip(language: Language, name: string): Promise<AudioBuffer[] | null>;
}

const ANSWER_WITHIN = 4_000;

/** Clips are kept once they are decoded: a hall hears the same ten digits all day. */
export function createVoice(context: BaseAudioContext): Voice {
	const kept = new Map<string, AudioBuffer>();
	/** What each language had when it was last asked: a station that is gone silences nothing that is here. */
	const known = new Map<Language, Speech>();

	async function sound(address: string): Promise<AudioBuffer> {
		const known = kept.get(address);
		if (known !== undefined) return known;
		const answer = await ask(address);
		const decoded = await context.decodeAudioData(await answer.arrayBuffer());
		kept.set(address, decoded);
		return decoded;
	}

	/** Asked each time: a clip may have been recorded since. */
	async function clipsOf(language: Language): Promise<Speech> {
		try {
			const speech = (await (await ask(`/api/speech/${language}`)).json()) as Speech;
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
		chosen: soundsOf,
		sentence: (language, sentence, said) => soundsOf(language, (speech) => sentenceOf(speech, sentence, said)),
		clip: (language, name) =>
			soundsOf(language, ({ clips }) => {
				const address = clips[name];
				return address === undefined ? null : [address];
			}),
	};
}

/** Seconds between a call's clips: words of one sentence, which end with their sound. */
const BETWEEN_MESSAGES = 0.05;

/**
 * Sounds one after the other on the audio clock, and over when the last is. `into` is where they go: the speakers, or
 * a volume before them; `between` are the seconds of silence after each. Each one's end is told.
 */
export function play(
	context: AudioContext,
	sounds: readonly AudioBuffer[],
	into: AudioNode = context.destination,
	between = BETWEEN_MESSAGES,
	ended: () => void = () => {},
): Promise<void> {
	let at = context.currentTime + 0.03;
	for (const buffer of sounds) {
		const source = context.createBufferSource();
		source.buffer = buffer;
		source.connect(into);
		source.onended = () => {
			source.disconnect();
			ended();
		};
		source.start(at);
		at += buffer.duration + between;
	}
	return silence(context, at - context.currentTime);
}

/** Over after so many seconds of the audio clock, not of a timer: nothing overlaps even where sound stalls. */
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

async function ask(address: string): Promise<Response> {
	const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER_WITHIN) });
	if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
	return answer;
}
