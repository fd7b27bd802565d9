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
	sentence: string;
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
