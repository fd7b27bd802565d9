import type { Board, BoardCall, Site } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";

/**
 * What the board shows, and why. A pure reducer: the station's pictures and the state of the
 * line to it go in, the last good picture stays whatever happens.
 */
export interface BoardState {
	picture: Board | null;
	site: Site | null;
	/** What visitors should know before they queue, each language in its turn; null where there is nothing. */
	notice: BoardNotice | null;
	/** The topics' names in Chinese and English, by id. */
	topics: ReadonlyMap<string, TopicNames>;
	link: "connecting" | "live" | "lost";
	/** The stream was opened anew: the next picture counts, also with a lower seq (a restored station). */
	reopened: boolean;
	/** Station's clock minus this machine's, in milliseconds. */
	clockOffset: number;
	/** Every call id seen in the picture before: what is not among them is new. */
	known: ReadonlySet<string>;
	/** Calls that came while the board looked on: their rows flash. */
	fresh: ReadonlySet<string>;
	/** Calls to sound, oldest first, of the last picture only. */
	toAnnounce: readonly BoardCall[];
}

export const FIRST_STATE: BoardState = {
	picture: null,
	site: null,
	notice: null,
	topics: new Map(),
	link: "connecting",
	reopened: true,
	clockOffset: 0,
	known: new Set(),
	fresh: new Set(),
	toAnnounce: [],
};

export type BoardEvent =
	| { type: "opened" }
	/** `at` is this machine's clock. */
	| { type: "picture"; picture: Board; at: number }
	| { type: "lost" }
	| { type: "catalogue"; site: Site; topics: ReadonlyMap<string, TopicNames> }
	| { type: "notice"; notice: BoardNotice | null };

export interface BoardNotice {
	language: Language;
	sentences: readonly string[];
}

export interface TopicNames {
	chinese: string;
	english: string;
}

/** A call older than this is not sounded any more: its visitor has come or gone. */
export const ANNOUNCE_WITHIN = 90_000;

export function reduceBoard(state: BoardState, event: BoardEvent): BoardState {
	switch (event.type) {
		case "opened":
			return { ...state, reopened: true };
		case "lost":
			return { ...state, link: "lost", toAnnounce: [] };
		case "notice":
			return { ...state, notice: event.notice };
		case "catalogue":
			return { ...state, site: event.site, topics: event.topics };
		case "picture":
			return withSnapshot(state, event.picture, event.at);
	}
}

function withSnapshot(state: BoardState, picture: Board, at: number): BoardState {
	const overtaken = state.picture !== null && picture.seq < state.picture.seq;
	if (overtaken && !state.reopened) return state;
	const announced = state.picture === null ? [] : callsToAnnounce(state.known, picture);
	const shown = new Set(picture.calls.map((call) => call.call));
	const fresh = new Set([...state.fresh].filter((call) => shown.has(call)));
	for (const call of announced) fresh.add(call.call);
	return {
		...state,
		picture,
		link: "live",
		reopened: false,
		clockOffset: picture.at - at,
		known: shown,
		fresh,
		toAnnounce: announced,
	};
}

/** New calls worth a sound, oldest first: not those that are old, and not those whose visitor is already there. */
export function callsToAnnounce(known: ReadonlySet<string>, picture: Board): BoardCall[] {
	return picture.calls
		.filter((call) => !known.has(call.call))
		.filter((call) => call.state === "called" && picture.at - call.calledAt <= ANNOUNCE_WITHIN)
		.toSorted((one, other) => one.calledAt - other.calledAt);
}

export const MAX_ROWS = 5;

/**
 * The rows to show, five at most: those who still have to find their counter, latest call first,
 * then those who are served. So nobody's call is pushed down by one that is already answered.
 */
export function rowsToShow(calls: readonly BoardCall[]): BoardCall[] {
	const latestFirst = calls.toSorted((one, other) => other.calledAt - one.calledAt);
	const called = latestFirst.filter((call) => call.state === "called");
	const serving = latestFirst.filter((call) => call.state === "serving");
	return [...called, ...serving].slice(0, MAX_ROWS);
}

export interface WaitingTopic {
	topic: string;
	numbers: string[];
}

/** What the column of those who wait has room for, and what a notice takes of it, in units of the board: board.module.css. */
export const ROOM = 596;
export const NOTICE = 88;
const HEADING = 96;
const ROW = 52;
const NUMBERS_IN_ROW = 2;

/**
 * The first who wait, under their topics: topics in the order in which somebody of them comes next, numbers in the
 * order of the line. What has no room is left out from the first on that has none, so that nobody is passed over.
 */
export function waitingByTopic(waiting: Board["waiting"], within: number): WaitingTopic[] {
	const topics = new Map<string, string[]>();
	let room = within;
	for (const { topic, number } of waiting) {
		const numbers = topics.get(topic) ?? [];
		room -= (numbers.length === 0 ? HEADING : 0) + (numbers.length % NUMBERS_IN_ROW === 0 ? ROW : 0);
		if (room < 0) break;
		topics.set(topic, [...numbers, number]);
	}
	return [...topics].map(([topic, numbers]) => ({ topic, numbers }));
}
