import type { Language } from "../../protocol/language.ts";
import type { Sentence, Speech } from "../../protocol/speech.ts";
import { type SaidOf, sentenceOf } from "./speech.ts";

/** Finds and decodes what is to be said, ahead of its turn. */
export interface Voice {
	/** The sounds of a sentence in their order; null where this language cannot say it, or the station is gone. */
	sentence(language: Language, sentence: Sentence, said: SaidOf): Promise<AudioBuffer[] | null>;
}

const ANSWER_WITHIN = 4_000;

/** Clips are kept once they are decoded: a hall hears the same ten digits all day. */
export function createVoice(context: BaseAudioContext): Voice {
	const kept = new Map<string, AudioBuffer>();

	async function sound(address: string): Promise<AudioBuffer> {
		const known = kept.get(address);
		if (known !== undefined) return known;
		const answer = await ask(address);
		const decoded = await context.decodeAudioData(await answer.arrayBuffer());
		kept.set(address, decoded);
		return decoded;
	}

	return {
		async sentence(language, sentence, said) {
			try {
				// Asked each time: a clip may have been recorded since.
				const speech = (await (await ask(`/api/speech/${language}`)).json()) as Speech;
				const addresses = sentenceOf(speech, sentence, said);
				return addresses && (await Promise.all(addresses.map(sound)));
			} catch {
				return null;
			}
		},
	};
}

async function ask(address: string): Promise<Response> {
	const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWER_WITHIN) });
	if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
	return answer;
}
