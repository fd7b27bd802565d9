import type { Sentence, Speech } from "../../protocol/model/speech.ts";

/** Values of a sentence's placeholders. */
export interface SentenceValues {
	/** A ticket's number, spoken character by character. */
	number?: string;
	/** A counter, spoken as a number if there is a clip of it, else character by character. */
	counter?: string | null;
	/** Amounts, spoken as numbers. Without a clip of one the sentence is not spoken. */
	count?: number;
	from?: number;
	to?: number;
}

/**
 * The addresses of a sentence's clips, in its language's order. Null where one is missing: half a sentence, or a number
 * without one of its digits, would be worse than silence.
 */
export function sentenceOf(speech: Speech, sentence: Sentence, values: SentenceValues): string[] | null {
	const parts = speech.sentences[sentence];
	if (parts === undefined) return null;
	const addresses = parts.flatMap((part) => clipsOf(speech, part, values)).map((clip) => speech.clips[clip]);
	return addresses.every((address) => address !== undefined) ? addresses : null;
}

function clipsOf(speech: Speech, part: string, values: SentenceValues): string[] {
	switch (part) {
		case "{number}":
			return spell(values.number ?? "?");
		case "{counter}":
			return countOrSpell(speech, values.counter ?? "?");
		case "{count}":
			return [amount(values.count)];
		case "{from}":
			return [amount(values.from)];
		case "{to}":
			return [amount(values.to)];
		default:
			return [part];
	}
}

const amount = (count: number | undefined) => (count === 0 ? "digit-0" : `count-${count}`);

function countOrSpell(speech: Speech, counter: string): string[] {
	const count = `count-${counter}`;
	return count in speech.clips ? [count] : spell(counter);
}

function spell(text: string): string[] {
	return [...text.toUpperCase()].map((one) => (/\d/.test(one) ? `digit-${one}` : `letter-${one}`));
}
