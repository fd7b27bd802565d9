import fc from "fast-check";
import { expect, test } from "vitest";
import { measureByGroup } from "../../../../protocol/statistics/lengths-by-group.ts";
import { NONE } from "../../../../protocol/statistics/packed-day.ts";

const nearestRank = (ordered: readonly number[], share: number) => ordered[Math.ceil(share * ordered.length) - 1];

test("whatever the values and their groups are, each group has the percentiles that its values in order have", () => {
	const row = fc.record({
		group: fc.constantFrom(NONE, 0, 1, 2, 3),
		seconds: fc.oneof(fc.constant(NONE), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 36_000 })),
	});
	fc.assert(
		fc.property(fc.array(row, { maxLength: 120 }), (rows) => {
			const seconds = Int32Array.from(rows, (one) => one.seconds);
			const found = measureByGroup(seconds, { of: Int32Array.from(rows, ({ group }) => group), count: 4 });
			const expected = [0, 1, 2, 3].map((group) => {
				const own = rows
					.filter((one) => one.group === group && one.seconds !== NONE)
					.map((one) => one.seconds)
					.toSorted((one, other) => one - other);
				if (own.length < 5) return null;
				return {
					count: own.length,
					meanMs: (own.reduce((sum, one) => sum + one, 0) / own.length) * 1_000,
					medianMs: (nearestRank(own, 0.5) ?? 0) * 1_000,
					p90Ms: (nearestRank(own, 0.9) ?? 0) * 1_000,
				};
			});
			expect(found).toEqual(expected);
		}),
	);
});
