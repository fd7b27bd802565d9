import { describe, expect, test } from "vitest";
import { counterNumberSchema, topicIdSchema } from "../../../../protocol/model/ids.ts";
import type { LegStep, TicketRecord } from "../../../../protocol/statistics/leg.ts";
import { type CounterEvent, findShifts, gapsBetween } from "../../../../station/planning/counter-shifts.ts";
import { type RecordedVisit, recordVisit } from "../../../../station/planning/recorded-day.ts";

const MINUTE = 60_000;
const ONE = counterNumberSchema.parse("1");
const TWO = counterNumberSchema.parse("2");
const WORK = topicIdSchema.parse("work-permit");
const VISA = topicIdSchema.parse("visa");
const EVERYTHING = () => ({ topics: undefined, languages: new Set<never>() });

type Step = [state: LegStep["state"], from: number, to: number, over?: Partial<LegStep>];

/** A ticket by its steps, in minutes. */
function visit(steps: readonly Step[], over: Partial<TicketRecord> = {}): RecordedVisit | null {
	const made = steps.map(
		([state, from, to, own]): LegStep => ({
			...{ state, topic: WORK, counter: state === "waiting" ? null : ONE, by: null, begins: null, isDoubtful: false },
			...{ startedAt: from * MINUTE, endedAt: to * MINUTE, ...own },
		}),
	);
	const arrivedAt = made[0]?.startedAt ?? 0;
	const facts = {
		language: null,
		class: "ordinary",
		outcome: null,
		rating: null,
		told: null,
		cancelled: null,
	} as const;
	const record: TicketRecord = { ...facts, state: "finished", steps: made, ...over };
	return recordVisit({ arrivedAt, queuePosition: arrivedAt, record });
}

const served = (arrived: number, called: number, ended: number) =>
	visit([
		["waiting", arrived, called],
		["called", called, called + 1],
		["serving", called + 1, ended],
	]) ?? never();

function never(): never {
	throw new Error("There is a visit.");
}

describe("a ticket as a visit", () => {
	test("what was taken by mistake is none", () => {
		expect(visit([["waiting", 0, 5]], { state: "cancelled", cancelled: "withdrawn" })).toBeNull();
	});

	test("came at the second call, and went on to another topic at once: one service", () => {
		expect(
			visit([
				["waiting", 0, 5],
				["called", 5, 7],
				["waiting", 7, 14],
				["called", 14, 15],
				["serving", 15, 25],
				["serving", 25, 30, { topic: VISA, begins: "continued" }],
			]),
		).toMatchObject({ comesAtCall: 2, walkMs: MINUTE, legs: [{ topic: WORK, serviceMs: 15 * MINUTE }], leftAt: null });
	});

	test("a transfer waits again, and is served by itself", () => {
		expect(
			visit([
				["waiting", 0, 5],
				["called", 5, 6],
				["serving", 6, 8],
				["waiting", 8, 20, { topic: VISA, begins: "transferred" }],
				["called", 20, 21, { topic: VISA, counter: TWO }],
				["serving", 21, 31, { topic: VISA, counter: TWO }],
			])?.legs,
		).toEqual([
			{ topic: WORK, serviceMs: 2 * MINUTE },
			{ topic: VISA, serviceMs: 10 * MINUTE },
		]);
	});

	test("a counter that closed in mid-service sent the visitor back: both parts are one service", () => {
		expect(
			visit([
				["waiting", 0, 5],
				["serving", 5, 10],
				["waiting", 10, 12],
				["serving", 12, 20, { counter: TWO }],
			])?.legs,
		).toEqual([{ topic: WORK, serviceMs: 13 * MINUTE }]);
	});

	test("nobody came, the visitor left, the day was closed", () => {
		expect(
			visit(
				[
					["waiting", 0, 5],
					["called", 5, 7],
					["missed", 7, 900],
				],
				{ state: "missed" },
			),
		).toMatchObject({ comesAtCall: Number.POSITIVE_INFINITY, isClosed: false });
		expect(visit([["waiting", 0, 40]], { state: "cancelled", cancelled: "left" })).toMatchObject({
			...{ leftAt: 40 * MINUTE, isClosed: false, calledAt: null },
		});
		expect(visit([["waiting", 0, 900]], { state: "cancelled", cancelled: "closed" })).toMatchObject({
			...{ isClosed: true, comesAtCall: 1, legs: [{ serviceMs: null }] },
		});
	});

	test("a service of nine hours, and one in which the clock was set back, have no length", () => {
		for (const step of [
			["serving", 5, 545] as const,
			["serving", 5, 10, { isDoubtful: true }] as const,
			["serving", 5, 3] as const,
		])
			expect(visit([["waiting", 0, 5], [...step]])?.legs).toEqual([{ topic: WORK, serviceMs: null }]);
	});
});

describe("when a counter was at work", () => {
	const at = (minute: number, type: CounterEvent["type"]): CounterEvent => ({
		counter: ONE,
		at: minute * MINUTE,
		type,
	});
	const shiftOf = (visits: readonly RecordedVisit[], events: readonly CounterEvent[] = []) => {
		const [shift] = findShifts(visits, events, EVERYTHING);
		if (!shift) throw new Error("The counter was at work.");
		const minutes = ({ from, to }: { from: number; to: number }) => [from / MINUTE, to / MINUTE];
		return { span: minutes(shift), away: shift.away.map(minutes) };
	};

	test("from sign-in to sign-out, with its breaks and the time between two members of staff", () => {
		const events = [
			...[at(0, "counter.staffed"), at(40, "counter.paused"), at(55, "counter.resumed")],
			...[at(70, "counter.left"), at(80, "counter.staffed"), at(120, "counter.left")],
		];
		expect(shiftOf([served(10, 10, 20), served(90, 90, 100)], events)).toEqual({
			...{
				span: [0, 120],
				away: [
					[40, 55],
					[70, 80],
					[120, 120],
				],
			},
		});
	});

	test("without a sign-out until the day's last visit, without a sign-in from the first call", () => {
		expect(shiftOf([served(0, 5, 20), served(10, 21, 30)])).toEqual({ span: [5, 30], away: [] });
	});

	test("ten minutes without a call while somebody waited for it are time away, without anybody waiting they are not", () => {
		expect(shiftOf([served(0, 0, 10), served(5, 30, 40)]).away).toEqual([[10, 30]]);
		expect(shiftOf([served(0, 0, 10), served(30, 30, 40)]).away).toEqual([]);
	});

	test("a visit that nobody finished does not make the day longer, and the counter was away", () => {
		expect(shiftOf([served(0, 0, 10), served(5, 11, 560)])).toEqual({ span: [0, 11], away: [[11, 560]] });
	});

	test("its topics are those of today and those that it served", () => {
		const [shift] = findShifts([served(0, 0, 10)], [], () => ({ topics: new Set([VISA]), languages: new Set() }));
		expect(shift?.skills.topics).toEqual(new Set([VISA, WORK]));
	});

	test("from one visit to the next counts where somebody waited, and ten minutes at most", () => {
		const visits = [served(0, 0, 10), served(5, 12, 20), served(30, 30, 40), served(35, 55, 60)];
		expect(gapsBetween(visits)).toEqual([2 * MINUTE]);
	});
});
