import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../../lib/seeded-random.ts";
import { redactEvent } from "../../../../protocol/events/hash-chain.ts";
import { readCheckedEvent } from "../../../../protocol/events/upcasters.ts";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { LEG_ENDS } from "../../../../protocol/statistics/leg.ts";
import { packDay } from "../../../../protocol/statistics/packed-day.ts";
import { addLeg, addRollUp, type RollUp, readRollUp, writeRollUp } from "../../../../protocol/statistics/roll-up.ts";
import { bucketOf, MAX_ERROR, secondsOf } from "../../../../protocol/statistics/sketch.ts";
import type { Lengths } from "../../../../protocol/statistics/statistics.ts";
import { summarize } from "../../../../protocol/statistics/summarize.ts";
import { summarizeRollUps } from "../../../../protocol/statistics/summarize-roll-ups.ts";
import {
	addEvent,
	EMPTY_HISTORY,
	legsOfHistory,
	redactHistory,
} from "../../../../protocol/statistics/ticket-history.ts";
import { firstHead } from "../../../../station/events/hash-chain.ts";
import { randomId } from "../../../fixtures/ids.ts";
import { counter, makeLeg, topic } from "../../../fixtures/legs.ts";
import { copyLog, goOn, type JourneyLog } from "../../../fixtures/random-visits.ts";

const MONDAY = "2026-11-02";
const leg = fc
	.record({
		topic: fc.constantFrom(topic("work-permit"), topic("newborn")),
		language: fc.constantFrom(...LANGUAGES.slice(0, 3), null),
		end: fc.constantFrom(...LEG_ENDS),
		wasCalled: fc.boolean(),
		isArrival: fc.boolean(),
		fromMinute: fc.integer({ min: 540, max: 1_020 }),
		waitMs: fc.option(fc.integer({ min: 0, max: 7_200 }).map((seconds) => seconds * 1_000)),
		serviceMs: fc.option(fc.integer({ min: 0, max: 7_200 }).map((seconds) => seconds * 1_000)),
		counter: fc.constantFrom(counter(1), counter(2), null),
		rating: fc.option(fc.integer({ min: 1, max: 5 })),
	})
	.map(makeLeg);
const rollUpOf = (legs: Parameters<typeof addLeg>[1][]) => {
	const rollUp: RollUp = new Map();
	for (const one of legs) addLeg(rollUp, one);
	return rollUp;
};

test("a bucket's value is wrong by its stated share at most, for every length of a day", () => {
	for (let seconds = 1; seconds <= 36_000; seconds += 1)
		expect(Math.abs(secondsOf(bucketOf(seconds)) - seconds) / seconds).toBeLessThanOrEqual(MAX_ERROR + 1e-9);
	expect(secondsOf(bucketOf(0))).toBe(0);
});

describe("roll-ups", () => {
	test("add up in any order, and what is taken away again leaves nothing", () => {
		fc.assert(
			fc.property(fc.array(leg, { maxLength: 30 }), fc.array(leg, { maxLength: 30 }), (some, others) => {
				const sum = rollUpOf(some);
				addRollUp(sum, readRollUp(writeRollUp(rollUpOf(others))));
				expect(writeRollUp(sum)).toBe(writeRollUp(rollUpOf([...others, ...some])));
				for (const one of others) addLeg(sum, one, -1);
				expect(writeRollUp(sum)).toBe(writeRollUp(rollUpOf(some)));
			}),
		);
	});

	test("say what the station says of the same visits: counts alike, lengths within the sketch's error", () => {
		const near = (found: Lengths | null, exact: Lengths | null) => {
			expect(found?.count).toBe(exact?.count);
			for (const of of ["medianMs", "p90Ms", "meanMs"] as const)
				if (found && exact) expect(Math.abs(found[of] - exact[of])).toBeLessThanOrEqual(MAX_ERROR * exact[of] + 0.001);
		};
		fc.assert(
			fc.property(fc.array(leg, { maxLength: 80 }), (legs) => {
				const context = { history: [], today: "2026-12-01" };
				const question = { from: MONDAY, to: MONDAY, withinMinutes: 20 };
				const exact = summarize(
					[packDay(MONDAY, legs)],
					{ ...question, topic: null, counter: null },
					{ ...context, roleOf: () => null },
				);
				const found = summarizeRollUps(
					[{ serviceDay: MONDAY, rollUp: rollUpOf(legs) }],
					{ ...question, isOneStation: true },
					context,
				);
				const without = ({ wait, service, serviceLevel, ...counts }: (typeof exact)["total"]) => counts;
				const pairs = [
					[[found.total], [exact.total]],
					...(["hours", "weekdays", "days", "topics", "languages", "counters", "classes"] as const).map(
						(of) => [found[of], exact[of]] as const,
					),
				] as const;
				for (const [own, theirs] of pairs) {
					const order = (rows: typeof own) =>
						[...rows].toSorted((one, other) =>
							JSON.stringify(without(one)) < JSON.stringify(without(other)) ? -1 : 1,
						);
					expect(order(own).map(without)).toEqual(order(theirs).map(without));
				}
				near(found.total.wait, exact.total.wait);
				near(found.total.service, exact.total.service);
				expect(found).toMatchObject({ untimed: exact.untimed, openDays: exact.openDays, outcomes: exact.outcomes });
				expect(found.quarters.map(({ countersNeeded: _, ...one }) => one)).toEqual(
					exact.quarters.map(({ countersNeeded: _, ...one }) => one),
				);
			}),
		);
	});
});

describe("a ticket's history", () => {
	test("is the same whatever order its events come in, from whichever stream, once or twice, whole or redacted", () => {
		fc.assert(
			fc.property(fc.integer(), fc.integer({ min: 2, max: 60 }), (seed, count) => {
				const random = seededRandom(seed);
				const log: JourneyLog = { head: firstHead(randomId()), at: Date.UTC(2026, 10, 23, 1), tickets: [] };
				const first = goOn(log, count, random);
				const copy = copyLog(log);
				copy.head = firstHead(randomId());
				const texts = [...first, ...goOn(log, 20, random), ...goOn(copy, 20, random)].map(({ text }) => text);
				const shuffled = [...texts, ...texts.slice(0, 9)]
					.map((text) => ({ text, place: random() }))
					.toSorted((one, other) => one.place - other.place)
					.map(({ text }) => text);
				const legsOf = (all: readonly string[], change = (text: string) => text) =>
					[...Map.groupBy(all.map(change).map(readCheckedEvent), ({ data }) => ("ticket" in data ? data.ticket : ""))]
						.toSorted(([one], [other]) => (one < other ? -1 : 1))
						.map(([, events]) => events.reduce(addEvent, EMPTY_HISTORY));
				expect(legsOf(shuffled)).toEqual(legsOf(texts));
				expect(legsOf(shuffled, redactEvent)).toEqual(legsOf(texts).map(redactHistory));
			}),
			{ numRuns: 40 },
		);
	});

	test("gives the legs that a station gives: a wait, a call, a transfer, a service", () => {
		const random = seededRandom(7);
		const log: JourneyLog = { head: firstHead(randomId()), at: Date.UTC(2026, 10, 23, 1), tickets: [] };
		const events = goOn(log, 200, random).map(({ text }) => readCheckedEvent(text));
		const of = (type: string) => events.find((event) => event.type === type && "ticket" in event.data);
		const transferred = of("ticket.transferred");
		const id = transferred && "ticket" in transferred.data ? transferred.data.ticket : null;
		const own = events.filter(({ data }) => "ticket" in data && data.ticket === id);
		const found = legsOfHistory(own.reduce(addEvent, EMPTY_HISTORY), "Asia/Shanghai");
		const [issued, called, started] = own;
		expect(found).toMatchObject({
			serviceDay: "2026-11-23",
			legs: [{ end: "transferred", isArrival: true, wasCalled: true, told: null }, { isArrival: false }],
		});
		expect(found?.legs[0]?.waitMs).toBe((called?.at ?? 0) - (issued?.at ?? 0));
		expect(found?.legs[0]?.serviceMs).toBe((transferred?.at ?? 0) - (started?.at ?? 0));
	});
});
