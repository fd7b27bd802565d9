import type { Board, BoardCall, Site } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";

/** What the board shows. The last board that the station sent stays on the screen while the connection is lost. */
export interface BoardState {
	board: Board | null;
	site: Site | null;
	/** What visitors should know before they queue, in one language after the other; null for nothing. */
	notice: BoardNotice | null;
	/** The topics' names in Chinese and English, by id. */
	topics: ReadonlyMap<string, TopicNames>;
	link: "connecting" | "live" | "lost";
	/** The stream was reopened: the next board counts even with a lower seq (a restored station). */
	reopened: boolean;
	/** The station's clock minus this device's. */
	clockOffsetMs: number;
	/** Ids of all calls on the last board: others are new. */
	known: ReadonlySet<string>;
	/** Ids of calls that came while the board was on: their rows flash. */
	newCalls: ReadonlySet<string>;
	/** New calls of the last board, oldest first. */
	toAnnounce: readonly BoardCall[];
}

export const INITIAL_STATE: BoardState = {
	board: null,
	site: null,
	notice: null,
	topics: new Map(),
	link: "connecting",
	reopened: true,
	clockOffsetMs: 0,
	known: new Set(),
	newCalls: new Set(),
	toAnnounce: [],
};

export type BoardEvent =
	| { type: "stream-opened" }
	/** `at` is this device's clock. */
	| { type: "board-received"; board: Board; at: number }
	| { type: "connection-lost" }
	| { type: "catalogue-received"; site: Site; topics: ReadonlyMap<string, TopicNames> }
	| { type: "notice-changed"; notice: BoardNotice | null };

export interface BoardNotice {
	language: Language;
	sentences: readonly string[];
}

export interface TopicNames {
	chinese: string;
	english: string;
}

/** Older calls are not announced: their visitor has come or gone. */
export const ANNOUNCE_WITHIN_MS = 90_000;

export function reduceBoard(state: BoardState, event: BoardEvent): BoardState {
	switch (event.type) {
		case "stream-opened":
			return { ...state, reopened: true };
		case "connection-lost":
			return { ...state, link: "lost", toAnnounce: [] };
		case "notice-changed":
			return { ...state, notice: event.notice };
		case "catalogue-received":
			return { ...state, site: event.site, topics: event.topics };
		case "board-received":
			return withBoard(state, event.board, event.at);
	}
}

function withBoard(state: BoardState, board: Board, at: number): BoardState {
	const isOutdated = state.board !== null && board.seq < state.board.seq;
	if (isOutdated && !state.reopened) return state;
	const announced = state.board === null ? [] : callsToAnnounce(state.known, board);
	const shown = new Set(board.calls.map((call) => call.call));
	const newCalls = new Set([...state.newCalls].filter((call) => shown.has(call)));
	for (const call of announced) newCalls.add(call.call);
	return {
		...state,
		board,
		link: "live",
		reopened: false,
		clockOffsetMs: board.at - at,
		known: shown,
		newCalls,
		toAnnounce: announced,
	};
}

/** New calls to announce, oldest first: neither old ones nor those whose visitor is already at the counter. */
function callsToAnnounce(known: ReadonlySet<string>, board: Board): BoardCall[] {
	return board.calls
		.filter((call) => !known.has(call.call))
		.filter((call) => call.state === "called" && board.at - call.calledAt <= ANNOUNCE_WITHIN_MS)
		.toSorted((one, other) => one.calledAt - other.calledAt);
}

export const MAX_ROWS = 5;

/**
 * At most MAX_ROWS calls: visitors who still have to find their counter first, the latest call on top, then those who
 * are being served. A call that has been answered never displaces one that has not.
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

/* Heights in board units: board.module.css. */
export const COLUMN_HEIGHT = 596;
export const NOTICE_HEIGHT = 88;
/** What a wait of hours takes more than one of minutes: a second line in both languages. */
export const WAIT_OF_HOURS_HEIGHT = 72;
const HEADING_HEIGHT = 96;
const HEADING_LINE_HEIGHT = 34;
/** So much of a name surely fits on a line. */
const LINE_CHARACTERS = { chinese: 10, english: 18 };
const ROW_HEIGHT = 52;
const NUMBERS_PER_ROW = 2;

/**
 * The next waiting numbers, grouped by topic. Topics and numbers are in queue order. The list ends at the first number
 * that has no room in `height`, so that no number is skipped. A long name in `names` takes a second line.
 */
export function waitingByTopic(
	waiting: Board["waiting"],
	height: number,
	names: ReadonlyMap<string, TopicNames>,
): WaitingTopic[] {
	const topics = new Map<string, string[]>();
	let room = height;
	for (const { topic, number } of waiting) {
		const numbers = topics.get(topic) ?? [];
		room -=
			(numbers.length === 0 ? headingHeight(names.get(topic)) : 0) +
			(numbers.length % NUMBERS_PER_ROW === 0 ? ROW_HEIGHT : 0);
		if (room < 0) break;
		topics.set(topic, [...numbers, number]);
	}
	return [...topics].map(([topic, numbers]) => ({ topic, numbers }));
}

function headingHeight(names: TopicNames | undefined): number {
	const secondLines =
		Number((names?.chinese.length ?? 0) > LINE_CHARACTERS.chinese) +
		Number((names?.english.length ?? 0) > LINE_CHARACTERS.english);
	return HEADING_HEIGHT + secondLines * HEADING_LINE_HEIGHT;
}
