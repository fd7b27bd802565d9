import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Board, BoardCall } from "../../../../protocol/api/board.ts";
import {
	ANNOUNCE_WITHIN_MS,
	type BoardEvent,
	type BoardState,
	COLUMN_HEIGHT,
	INITIAL_STATE,
	MAX_ROWS,
	reduceBoard,
	rowsToShow,
	waitingByTopic,
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
	const received: Board = { seq, at: NOW, site: asSiteId("centre"), calls, waitingCount: 0, wait: null, waiting: [] };
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

describe("rows", () => {
	test("who still has to come stands above who is served, latest call first", () => {
		const served = call({ call: "served", state: "serving", calledAt: NOW });
		expect(rowsToShow([served, one, two]).map((row) => row.call)).toEqual(["second", "first", "served"]);
	});

	test("five at most, and those who are served make room first", () => {
		const called = Array.from({ length: 4 }, (_, index) => call({ call: `c${index}`, calledAt: NOW - index }));
		const served = Array.from({ length: 4 }, (_, index) =>
			call({ call: `s${index}`, state: "serving", calledAt: NOW }),
		);
		const rows = rowsToShow([...served, ...called]);
		expect(rows).toHaveLength(MAX_ROWS);
		expect(rows.filter((row) => row.state === "called")).toHaveLength(4);
	});
});

describe("who waits", () => {
	const NAMES = new Map([["long", { chinese: "永久居留身份证换发、补发", english: "Renew or replace the card" }]]);
	const line = (...topics: string[]) =>
		topics.map((topic, index) => ({ number: `A${100 + index}`, topic: asTopicId(topic) }));

	test("stands under the topic, topics in the order in which somebody of them comes next", () => {
		expect(waitingByTopic(line("housing", "work-permit", "housing"), COLUMN_HEIGHT, NAMES)).toEqual([
			{ topic: "housing", numbers: ["A100", "A102"] },
			{ topic: "work-permit", numbers: ["A101"] },
		]);
	});

	test("a long line of one topic is cut, and so are many topics: always the first of the line", () => {
		expect(
			waitingByTopic(line(...Array.from({ length: 40 }, () => "housing")), COLUMN_HEIGHT, NAMES)[0]?.numbers,
		).toHaveLength(18);
		const many = waitingByTopic(
			line(...Array.from({ length: 40 }, (_, index) => `topic-${index}`)),
			COLUMN_HEIGHT,
			NAMES,
		);
		expect(many.map(({ numbers }) => numbers[0])).toEqual(["A100", "A101", "A102", "A103"]);
	});

	test("a name of two lines leaves room for fewer numbers", () => {
		const shown = waitingByTopic(line(...Array.from({ length: 40 }, () => "long")), COLUMN_HEIGHT, NAMES);
		expect(shown[0]?.numbers).toHaveLength(16);
	});

	test("whatever the line is, the first of it are shown, and nobody behind one who is not", () => {
		const waiting = fc.array(fc.constantFrom("a", "b", "c", "d", "e")).map((topics) => line(...topics));
		fc.assert(
			fc.property(waiting, (all) => {
				const shown = waitingByTopic(all, COLUMN_HEIGHT, NAMES).flatMap(({ numbers }) => numbers);
				expect(shown.toSorted()).toEqual(all.slice(0, shown.length).map(({ number }) => number));
			}),
		);
	});
});
