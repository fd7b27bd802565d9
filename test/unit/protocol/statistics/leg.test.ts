import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TICKET_CLASSES, TICKET_OUTCOMES } from "../../../../protocol/model/ticket.ts";
import { LEG_ENDS, type Leg, legsOf } from "../../../../protocol/statistics/leg.ts";
import { packDay, unpackDay } from "../../../../protocol/statistics/packed-day.ts";
import { counter, makeLeg, makeRecord, makeStep, staff, topic } from "../../../fixtures/legs.ts";

const MINUTE = 60_000;
const minuteOf = (instant: number) => Math.floor(instant / MINUTE);
const legs = (...of: Parameters<typeof makeRecord>) => legsOf(makeRecord(...of), minuteOf);

describe("the legs of a visit", () => {
	test("waiting ends at the first call, and on hold is not waiting", () => {
		const [leg] = legs([
			makeStep("waiting", [600, 605]),
			makeStep("parked", [605, 625]),
			makeStep("waiting", [625, 630]),
			makeStep("called", [630, 631]),
			makeStep("waiting", [631, 640]),
			makeStep("called", [640, 641]),
			makeStep("serving", [641, 655]),
		]);
		expect(leg).toMatchObject({ waitMs: 10 * MINUTE, serviceMs: 14 * MINUTE, calledMinute: 630, freeMinute: 655 });
		expect(leg).toMatchObject({ end: "served", isArrival: true, counter: "1", outcome: "answered" });
	});

	test("a transfer and a further topic begin legs that wait and are served by themselves", () => {
		const tax = { topic: topic("income-tax") };
		const found = legs(
			[
				makeStep("waiting", [600, 610]),
				makeStep("called", [610, 611]),
				makeStep("serving", [611, 614]),
				makeStep("waiting", [614, 620], { ...tax, begins: "transferred" }),
				makeStep("called", [620, 621], { ...tax, counter: counter(2), by: staff(2) }),
				makeStep("serving", [621, 630], { ...tax, counter: counter(2), by: staff(2) }),
				makeStep("serving", [630, 640], { topic: topic("newborn"), begins: "continued", counter: counter(2) }),
			],
			{ rating: 4 },
		);
		expect(
			found.map(({ end, isArrival, waitMs, serviceMs, rating }) => ({ end, isArrival, waitMs, serviceMs, rating })),
		).toEqual([
			{ end: "transferred", isArrival: true, waitMs: 10 * MINUTE, serviceMs: 3 * MINUTE, rating: null },
			{ end: "served", isArrival: false, waitMs: 6 * MINUTE, serviceMs: 9 * MINUTE, rating: null },
			{ end: "served", isArrival: false, waitMs: null, serviceMs: 10 * MINUTE, rating: 4 },
		]);
		// Only of the first wait was anything told.
		expect(found.map(({ told }) => told !== null)).toEqual([true, false, false]);
	});

	test.each([
		[
			"no-show",
			{ state: "missed" },
			[makeStep("waiting", [600, 610]), makeStep("called", [610, 612]), makeStep("missed", [612, null])],
		],
		[
			"no-show",
			{ state: "cancelled", cancelled: "closed" },
			[makeStep("waiting", [600, 610]), makeStep("called", [610, 612]), makeStep("missed", [612, 1400])],
		],
		["abandoned", { state: "cancelled", cancelled: "left" }, [makeStep("waiting", [600, 640])]],
		["closed", { state: "cancelled", cancelled: "closed" }, [makeStep("waiting", [600, 1440])]],
		["closed", { state: "cancelled", cancelled: null }, [makeStep("waiting", [600, 1440])]],
		["withdrawn", { state: "cancelled", cancelled: "withdrawn" }, [makeStep("waiting", [600, 601])]],
		["open", { state: "waiting" }, [makeStep("waiting", [600, null])]],
	] as const)("ends as %s where it is %o", (end, over, steps) => {
		expect(legs(steps, { outcome: null, ...over })).toMatchObject([{ end }]);
	});

	test("a counter that closes in mid-service sends the visitor back: both parts are one service", () => {
		const [leg] = legs([
			makeStep("waiting", [600, 610]),
			makeStep("called", [610, 611]),
			makeStep("serving", [611, 616]),
			makeStep("waiting", [616, 620]),
			makeStep("called", [620, 621], { counter: counter(3), by: staff(3) }),
			makeStep("serving", [621, 631], { counter: counter(3), by: staff(3) }),
		]);
		expect(leg).toMatchObject({ waitMs: 10 * MINUTE, serviceMs: 15 * MINUTE, counter: "3", staff: staff(3) });
	});

	test("a service of nine hours was forgotten at its counter: it counts as served, and its length is not believed", () => {
		const [leg] = legs([
			makeStep("waiting", [600, 610]),
			makeStep("called", [610, 611]),
			makeStep("serving", [611, 1151]),
		]);
		expect(leg).toMatchObject({ end: "served", waitMs: 10 * MINUTE, serviceMs: null });
	});

	test("a wait in which the clock was set back has no length, nor one that is longer than any day", () => {
		const jumped = legs([
			makeStep("waiting", [600, 610], { isDoubtful: true }),
			makeStep("called", [610, 611]),
			makeStep("serving", [611, 620]),
		]);
		expect(jumped).toMatchObject([{ waitMs: null, serviceMs: 9 * MINUTE }]);
		const forward = legs([
			makeStep("waiting", [600, 90_000]),
			makeStep("called", [90_000, 90_001]),
			makeStep("serving", [90_001, 90_010]),
		]);
		expect(forward).toMatchObject([{ waitMs: null, serviceMs: 9 * MINUTE }]);
	});

	test("what was left open since yesterday is closed, and nobody knows how long it was waited for", () => {
		const [leg] = legs([makeStep("waiting", [600, 1500])], { state: "cancelled", cancelled: "closed", outcome: null });
		expect(leg).toMatchObject({ end: "closed", waitMs: null, wasCalled: false });
	});
});

test("what is packed comes out again, to the second", () => {
	const none = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
	const seconds = fc.integer({ min: 0, max: 36_000 }).map((one) => one * 1_000);
	const minute = fc.integer({ min: -1_439, max: 2_879 });
	const leg: fc.Arbitrary<Leg> = fc.record({
		topic: fc.constantFrom(topic("work-permit"), topic("newborn")),
		language: none(fc.constantFrom("en", "ja", "zh-Hans")),
		class: fc.constantFrom(...TICKET_CLASSES),
		isArrival: fc.boolean(),
		fromMinute: minute,
		end: fc.constantFrom(...LEG_ENDS),
		wasCalled: fc.boolean(),
		waitMs: none(seconds),
		serviceMs: none(seconds),
		calledMinute: none(minute),
		freeMinute: none(minute),
		counter: none(fc.constantFrom(counter(1), counter(12))),
		staff: none(fc.constantFrom(staff(1), staff(2))),
		outcome: none(fc.constantFrom(...TICKET_OUTCOMES)),
		rating: none(fc.integer({ min: 1, max: 5 })),
		told: none(fc.record({ minMinutes: fc.nat(300), maxMinutes: fc.nat(300) })),
	});
	fc.assert(
		fc.property(fc.array(leg, { maxLength: 30 }), (packed) => {
			expect(unpackDay(packDay("2026-11-02", packed))).toEqual(packed);
		}),
	);
	expect(unpackDay(packDay("2026-11-02", [makeLeg()]))).toEqual([makeLeg()]);
});
