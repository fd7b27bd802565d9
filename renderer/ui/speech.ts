import type { Sentence, Speech } from "../../protocol/model/speech.ts";

/** What stands in a sentence's gaps. */
export interface SaidOf {
	/** A ticket's number: said letter by letter, as it is read. */
	number?: string;
	/** A counter: said as a number where it is one. */
	counter?: string | null;
	/** Amounts: said as numbers or, where there is no clip of one, not at all. */
	count?: number;
	from?: number;
	to?: number;
}

/**
 * The addresses of the clips that say a sentence, in its language's order. Null where one of them is missing: half a
 * sentence, or a number without one of its digits, would be worse than none.
 */
export function sentenceOf(speech: Speech, sentence: Sentence, said: SaidOf): string[] | null {
	const parts = speech.sentences[sentence];
	if (parts === undefined) return null;
	const addresses = parts.flatMap((part) => clipsOf(speech, part, said)).map((clip) => speech.clips[clip]);
	return addresses.every((address) => address !== undefined) ? addresses : null;
}

function clipsOf(speech: Speech, part: string, said: SaidOf): string[] {
	switch (part) {
		case "{number}":
			return spell(said.number ?? "?");
		case "{counter}":
			return countOrSpell(speech, said.counter ?? "?");
		case "{count}":
			return [amount(said.count)];
		case "{from}":
			return [amount(said.from)];
		case "{to}":
			return [amount(said.to)];
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
