import type { LegTable } from "./leg-table.ts";
import { SMALLEST_GROUP } from "./limits.ts";
import { NONE } from "./packed-day.ts";
import type { EstimateRecord } from "./statistics.ts";

/** Whoever was told so little and waited so little found a free counter: that says nothing of the estimate. */
const FREE_COUNTER_MAX_MINUTES = 5;
const FREE_COUNTER_SECONDS = 60;

/** What visitors were told at issue against what was so, by groups; those of few visitors are left out. */
export function estimateRecords(table: LegTable, groupOf: (row: number) => number): Map<number, EstimateRecord> {
	const sums = new Map<number, { count: number; held: number; width: number; error: number; wait: number }>();
	const [shortest, longest] = [table.column("toldMinMinutes"), table.column("toldMaxMinutes")];
	const [waits, called] = [table.column("waitSeconds"), table.column("wasCalled")];
	for (let row = 0; row < table.count; row += 1) {
		const [min, max, seconds] = [shortest[row] ?? NONE, longest[row] ?? NONE, waits[row] ?? NONE];
		const group = groupOf(row);
		if (min === NONE || max === NONE || seconds === NONE || called[row] !== 1 || group === NONE) continue;
		if (max <= FREE_COUNTER_MAX_MINUTES && seconds <= FREE_COUNTER_SECONDS) continue;
		const sum = sums.get(group) ?? { count: 0, held: 0, width: 0, error: 0, wait: 0 };
		sums.set(group, sum);
		const minutes = seconds / 60;
		sum.count += 1;
		sum.held += Number(min <= minutes && minutes <= max);
		sum.width += max - min;
		sum.error += Math.abs(minutes - (min + max) / 2);
		sum.wait += minutes;
	}
	return new Map(
		[...sums].flatMap(([group, { count, held, width, error, wait }]) =>
			count < SMALLEST_GROUP
				? []
				: [
						[
							group,
							{
								...{ count, cover: held / count, widthMinutes: width / count },
								...{ errorMinutes: error / count, waitMinutes: wait / count },
							},
						],
					],
		),
	);
}
