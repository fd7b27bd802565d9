import type { Sentence, Speech } from "../../protocol/speech.ts";

/** What stands in a sentence's gaps. */
export interface SaidOf {
	/** A ticket's number: said letter by letter, as it is read. */
	number: string;
	/** A counter: said as a number where it is one. */
	counter?: string;
}

/**
 * The addresses of the clips that say a sentence, in its language's order. Null where one of them is missing: half a
 * sentence, or a number without one of its digits, would be worse than none.
 */
export function sentenceOf(speech: Speech, sentence: Sentence, said: SaidOf): string[] | null {
	const parts = speech.sentences[sentence];
	if (parts === undefined) return null;
	const addresses = parts
		.flatMap((part) => {
			if (part === "{number}") return spell(said.number);
			if (part === "{counter}") return countOrSpell(speech, said.counter ?? "");
			return [part];
		})
		.map((clip) => speech.clips[clip]);
	return addresses.every((address) => address !== undefined) ? addresses : null;
}

function countOrSpell(speech: Speech, counter: string): string[] {
	const count = `count-${counter}`;
	return count in speech.clips ? [count] : spell(counter);
}

function spell(text: string): string[] {
	return [...text.toUpperCase()].map((one) => (/\d/.test(one) ? `digit-${one}` : `letter-${one}`));
}
