import { describe, expect, test } from "vitest";
import type { Board, BoardCall } from "../../../../protocol/api/board.ts";
import {
	ANNOUNCE_WITHIN_MS,
	type BoardEvent,
	type BoardState,
	INITIAL_STATE,
	reduceBoard,
} from "../../../../renderer/board/state/board-state.ts";
import { asCounter, asSiteId, asTopicId } from "../../../fixtures/ids.ts";

const NOW = 1_000_000;

function call(change: Partial<BoardCall> = {}): BoardCall {
	return {
		call: "first",
		number: "A001",
		counter: asCounter("3"),
		topic: asTopicId("work-permit"),
		language: "ja",
		calledAt: NOW - 1_000,
		state: "called",
		...change,
	};
}

function board(seq: number, ...calls: BoardCall[]): BoardEvent & { type: "board-received" } {
	const nobody = { waitingCount: 0, wait: null, waiting: [], missed: [] };
	const received: Board = { seq, at: NOW, site: asSiteId("centre"), calls, ...nobody };
	return { type: "board-received", board: received, at: NOW - 50 };
}

const stateAfter = (...events: BoardEvent[]): BoardState => events.reduce(reduceBoard, INITIAL_STATE);
const one = call();
const two = call({ call: "second", number: "A002", calledAt: NOW - 500 });

describe("which picture is shown", () => {
	test("the later one; an overtaken one is ignored", () => {
		const state = stateAfter(board(5, one), board(7, one, two));
		expect(reduceBoard(state, board(6, one))).toBe(state);
	});

	test("after a reconnect a lower one counts too: the station was restored", () => {
		const state = stateAfter(board(70, one), { type: "connection-lost" }, { type: "stream-opened" }, board(5, two));
		expect(state.board?.seq).toBe(5);
		expect(reduceBoard(state, board(4))).toBe(state);
	});

	test("the last good one stays while the station is gone", () => {
		const state = stateAfter(board(5, one), { type: "connection-lost" });
		expect(state).toMatchObject({ link: "lost", board: { seq: 5, calls: [one] } });
		expect(reduceBoard(state, board(5, one)).link).toBe("live");
	});

	test("the station's clock is kept with it", () => {
		expect(stateAfter(board(1)).clockOffsetMs).toBe(50);
	});
});

describe("which calls are new", () => {
	test("those shown when the board starts are not sounded", () => {
		const state = stateAfter(board(5, one, two));
		expect(state.toAnnounce).toEqual([]);
		expect(state.newCalls.size).toBe(0);
	});

	test("a call that comes while the board looks on is, once", () => {
		const state = stateAfter(board(5, one), board(6, two, one));
		expect(state.toAnnounce).toEqual([two]);
		expect(state.newCalls).toEqual(new Set(["second"]));
		const again = reduceBoard(state, board(7, two, one));
		expect(again.toAnnounce).toEqual([]);
		expect(again.newCalls).toEqual(new Set(["second"]));
	});

	test("a recall is a new call of the same number", () => {
		const recalled = call({ call: "again" });
		expect(stateAfter(board(5, one), board(6, recalled)).toAnnounce).toEqual([recalled]);
	});

	test("several at once sound in the order in which they were called", () => {
		expect(stateAfter(board(5), board(6, two, one)).toAnnounce).toEqual([one, two]);
	});

	test("catching up sounds what is still worth it: not the old, not those already served", () => {
		const old = call({ call: "old", calledAt: NOW - ANNOUNCE_WITHIN_MS - 1 });
		const served = call({ call: "served", state: "serving" });
		const state = stateAfter(
			board(5),
			{ type: "connection-lost" },
			{ type: "stream-opened" },
			board(90, two, served, old),
		);
		expect(state.toAnnounce).toEqual([two]);
		expect(reduceBoard(state, board(91, two, served, old)).toAnnounce).toEqual([]);
	});

	test("a mark of freshness goes with its row", () => {
		const state = stateAfter(board(5), board(6, two), board(7, call({ ...two, state: "serving" })), board(8));
		expect(state.newCalls.size).toBe(0);
	});
});
