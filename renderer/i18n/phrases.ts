import type { Language } from "../../protocol/model/language.ts";

/*
 * Chinese, Japanese and Thai have no spaces, so browsers break their lines inside words too. Intl.Segmenter knows the
 * words, but cuts some in two; the patterns name those that the kiosk's texts have, and short parentheses.
 */
const UNBREAKABLE: Readonly<Partial<Record<Language, RegExp>>> = {
	"zh-Hans": /身份证|新生儿|停居留|R字签证|（[^）]{1,8}）/g,
	ja: /[\p{Script=Han}]類|（[^）]{1,8}）/gu,
	th: /ถิ่นที่อยู่|ความสามารถ/g,
};

const OPENING = /[\p{Ps}\p{Pi}]$/u;

/** A text in pieces that a line may break between but not inside; the whole text in languages with spaces. */
export function phrasesOf(text: string, language: Language): readonly string[] {
	const unbreakable = UNBREAKABLE[language];
	if (!unbreakable) return [text];
	const pieces: string[] = [];
	let end = 0;
	for (const { 0: piece, index } of text.matchAll(unbreakable)) {
		pieces.push(...wordsOf(text.slice(end, index), language), piece);
		end = index + piece.length;
	}
	pieces.push(...wordsOf(text.slice(end), language));
	return joinPunctuation(pieces);
}

const segmenters = new Map<Language, Intl.Segmenter>();

function wordsOf(text: string, language: Language): string[] {
	if (text === "") return [];
	const segmenter = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: "word" });
	segmenters.set(language, segmenter);
	return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Punctuation belongs to the word before it, an opening bracket to the one after it. */
function joinPunctuation(pieces: readonly string[]): string[] {
	const joined: string[] = [];
	for (const piece of pieces) {
		const last = joined.at(-1);
		const belongs =
			last !== undefined && (OPENING.test(last) || (/^[\p{P}\p{S}]/u.test(piece) && !/^[\p{Ps}\p{Pi}]/u.test(piece)));
		if (belongs) joined[joined.length - 1] = last + piece;
		else joined.push(piece);
	}
	return joined;
}
