import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { LEG_ENDS, type Leg } from "../../../../protocol/statistics/leg.ts";
import { SMALLEST_GROUP } from "../../../../protocol/statistics/limits.ts";
import { packDay } from "../../../../protocol/statistics/packed-day.ts";
import { summarize } from "../../../../protocol/statistics/summarize.ts";
import { counter, makeLeg, staff, summarizeLegs, topic } from "../../../fixtures/legs.ts";

const MINUTE = 60_000;
const MONDAY = "2026-11-02";
const waits = (...minutes: number[]): Leg[] => minutes.map((one) => makeLeg({ waitMs: one * MINUTE }));

describe("figures that were worked out by hand", () => {
	test("ten waits: median, 90th percentile, mean and service level", () => {
		const { total } = summarizeLegs({ [MONDAY]: waits(1, 2, 3, 4, 5, 6, 7, 8, 9, 100) }, { withinMinutes: 8 });
		expect(total.wait).toEqual({ count: 10, medianMs: 5 * MINUTE, p90Ms: 9 * MINUTE, meanMs: 14.5 * MINUTE });
		expect(total.serviceLevel).toBe(0.8);
		expect(total.service).toMatchObject({ medianMs: 12 * MINUTE, count: 10 });
	});

	test("who left after the promised time counts against the service level, who left sooner does not", () => {
		const left = (minutes: number) =>
			makeLeg({ end: "abandoned", wasCalled: false, waitMs: minutes * MINUTE, serviceMs: null, counter: null });
		const { total } = summarizeLegs({ [MONDAY]: [...waits(5, 5, 5, 5), left(30), left(2)] });
		expect(total).toMatchObject({ visits: 6, served: 4, abandoned: 2, serviceLevel: 0.8 });
	});

	test("a transferred visit is one arrival and two visits; what was taken by mistake is none", () => {
		const legs = [
			...waits(1, 2, 3, 4, 5),
			makeLeg({ end: "transferred" }),
			makeLeg({ isArrival: false, topic: topic("newborn") }),
			makeLeg({ end: "withdrawn", wasCalled: false, waitMs: null, serviceMs: null }),
		];
		expect(summarizeLegs({ [MONDAY]: legs }).total).toMatchObject({ visits: 7, arrivals: 6, transferred: 1 });
	});

	test("hours, weekdays and days", () => {
		const at = (hour: number) => Array.from({ length: 5 }, () => makeLeg({ fromMinute: hour * 60 + 59 }));
		const found = summarizeLegs({ [MONDAY]: at(9), "2026-11-08": [...at(9), ...at(14)] });
		expect(found.hours.map(({ hour, visits }) => [hour, visits])).toEqual([
			[9, 10],
			[14, 5],
		]);
		expect(found.weekdays.map(({ weekday, visits }) => [weekday, visits])).toEqual([
			[0, 5],
			[6, 10],
		]);
		expect(found).toMatchObject({ openDays: 2, days: [{ serviceDay: MONDAY }, { serviceDay: "2026-11-08" }] });
	});

	test("the estimate's record: cover, width and error, without those who found a free counter", () => {
		const free = makeLeg({ told: { minMinutes: 0, maxMinutes: 5 }, waitMs: 0 });
		const { estimates } = summarizeLegs({ [MONDAY]: [...waits(5, 10, 15, 16, 4), free] });
		// Told 5 to 15 minutes each: three of five held, and the middle was off by 5, 0, 5, 6 and 6.
		expect(estimates.total).toEqual({ count: 5, cover: 0.6, widthMinutes: 10, errorMinutes: 4.4, waitMinutes: 10 });
		expect(estimates.topics).toMatchObject([{ topic: "work-permit", count: 5 }]);
	});

	test("a quarter of an hour: arrivals and counters of an average day, and what Erlang C asks for", () => {
		const day = (counters: number) =>
			Array.from({ length: 8 }, (_, index) =>
				makeLeg({
					fromMinute: 600 + index,
					calledMinute: 600,
					freeMinute: 610,
					counter: counter(1 + (index % counters)),
				}),
			);
		const { quarters } = summarizeLegs({ [MONDAY]: day(2), "2026-11-03": day(4) }, { withinMinutes: 5 });
		// 32 an hour of 10 minutes are 5.3 erlangs: with 7 counters 81 % wait 5 minutes at most, with 6 only 62 %.
		expect(quarters).toEqual([{ fromMinute: 600, arrivals: 8, countersAtWork: 3, countersNeeded: 7 }]);
	});
});

describe("small numbers", () => {
	test("fewer than five are not told, and the next smallest neither, or the total would tell them", () => {
		const of = (language: (typeof LANGUAGES)[number], count: number) =>
			Array.from({ length: count }, () => makeLeg({ language }));
		const { languages } = summarizeLegs({ [MONDAY]: [...of("en", 20), ...of("ja", 7), ...of("th", 1)] });
		expect(languages.map(({ language, visits, wait }) => [language, visits, wait === null])).toEqual([
			["en", 20, false],
			["ja", null, true],
			["th", null, true],
		]);
	});

	test("a group of two members of staff is not told, one of three is", () => {
		const by = (...numbers: number[]) =>
			numbers.flatMap((one) => Array.from({ length: 6 }, () => makeLeg({ staff: staff(one) })));
		expect(summarizeLegs({ [MONDAY]: by(1, 2) }).staffGroups).toMatchObject([
			{ role: "agent", visits: null, service: null },
		]);
		expect(summarizeLegs({ [MONDAY]: by(1, 2, 3) }).staffGroups).toMatchObject([{ role: "agent", visits: 18 }]);
	});

	test("a site with one ticket a day has counts and no measures until five days have passed", () => {
		const days = (count: number) =>
			Object.fromEntries(Array.from({ length: count }, (_, index) => [`2026-11-0${index + 2}`, [makeLeg()]]));
		expect(summarizeLegs(days(4)).total).toMatchObject({ visits: null, wait: null, serviceLevel: null });
		expect(summarizeLegs(days(5)).total).toMatchObject({ visits: 5, wait: { medianMs: 10 * MINUTE } });
	});

	test("of a topic that hardly anybody asked for, hours and days are not told either", () => {
		const legs = [...waits(1, 2, 3, 4, 5), makeLeg({ topic: topic("newborn") })];
		expect(summarizeLegs({ [MONDAY]: legs }, { topic: topic("newborn") })).toMatchObject({
			...{ total: { visits: null }, hours: [], days: [], quarters: [], openDays: 0 },
		});
	});

	test("a topic that nobody ever asked for, and a range without a day, have nothing", () => {
		const never = summarizeLegs({ [MONDAY]: waits(1, 2, 3, 4, 5) }, { topic: topic("marriage") });
		expect(never).toMatchObject({ total: { visits: 0, wait: null, serviceLevel: null }, topics: [], forecast: null });
		expect(summarizeLegs({})).toMatchObject({
			total: { visits: 0 },
			days: [],
			quarters: [],
			estimates: { total: null },
		});
	});

	test("whatever the visits are: no group below five is told, none can be worked out, and groups add up to the total", () => {
		const leg = fc
			.record({
				language: fc.constantFrom(...LANGUAGES.slice(0, 5)),
				end: fc.constantFrom(...LEG_ENDS),
				fromMinute: fc.integer({ min: 540, max: 1_020 }),
				waitMs: fc.integer({ min: 0, max: 7_200 }).map((seconds) => seconds * 1_000),
			})
			.map(makeLeg);
		fc.assert(
			fc.property(fc.array(leg, { maxLength: 60 }), (legs) => {
				const { total, languages, hours } = summarizeLegs({ [MONDAY]: legs });
				const visits = legs.filter(({ end }) => end !== "withdrawn").length;
				expect(hours.reduce((sum, row) => sum + (row.visits ?? 0), 0)).toBe(visits);
				if (visits >= SMALLEST_GROUP) expect(total.visits).toBe(visits);
				const hidden = languages.filter((row) => row.visits === null);
				for (const row of languages) expect(row.visits ?? SMALLEST_GROUP).toBeGreaterThanOrEqual(SMALLEST_GROUP);
				if (languages.length > 1) expect(hidden.length).not.toBe(1);
				const told = languages.reduce((sum, row) => sum + (row.visits ?? 0), 0);
				if (hidden.length === 0) expect(told).toBe(visits);
				else expect(told).toBeLessThan(visits);
			}),
		);
	});

	test("percentiles are values that somebody waited, and half wait no longer than the median", () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 5, maxLength: 80 }), (seconds) => {
				const legs = seconds.map((one) => makeLeg({ waitMs: one * 1_000 }));
				const { wait } = summarizeLegs({ [MONDAY]: legs }).total;
				const shorter = (ms = 0) => seconds.filter((one) => one * 1_000 <= ms).length / seconds.length;
				expect(seconds).toContain((wait?.medianMs ?? -1) / 1_000);
				expect(shorter(wait?.medianMs)).toBeGreaterThanOrEqual(0.5);
				expect(shorter(wait?.p90Ms)).toBeGreaterThanOrEqual(0.9);
				expect(shorter((wait?.p90Ms ?? 0) - 1)).toBeLessThan(0.9);
			}),
		);
	});

	test("a filter gives what the visits of that topic alone would give", () => {
		const leg = fc
			.record({ topic: fc.constantFrom(topic("work-permit"), topic("newborn")), waitMs: fc.nat(3_600_000) })
			.map(makeLeg);
		fc.assert(
			fc.property(fc.array(leg, { minLength: 10, maxLength: 40 }), (legs) => {
				const own = topic("newborn");
				const question = { from: MONDAY, to: MONDAY, topic: own, counter: null, withinMinutes: 20 };
				const context = { roleOf: () => null, history: [], today: "2026-12-01" };
				const filtered = summarize([packDay(MONDAY, legs)], question, context);
				const alone = summarize(
					[
						packDay(
							MONDAY,
							legs.filter((one) => one.topic === own),
						),
					],
					question,
					context,
				);
				expect(filtered).toEqual(alone);
			}),
		);
	});
});
