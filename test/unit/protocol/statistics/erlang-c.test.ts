import fc from "fast-check";
import { expect, test } from "vitest";
import { countersNeeded, serviceLevel, waitingProbability } from "../../../../protocol/statistics/erlang-c.ts";

test("the probability of waiting is that of published Erlang C tables", () => {
	// Servers, erlangs offered, probability: tables of Erlang's C formula, to four digits.
	for (const [counters, erlangs, probability] of [
		[1, 0.5, 0.5],
		[2, 1, 0.3333],
		[3, 2, 0.4444],
		[4, 2, 0.1739],
		[5, 4, 0.5541],
		[10, 8, 0.4092],
		[11, 10, 0.6821],
		[12, 10, 0.4494],
		[14, 10, 0.1741],
	] as const)
		expect(waitingProbability(counters, erlangs)).toBeCloseTo(probability, 3);
});

test("a call centre's textbook case: 100 calls in half an hour of 180 s, 80 % within 20 s, take 14 agents", () => {
	// 10 erlangs. With 14 agents 88.8 % are answered within 20 s, with 13 fewer than 80 %.
	const workload = { arrivalsPerHour: 200, meanServiceMs: 180_000 };
	expect(serviceLevel(14, workload, 20_000)).toBeCloseTo(0.888, 3);
	expect(countersNeeded(workload, { withinMs: 20_000, share: 0.8 })).toBe(14);
});

test("nobody needs no counter, and too few counters meet no level", () => {
	expect(countersNeeded({ arrivalsPerHour: 0, meanServiceMs: 600_000 }, { withinMs: 60_000, share: 0.8 })).toBe(0);
	expect(serviceLevel(2, { arrivalsPerHour: 12, meanServiceMs: 600_000 }, 60_000)).toBe(0);
	expect(waitingProbability(0, 0)).toBe(0);
});

test("one counter more never makes anybody wait longer, and what is needed is the least that is enough", () => {
	fc.assert(
		fc.property(
			fc.double({ min: 0.1, max: 200, noNaN: true }),
			fc.integer({ min: 30_000, max: 3_600_000 }),
			fc.integer({ min: 0, max: 3_600_000 }),
			fc.double({ min: 0.05, max: 0.95, noNaN: true }),
			(arrivalsPerHour, meanServiceMs, withinMs, share) => {
				const workload = { arrivalsPerHour, meanServiceMs };
				const needed = countersNeeded(workload, { withinMs, share });
				expect(serviceLevel(needed, workload, withinMs)).toBeGreaterThanOrEqual(share);
				expect(serviceLevel(needed - 1, workload, withinMs)).toBeLessThan(share);
				for (let counters = needed; counters < needed + 3; counters += 1)
					expect(serviceLevel(counters + 1, workload, withinMs)).toBeGreaterThanOrEqual(
						serviceLevel(counters, workload, withinMs) - 1e-12,
					);
			},
		),
	);
});
