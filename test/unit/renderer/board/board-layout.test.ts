import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BoardCall } from "../../../../protocol/api/board.ts";
import {
	callsToShow,
	layoutOf,
	MAX_CALLS,
	sideOf,
	waitingByTopic,
} from "../../../../renderer/board/state/board-layout.ts";
import { asCounter, asTopicId } from "../../../fixtures/ids.ts";

const NOW = 1_000_000;

function call(name: string, change: Partial<BoardCall> = {}): BoardCall {
	const where = { number: "A001", counter: asCounter("3"), topic: asTopicId("work-permit") };
	return { call: name, ...where, language: "ja", calledAt: NOW, state: "called", ...change };
}

describe("calls", () => {
	test("visitors who still have to come are first, the latest call on top, then those who are served", () => {
		const calls = [
			call("served", { state: "serving" }),
			call("first", { calledAt: NOW - 2 }),
			call("second", { calledAt: NOW - 1 }),
		];
		expect(callsToShow(calls, 0).map((row) => row.call)).toEqual(["second", "first", "served"]);
	});

	test("a call that waits for its visitor is never left out for one that is served", () => {
		const called = Array.from({ length: 15 }, (_, index) => call(`c${index}`, { calledAt: NOW - index }));
		const served = Array.from({ length: 15 }, (_, index) => call(`s${index}`, { state: "serving" }));
		const shown = callsToShow([...served, ...called], 7);
		expect(shown).toHaveLength(MAX_CALLS);
		expect(shown.filter((row) => row.state === "called")).toHaveLength(15);
	});

	test("where more are called than fit, the latest stay and the others take turns: each is seen", () => {
		fc.assert(
			fc.property(fc.integer({ min: MAX_CALLS + 1, max: 60 }), fc.nat(1_000_000), (count, turn) => {
				const called = Array.from({ length: count }, (_, index) => call(`c${index}`, { calledAt: NOW - index }));
				const turns = Array.from({ length: Math.ceil((count - 10) / 10) }, (_, index) =>
					callsToShow([call("served", { state: "serving" }), ...called], turn + index).map((row) => row.call),
				);
				for (const shown of turns) {
					expect(new Set(shown).size).toBe(MAX_CALLS);
					expect(shown.slice(0, 10)).toEqual(called.slice(0, 10).map((row) => row.call));
				}
				expect(new Set(turns.flat()).size).toBe(count);
			}),
		);
	});

	test("one column holds eight on a wide screen and twenty on an upright one", () => {
		expect(layoutOf(8, "landscape").columns).toBe(1);
		expect(layoutOf(9, "landscape")).toEqual({ columns: 2, hasLowRows: false, rows: "repeat(5, minmax(0, 1fr))" });
		expect(layoutOf(20, "portrait").columns).toBe(1);
	});
});

describe("waiting numbers", () => {
	const HEIGHT = 596;
	const NAMES = new Map([["long", { chinese: "永久居留身份证换发、补发", english: "Renew or replace the card" }]]);
	const line = (...topics: string[]) =>
		topics.map((topic, index) => ({ number: `A${100 + index}`, topic: asTopicId(topic) }));

	test("numbers are under their topic, the topic of the next number first", () => {
		expect(waitingByTopic(line("housing", "work-permit", "housing"), HEIGHT, NAMES)).toEqual([
			{ topic: "housing", numbers: ["A100", "A102"] },
			{ topic: "work-permit", numbers: ["A101"] },
		]);
	});

	test("a long line of one topic, or many topics, end where the column ends", () => {
		const long = waitingByTopic(line(...Array.from({ length: 40 }, () => "housing")), HEIGHT, NAMES);
		expect(long[0]?.numbers).toHaveLength(18);
		const many = waitingByTopic(line(...Array.from({ length: 40 }, (_, index) => `topic-${index}`)), HEIGHT, NAMES);
		expect(many.map(({ numbers }) => numbers[0])).toEqual(["A100", "A101", "A102", "A103"]);
	});

	test("a name of two lines leaves room for fewer numbers", () => {
		const shown = waitingByTopic(line(...Array.from({ length: 40 }, () => "long")), HEIGHT, NAMES);
		expect(shown[0]?.numbers).toHaveLength(16);
	});

	test("whatever the line is, its first numbers are shown and none is skipped", () => {
		const waiting = fc.array(fc.constantFrom("a", "b", "c", "d", "e")).map((topics) => line(...topics));
		fc.assert(
			fc.property(waiting, (all) => {
				const shown = waitingByTopic(all, HEIGHT, NAMES).flatMap(({ numbers }) => numbers);
				expect(shown.toSorted()).toEqual(all.slice(0, shown.length).map(({ number }) => number));
			}),
		);
	});

	test("missed numbers take the room of waiting ones, four beside the calls and ten below them", () => {
		const missed = Array.from({ length: 12 }, (_, index) => `B${100 + index}`);
		const waiting = line(...Array.from({ length: 40 }, () => "housing"));
		const room = { hasNotice: false, isWaitOfHours: false };
		const beside = sideOf({ waiting, missed }, NAMES, { ...room, orientation: "landscape" });
		expect(beside.missed).toEqual(["B100", "B101", "B102", "B103"]);
		expect(beside.columns[0]?.[0]?.numbers).toHaveLength(10);
		const below = sideOf({ waiting, missed }, NAMES, { ...room, orientation: "portrait" });
		expect(below.missed).toHaveLength(10);
		// Without them the band has a second column, which goes on where the first ends.
		const alone = sideOf({ waiting, missed: [] }, NAMES, { ...room, orientation: "portrait" });
		expect(alone.columns.map(([topic]) => [topic?.numbers[0], topic?.numbers.length])).toEqual([
			["A100", 10],
			["A110", 10],
		]);
		expect(below.columns[0]?.[0]?.numbers).toHaveLength(10);
	});
});
