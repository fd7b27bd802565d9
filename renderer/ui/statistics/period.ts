import { addDays, weekdayOf } from "../../../protocol/statistics/calendar.ts";

export const PERIODS = ["day", "week", "month", "range"] as const;
export type Period = (typeof PERIODS)[number];

export interface DayRange {
	from: string;
	to: string;
}

/** The day, the week from Monday or the month that a day lies in. A range of one's own begins as the last four weeks. */
export function rangeAround(period: Period, day: string): DayRange {
	switch (period) {
		case "day":
			return { from: day, to: day };
		case "week": {
			const from = addDays(day, -weekdayOf(day));
			return { from, to: addDays(from, 6) };
		}
		case "month": {
			const from = `${day.slice(0, 7)}-01`;
			return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
		}
		case "range":
			return { from: addDays(day, -27), to: day };
		default:
			return period satisfies never;
	}
}

/** The same period before or after a range. */
export function neighbour(period: Exclude<Period, "range">, { from, to }: DayRange, step: -1 | 1): DayRange {
	return rangeAround(period, step === 1 ? addDays(to, 1) : addDays(from, -1));
}
