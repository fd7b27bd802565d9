import type { Board, BoardCall, Site } from "../../protocol/board.ts";

/**
 * What the board shows, and why. A pure reducer: the station's pictures and the state of the
 * line to it go in, the last good picture stays whatever happens.
 */
export interface BoardState {
	picture: Board | null;
	site: Site | null;
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
	| { type: "site"; site: Site };

/** A call older than this is not sounded any more: its visitor has come or gone. */
export const ANNOUNCE_WITHIN = 90_000;

export function reduceBoard(state: BoardState, event: BoardEvent): BoardState {
	switch (event.type) {
		case "opened":
			return { ...state, reopened: true };
		case "lost":
			return { ...state, link: "lost", toAnnounce: [] };
		case "site":
			return { ...state, site: event.site };
		case "picture":
			return withPicture(state, event.picture, event.at);
	}
}

function withPicture(state: BoardState, picture: Board, at: number): BoardState {
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

export const MOST_ROWS = 5;

/**
 * The rows to show, five at most: those who still have to find their counter, latest call first,
 * then those who are served. So nobody's call is pushed down by one that is already answered.
 */
export function rowsToShow(calls: readonly BoardCall[]): BoardCall[] {
	const latestFirst = calls.toSorted((one, other) => other.calledAt - one.calledAt);
	const called = latestFirst.filter((call) => call.state === "called");
	const serving = latestFirst.filter((call) => call.state === "serving");
	return [...called, ...serving].slice(0, MOST_ROWS);
}

export interface WaitingSeries {
	series: string;
	numbers: string[];
}

/** More numbers than this would be too small to find one's own. */
export const MOST_WAITING = 10;

/** Those who wait, by the letter of their number; letters in order, numbers in the order they came. */
export function waitingBySeries(waiting: Board["waiting"]): WaitingSeries[] {
	const groups = Map.groupBy(waiting, (ticket) => ticket.number.slice(0, 1));
	return [...groups]
		.map(([series, tickets]) => ({ series, numbers: tickets.map((ticket) => ticket.number) }))
		.toSorted((one, other) => one.series.localeCompare(other.series, "en"));
}
