import fc from "fast-check";
import { expect, test } from "vitest";
import { counterNumberSchema, topicIdSchema } from "../../../../protocol/model/ids.ts";
import { DAY_MEASURES } from "../../../../protocol/statistics/day-measures.ts";
import {
	changeShifts,
	effectOf,
	measureDay,
	type PlayedMeasures,
	type RecordedDay,
	type ReplayChange,
	rangesOf,
	replayDay,
} from "../../../../station/planning/replay-day.ts";
import { HOUR_MS, OPENS_AT, play, recordSimulatedDay, SITE } from "../../../fixtures/recorded-day.ts";

const MINUTE = 60_000;
const REPLAYS = 15;
const [ONE, TWO, THREE] = [1, 2, 3].map((number) => counterNumberSchema.parse(String(number)));
const topic = (place: number) => topicIdSchema.parse(`topic-${place}`);
if (!ONE || !TWO || !THREE) throw new Error("Three counters.");

const playAll = (day: RecordedDay, changes: readonly ReplayChange[] = []): PlayedMeasures[] => {
	const { shifts } = changeShifts(day.shifts, changes);
	return Array.from({ length: REPLAYS }, (_, seed) => replayDay(day, shifts, seed, play));
};
const meanOf = (played: readonly PlayedMeasures[]) =>
	played.reduce((sum, { meanWaitMs }) => sum + meanWaitMs, 0) / played.length;
const seeds = fc.integer({ min: 0, max: 10_000 });

test("a day that nobody changes is played near what it was", () => {
	const days = Array.from({ length: 15 }, (_, seed) => {
		const day = recordSimulatedDay(seed);
		const [actual, played] = [measureDay(day), playAll(day)];
		return { off: meanOf(played) - actual.meanWaitMs, actual: actual.meanWaitMs };
	});
	const sum = (of: (one: (typeof days)[number]) => number) => days.reduce((all, one) => all + of(one), 0);
	// Off by a sixth on a day, and on all days neither better nor worse by more than an eighth.
	expect(sum(({ off }) => Math.abs(off))).toBeLessThan(sum(({ actual }) => actual) / 6);
	expect(Math.abs(sum(({ off }) => off))).toBeLessThan(sum(({ actual }) => actual) / 8);
});

test("another counter never makes people wait longer, and a missing one never shorter", () => {
	fc.assert(
		fc.property(seeds, fc.integer({ min: 0, max: 6 }), (seed, hour) => {
			const day = recordSimulatedDay(seed);
			const from = OPENS_AT + hour * HOUR_MS;
			const usual = meanOf(playAll(day));
			expect(meanOf(playAll(day, [{ kind: "open", from, to: null, topics: null }]))).toBeLessThan(usual + MINUTE);
			expect(meanOf(playAll(day, [{ kind: "absent", counter: ONE, from, to: null }]))).toBeGreaterThan(usual - MINUTE);
		}),
		{ numRuns: 12 },
	);
});

test("one on sick leave all day makes the waits longer, another counter in the morning shorter", () => {
	const day = recordSimulatedDay(11);
	const usual = playAll(day);
	expect(effectOf(usual, usual)).toBe("unclear");
	expect(effectOf(usual, playAll(day, [{ kind: "absent", counter: TWO, from: null, to: null }]))).toBe("longer");
	const from = OPENS_AT + HOUR_MS;
	expect(effectOf(usual, playAll(day, [{ kind: "open", from, to: null, topics: null }]))).toBe("shorter");
});

test("a topic that waited for one counter waits less when a second serves it too", () => {
	const only = (...places: number[]) => new Set(places.map(topic));
	const day = recordSimulatedDay(4, {
		...{ ...SITE, load: 0.8 },
		counters: [
			{ counter: ONE, topics: only(0, 1) },
			{ counter: TWO, topics: only(2) },
			{ counter: THREE, topics: only(3) },
		],
	});
	const serve: ReplayChange = { kind: "serve", counter: TWO, topic: topic(1) };
	expect(effectOf(playAll(day), playAll(day, [serve]))).toBe("shorter");
	expect(changeShifts(day.shifts, [serve, serve]).remarks).toEqual([{ change: 1, remark: "served-already" }]);
});

test("a change of a counter that was not open that day says so and does nothing", () => {
	const day = recordSimulatedDay(4);
	const nine = counterNumberSchema.parse("9");
	const changed = changeShifts(day.shifts, [
		{ kind: "absent", counter: nine, from: null, to: null },
		{ kind: "absent", counter: ONE, from: 23 * HOUR_MS, to: null },
		{ kind: "serve", counter: ONE, topic: topic(0) },
	]);
	expect(changed.remarks).toEqual([
		{ change: 0, remark: "counter-not-open" },
		{ change: 1, remark: "counter-not-open" },
		{ change: 2, remark: "served-already" },
	]);
});

test("the same seed plays the same day, and ranges are in order", () => {
	fc.assert(
		fc.property(seeds, (seed) => {
			const day = recordSimulatedDay(seed);
			expect(replayDay(day, day.shifts, seed, play)).toEqual(replayDay(day, day.shifts, seed, play));
			const ranges = rangesOf(playAll(day));
			for (const measure of DAY_MEASURES) {
				const { low, middle, high } = ranges[measure];
				expect(low).toBeLessThanOrEqual(middle);
				expect(middle).toBeLessThanOrEqual(high);
			}
		}),
		{ numRuns: 5 },
	);
});
