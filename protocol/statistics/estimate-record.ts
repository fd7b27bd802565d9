import type { Groups, LegTable } from "./leg-table.ts";
import { SMALLEST_GROUP } from "./limits.ts";
import { NONE } from "./packed-day.ts";
import type { EstimateRecord } from "./statistics.ts";

/** Whoever was told so little and waited so little found a free counter: that says nothing of the estimate. */
const FREE_COUNTER_MAX_MINUTES = 5;
const FREE_COUNTER_SECONDS = 60;

/** What visitors were told at issue against what was so, by groups; those of few visitors are left out. */
export function estimateRecords(table: LegTable, { of, count }: Groups): Map<number, EstimateRecord> {
	const sums = { told: zeros(count), held: zeros(count), width: zeros(count), error: zeros(count), wait: zeros(count) };
	const [shortest, longest] = [table.column("toldMinMinutes"), table.column("toldMaxMinutes")];
	const [waits, called] = [table.column("waitSeconds"), table.column("wasCalled")];
	for (let row = 0; row < table.count; row += 1) {
		const min = shortest[row] ?? NONE;
		const max = longest[row] ?? NONE;
		const seconds = waits[row] ?? NONE;
		const group = of[row] ?? NONE;
		if (min === NONE || max === NONE || seconds === NONE || called[row] !== 1 || group === NONE) continue;
		if (max <= FREE_COUNTER_MAX_MINUTES && seconds <= FREE_COUNTER_SECONDS) continue;
		const minutes = seconds / 60;
		add(sums.told, group, 1);
		add(sums.held, group, Number(min <= minutes && minutes <= max));
		add(sums.width, group, max - min);
		add(sums.error, group, Math.abs(minutes - (min + max) / 2));
		add(sums.wait, group, minutes);
	}
	const records = new Map<number, EstimateRecord>();
	for (const [group, told] of sums.told.entries()) {
		if (told < SMALLEST_GROUP) continue;
		const mean = (of: Float64Array) => (of[group] ?? 0) / told;
		records.set(group, {
			...{ count: told, cover: mean(sums.held), widthMinutes: mean(sums.width) },
			...{ errorMinutes: mean(sums.error), waitMinutes: mean(sums.wait) },
		});
	}
	return records;
}

const zeros = (count: number) => new Float64Array(count);

function add(to: Float64Array, place: number, value: number): void {
	to[place] = (to[place] ?? 0) + value;
}
