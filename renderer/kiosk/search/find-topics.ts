import { getChoseong } from "es-hangul";
import type { Keywords, Topic } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { fold, foldWide, segmentsOf } from "./fold.ts";
import { isNear, stemShareOf } from "./misspellings.ts";

/* Finds topics by what visitors type: their names, everyday words, and the documents that they ask for. */

type Named = Pick<Topic, "id" | "name" | "reading" | "rank">;

/** The best first; nothing for nothing typed. */
export type Find<Found> = (typed: string) => Found[];

export function createSearch<T extends Named>(
	language: Language,
	topics: readonly T[],
	keywords: Readonly<Record<string, Keywords>> = {},
): { find: Find<T> } {
	const entries = topics.map((topic) => ({ topic, terms: termsOf(language, topic, keywords[topic.id]) }));
	return {
		find(typed) {
			const query = queryOf(language, typed);
			if (query.whole === "") return [];
			return entries
				.map(({ topic, terms }) => ({ topic, score: scoreOf(query, terms) }))
				.filter(({ score }) => score > 0)
				.sort((a, b) => b.score - a.score || a.topic.rank - b.topic.rank)
				.map(({ topic }) => topic);
		},
	};
}

/** A text that finds a topic. */
interface Term {
	kind: "name" | "keyword" | "document" | "pinyin";
	whole: string;
	words: readonly string[];
	/** From each later word to the end. */
	rests: readonly string[];
	/** The first letters of the words, as Chinese and Korean readers type them. */
	initials: string;
}

interface Query {
	whole: string;
	words: readonly string[];
}

function termsOf(language: Language, { name, reading }: Named, keywords: Keywords | undefined): Term[] {
	const term = (kind: Term["kind"], text: string, form: typeof fold): Term => {
		const words = segmentsOf(language, text, form);
		return {
			kind,
			whole: words.join(""),
			words,
			rests: words.slice(1).map((_, place) => words.slice(place + 1).join("")),
			initials: initialsOf(language, text, words),
		};
	};
	return [
		// Both as the keys have it and as a keyboard has it.
		term("name", reading ?? name, fold),
		term("name", name, foldWide),
		...(keywords?.words ?? []).map((word) => term("keyword", word, foldWide)),
		...(keywords?.documents ?? []).map((document) => term("document", document, foldWide)),
		...(keywords?.pinyin ?? []).map((word) => term("pinyin", word, foldWide)),
	].filter(({ whole }) => whole !== "");
}

function initialsOf(language: Language, text: string, words: readonly string[]): string {
	if (language === "ko") return fold(language, getChoseong(text));
	return language === "zh-Hans" && words.length > 1 ? words.map((syllable) => syllable.charAt(0)).join("") : "";
}

function queryOf(language: Language, typed: string): Query {
	const words = typed
		.split(/\s+/)
		.map((word) => foldWide(language, word))
		.filter((word) => word !== "");
	return { whole: words.join(""), words };
}

/** A document is less than the topic itself: "passport" is asked for by nearly all. So is a word of another language. */
const SHARES: Readonly<Record<Term["kind"], number>> = { name: 1, keyword: 1, document: 0.5, pinyin: 0.5 };
const WORDS_SHARE = 0.8;

function scoreOf({ whole, words }: Query, terms: readonly Term[]): number {
	const best = (text: string) => Math.max(...terms.map((term) => matchOf(text, term) * SHARES[term.kind]));
	const ofWhole = best(whole);
	if (words.length < 2) return ofWhole;
	// Words that say nothing ("I", "my") count for little: the average is weighted by length.
	const ofWords = words.reduce((sum, word) => sum + best(word) * word.length, 0) / whole.length;
	return Math.max(ofWhole, ofWords * WORDS_SHARE);
}

/** How well typed letters match a term: 100 is the term itself, 0 is not at all. */
function matchOf(typed: string, { kind, whole, words, rests, initials }: Term): number {
	if (whole === typed) return 100;
	if (whole.startsWith(typed)) return kind === "name" ? 85 : 75;
	if (initials.startsWith(typed)) return 65;
	if (rests.some((rest) => rest.startsWith(typed))) return kind === "name" ? 70 : 60;
	// A single letter is in nearly every name.
	if (typed.length < 2) return 0;
	if (initials.includes(typed)) return 55;
	if (whole.includes(typed)) return 45;
	if (whole.length >= leastLengthOf(whole) && typed.includes(whole)) return 40 + (10 * whole.length) / typed.length;
	if (isNear(typed, whole)) return 38;
	if (words.some((word) => isNear(typed, word))) return 34;
	const stem = Math.max(0, ...words.map((word) => stemShareOf(typed, word)));
	if (stem > 0) return 20 + 10 * stem;
	const inside = words.filter((word) => word.length >= leastLengthOf(word) && typed.includes(word));
	return inside.length > 0 ? 10 + (20 * inside.join("").length) / Math.max(typed.length, whole.length) : 0;
}

/** Shorter words are inside others by chance; a Chinese word is whole with two characters. */
const leastLengthOf = (word: string) => (/\p{Script=Han}|\p{Script=Hangul}/u.test(word) ? 2 : 4);
