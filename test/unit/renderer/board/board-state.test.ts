import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Board, BoardCall } from "../../../../protocol/api/board.ts";
import {
	ANNOUNCE_WITHIN,
	type BoardEvent,
	type BoardState,
	FIRST_STATE,
	MAX_ROWS,
	ROOM,
	reduceBoard,
	rowsToShow,
	waitingByTopic,
} from "../../../../renderer/board/state/board-state.ts";

const NOW = 1_000_000;

function call(change: Partial<BoardCall> = {}): BoardCall {
	return {
		call: "first",
		number: "A001",
		counter: "3",
		topic: "work-permit",
		language: "ja",
		calledAt: NOW - 1_000,
		state: "called",
		...change,
	};
}

function picture(seq: number, ...calls: BoardCall[]): BoardEvent & { type: "picture" } {
	const board: Board = { seq, at: NOW, site: "centre", calls, waitingCount: 0, wait: null, waiting: [] };
	return { type: "picture", picture: board, at: NOW - 50 };
}

const stateAfter = (...events: BoardEvent[]): BoardState => events.reduce(reduceBoard, FIRST_STATE);
const one = call();
const two = call({ call: "second", number: "A002", calledAt: NOW - 500 });

describe("which picture is shown", () => {
	test("the later one; an overtaken one is ignored", () => {
		const state = stateAfter(picture(5, one), picture(7, one, two));
		expect(reduceBoard(state, picture(6, one))).toBe(state);
	});

	test("after a reconnect a lower one counts too: the station was restored", () => {
		const state = stateAfter(picture(70, one), { type: "lost" }, { type: "opened" }, picture(5, two));
		expect(state.picture?.seq).toBe(5);
		expect(reduceBoard(state, picture(4))).toBe(state);
	});

	test("the last good one stays while the station is gone", () => {
		const state = stateAfter(picture(5, one), { type: "lost" });
		expect(state).toMatchObject({ link: "lost", picture: { seq: 5, calls: [one] } });
		expect(reduceBoard(state, picture(5, one)).link).toBe("live");
	});

	test("the station's clock is kept with it", () => {
		expect(stateAfter(picture(1)).clockOffset).toBe(50);
	});
});

describe("which calls are new", () => {
	test("those shown when the board starts are not sounded", () => {
		const state = stateAfter(picture(5, one, two));
		expect(state.toAnnounce).toEqual([]);
		expect(state.fresh.size).toBe(0);
	});

	test("a call that comes while the board looks on is, once", () => {
		const state = stateAfter(picture(5, one), picture(6, two, one));
		expect(state.toAnnounce).toEqual([two]);
		expect(state.fresh).toEqual(new Set(["second"]));
		const again = reduceBoard(state, picture(7, two, one));
		expect(again.toAnnounce).toEqual([]);
		expect(again.fresh).toEqual(new Set(["second"]));
	});

	test("a recall is a new call of the same number", () => {
		const recalled = call({ call: "again" });
		expect(stateAfter(picture(5, one), picture(6, recalled)).toAnnounce).toEqual([recalled]);
	});

	test("several at once sound in the order in which they were called", () => {
		expect(stateAfter(picture(5), picture(6, two, one)).toAnnounce).toEqual([one, two]);
	});

	test("catching up sounds what is still worth it: not the old, not those already served", () => {
		const old = call({ call: "old", calledAt: NOW - ANNOUNCE_WITHIN - 1 });
		const served = call({ call: "served", state: "serving" });
		const state = stateAfter(picture(5), { type: "lost" }, { type: "opened" }, picture(90, two, served, old));
		expect(state.toAnnounce).toEqual([two]);
		expect(reduceBoard(state, picture(91, two, served, old)).toAnnounce).toEqual([]);
	});

	test("a mark of freshness goes with its row", () => {
		const state = stateAfter(picture(5), picture(6, two), picture(7, call({ ...two, state: "serving" })), picture(8));
		expect(state.fresh.size).toBe(0);
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
	const line = (...topics: string[]) => topics.map((topic, index) => ({ number: `A${100 + index}`, topic }));

	test("stands under the topic, topics in the order in which somebody of them comes next", () => {
		expect(waitingByTopic(line("housing", "work-permit", "housing"), ROOM)).toEqual([
			{ topic: "housing", numbers: ["A100", "A102"] },
			{ topic: "work-permit", numbers: ["A101"] },
		]);
	});

	test("a long line of one topic is cut, and so are many topics: always the first of the line", () => {
		expect(waitingByTopic(line(...Array.from({ length: 40 }, () => "housing")), ROOM)[0]?.numbers).toHaveLength(18);
		const many = waitingByTopic(line(...Array.from({ length: 40 }, (_, index) => `topic-${index}`)), ROOM);
		expect(many.map(({ numbers }) => numbers[0])).toEqual(["A100", "A101", "A102", "A103"]);
	});

	test("whatever the line is, the first of it are shown, and nobody behind one who is not", () => {
		const waiting = fc.array(fc.constantFrom("a", "b", "c", "d", "e")).map((topics) => line(...topics));
		fc.assert(
			fc.property(waiting, (all) => {
				const shown = waitingByTopic(all, ROOM).flatMap(({ numbers }) => numbers);
				expect(shown.toSorted()).toEqual(all.slice(0, shown.length).map(({ number }) => number));
			}),
		);
	});
});
