import type { Language } from "../../../protocol/model/language.ts";

/** A piece of text that stays on one line. `space` is the white space after it, dropped at the end of a line. */
export interface Piece {
	text: string;
	space: string;
}

/** A line must not begin with small kana, closing brackets or stops (kinsoku, JIS X 4051; GB/T 15834). */
const NEVER_FIRST =
	/^[、。，．：；！？）」』】〕》〉”’…‥ーァィゥェォッャュョぁぃぅぇぉっゃゅょ々〜～·・,.:;!?)\]}%»”]/u;
const NEVER_LAST = /[（「『【〔《〈“‘([{«¿¡$¥]$/u;
/** Scripts without spaces between words: a line may end after any word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー　-〿！-～]/u;
const SOFT_HYPHEN = "\u00ad";

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(language: Language, granularity: "word" | "grapheme"): Intl.Segmenter {
	const key = `${language} ${granularity}`;
	const before = segmenters.get(key);
	if (before) return before;
	const made = new Intl.Segmenter(language, { granularity });
	segmenters.set(key, made);
	return made;
}

/** Segmenting takes ten times as long as setting, and most texts are on the next ticket too. */
const known = new Map<string, readonly Piece[]>();
const MAX_KNOWN = 500;

/** Splits a text wherever a line may end. */
function piecesOf(text: string, language: Language): readonly Piece[] {
	const key = `${language}\n${text}`;
	const before = known.get(key);
	if (before) return before;
	if (known.size >= MAX_KNOWN) known.clear();
	const pieces = splitIntoPieces(text, language);
	known.set(key, pieces);
	return pieces;
}

function splitIntoPieces(text: string, language: Language): Piece[] {
	const pieces: Piece[] = [];
	let last: Piece | undefined;
	for (const { segment } of segmenter(language, "word").segment(text)) {
		// Not \s: a no-break space must keep its neighbours together.
		if (/^[ \u3000\t]+$/.test(segment)) {
			if (last) last.space += segment;
		} else if (last && !mayBreak(last, segment)) {
			last.text += last.space + segment;
			last.space = "";
		} else {
			last = { text: segment, space: "" };
			pieces.push(last);
		}
	}
	return pieces;
}

function mayBreak(before: Piece, after: string): boolean {
	if (NEVER_FIRST.test(after) || NEVER_LAST.test(before.text)) return false;
	if (before.space !== "") return true;
	if (/[-/–—]$/.test(before.text)) return true;
	const tail = before.text.at(-1) ?? "";
	// "3番" and "10 分" stay together.
	if (/\d$/.test(before.text)) return false;
	return UNSPACED.test(tail) || UNSPACED.test(after.charAt(0));
}

/**
 * Breaks a text into lines no wider than `width`, in the unit of `measure`. A piece that is too wide for
 * a line breaks at a soft hyphen, or between two graphemes if it has none.
 */
export function breakLines(
	text: string,
	language: Language,
	width: number,
	measure: (text: string) => number,
): string[] {
	const lines: string[] = [];
	let line = "";
	let lineWidth = 0;
	const end = () => {
		if (line !== "") lines.push(line.trimEnd());
		line = "";
		lineWidth = 0;
	};
	for (const piece of piecesOf(text, language)) {
		let rest = piece.text;
		for (;;) {
			const plain = rest.replaceAll(SOFT_HYPHEN, "");
			const plainWidth = measure(plain);
			if (lineWidth + plainWidth <= width) {
				line += plain + piece.space;
				lineWidth += plainWidth + (piece.space === "" ? 0 : measure(piece.space));
				break;
			}
			const split =
				splitAtHyphen(rest, width - lineWidth, measure) ??
				(lineWidth === 0 ? splitAnywhere(rest, language, width, measure) : { head: "", tail: rest });
			line += split.head;
			rest = split.tail;
			end();
		}
	}
	end();
	return lines;
}

interface Split {
	head: string;
	tail: string;
}

/** Splits off the longest beginning that ends at a soft hyphen and fits, with the hyphen that then shows. */
function splitAtHyphen(text: string, width: number, measure: (text: string) => number): Split | undefined {
	for (let at = text.lastIndexOf(SOFT_HYPHEN); at > 0; at = text.lastIndexOf(SOFT_HYPHEN, at - 1)) {
		const head = `${text.slice(0, at).replaceAll(SOFT_HYPHEN, "")}-`;
		if (measure(head) <= width) return { head, tail: text.slice(at + 1) };
	}
	return undefined;
}

/** Splits off at least one grapheme, so that breaking always ends. */
function splitAnywhere(text: string, language: Language, width: number, measure: (text: string) => number): Split {
	let head = "";
	for (const { segment } of segmenter(language, "grapheme").segment(text)) {
		if (head !== "" && measure((head + segment).replaceAll(SOFT_HYPHEN, "")) > width) break;
		head += segment;
	}
	return { head: head.replaceAll(SOFT_HYPHEN, ""), tail: text.slice(head.length) };
}

/** Breaks into as few lines as `breakLines` does, but of more even length: better for centred text. */
export function breakEvenly(
	text: string,
	language: Language,
	width: number,
	measure: (text: string) => number,
): string[] {
	const lines = breakLines(text, language, width, measure);
	if (lines.length < 2) return lines;
	const total = lines.reduce((sum, line) => sum + measure(line), 0);
	let even: string[] | undefined;
	for (const slack of [1.04, 1.12, 1.24, 1.4]) {
		const narrow = Math.min(width, (total / lines.length) * slack);
		const candidate = breakLines(text, language, narrow, measure);
		if (candidate.length !== lines.length) continue;
		if (endsPhrases(candidate)) return candidate;
		even ??= candidate;
	}
	return even ?? lines;
}

/** True if each line but the last ends where the sentence pauses: "not yet / there" is hard to read. */
function endsPhrases(lines: readonly string[]): boolean {
	return lines.slice(0, -1).every((line) => /[,;:.!?،؛؟，、；：。！？]$/u.test(line));
}
