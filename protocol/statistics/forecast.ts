import { dateOf, dayNumberOf, weekdayOf } from "./calendar.ts";
import type { Forecast } from "./statistics.ts";

/** How many visitors came on a day. A day on which nobody came is left out: the site was closed. */
export interface DayArrivals {
	serviceDay: string;
	arrivals: number;
}

/** The same weekdays that are looked at, and what each counts against the one after it. */
const WEEKS = 10;
const WEIGHT_A_WEEK = 0.85;
/** A weekday on which nobody came for so long is closed. */
const OPEN_WITHIN_DAYS = 28;
/** Past days on which the rule is tried. */
const TESTED_DAYS = 40;
const FEWEST_TESTED_DAYS = 8;
/** The same weekday a year ago. */
const YEAR_DAYS = 364;
/** Days on each side of a date whose mean stands for its week. */
const WEEK_HALF_DAYS = 3;

/**
 * How many will come on the next day that the site is open, after `today`. From the same weekday of the last weeks, and
 * from the season where last year is known and past days show that it helps. Null where the weekday never was.
 */
export function forecastNextDay(history: readonly DayArrivals[], today: string): Forecast | null {
	const known = new Map(
		history
			.filter(({ serviceDay }) => serviceDay < today)
			.map(({ serviceDay, arrivals }) => [dayNumberOf(serviceDay), arrivals]),
	);
	const next = nextOpenDay(known, dayNumberOf(today));
	if (next === null) return null;
	const plain = tryOut(known, next, false);
	const seasonal = tryOut(known, next, true);
	const isSeasonal = seasonal !== null && plain !== null && seasonal.errorShare < plain.errorShare;
	const arrivals = predict(known, next, isSeasonal) ?? predict(known, next, false);
	if (arrivals === null) return null;
	const tested = isSeasonal ? seasonal : plain;
	const past = sameWeekdays(known, next).map(({ count }) => count);
	const serviceDay = dateOf(next);
	return {
		...{ serviceDay, weekday: weekdayOf(serviceDay), arrivals, isSeasonal },
		low: tested ? arrivals * tested.low : Math.min(arrivals, ...past),
		high: tested ? arrivals * tested.high : Math.max(arrivals, ...past),
		errorShare: tested?.errorShare ?? null,
		testedDays: tested?.days ?? 0,
	};
}

/** Arrivals by the number of their day. */
type Known = ReadonlyMap<number, number>;

function nextOpenDay(known: Known, today: number): number | null {
	for (let ahead = 1; ahead <= 7; ahead += 1) {
		const day = today + ahead;
		const last = sameWeekdays(known, day)[0];
		if (last && day - last.day <= OPEN_WITHIN_DAYS) return day;
	}
	return null;
}

/** The youngest first. */
function sameWeekdays(known: Known, of: number): { day: number; count: number; weeksAgo: number }[] {
	return Array.from({ length: WEEKS }, (_, week) => week + 1).flatMap((weeksAgo) => {
		const day = of - 7 * weeksAgo;
		const count = known.get(day);
		return count === undefined ? [] : [{ day, count, weeksAgo }];
	});
}

function predict(known: Known, day: number, isSeasonal: boolean): number | null {
	let [sum, weights] = [0, 0];
	for (const { count, weeksAgo } of sameWeekdays(known, day)) {
		const weight = WEIGHT_A_WEEK ** weeksAgo;
		sum += weight * count;
		weights += weight;
	}
	if (weights === 0) return null;
	const season = isSeasonal ? seasonOf(known, day) : 1;
	return season === null ? null : (sum / weights) * season;
}

/** By how much more came last year in this week than in the weeks before it; null where last year is not known. */
function seasonOf(known: Known, day: number): number | null {
	const then = day - YEAR_DAYS;
	const meanOfWeek = (weeksAgo: number) => {
		const counts: number[] = [];
		for (let days = -WEEK_HALF_DAYS; days <= WEEK_HALF_DAYS; days += 1) {
			const count = known.get(then + days - 7 * weeksAgo);
			if (count !== undefined) counts.push(count);
		}
		return counts.length === 0 ? null : counts.reduce((sum, one) => sum + one, 0) / counts.length;
	};
	const own = meanOfWeek(0);
	let [sum, weights] = [0, 0];
	for (let weeksAgo = 1; weeksAgo <= WEEKS; weeksAgo += 1) {
		const mean = meanOfWeek(weeksAgo);
		if (mean === null) continue;
		sum += WEIGHT_A_WEEK ** weeksAgo * mean;
		weights += WEIGHT_A_WEEK ** weeksAgo;
	}
	return own === null || sum === 0 ? null : own / (sum / weights);
}

/** The rule on past days, of each of which it sees only what was before. Null where there are too few. */
function tryOut(known: Known, next: number, isSeasonal: boolean) {
	const days = [...known.keys()]
		.filter((day) => day < next)
		.toSorted((one, other) => one - other)
		.slice(-TESTED_DAYS);
	const ratios: number[] = [];
	let error = 0;
	for (const day of days) {
		const predicted = predict(known, day, isSeasonal);
		const real = known.get(day);
		if (predicted === null || predicted === 0 || real === undefined) continue;
		ratios.push(real / predicted);
		error += Math.abs(real - predicted) / real;
	}
	if (ratios.length < FEWEST_TESTED_DAYS) return null;
	ratios.sort((one, other) => one - other);
	const at = (share: number) => ratios[Math.min(ratios.length - 1, Math.floor(share * ratios.length))] ?? 1;
	return {
		...{ low: Math.min(1, at(0.1)), high: Math.max(1, at(0.9)) },
		...{ errorShare: error / ratios.length, days: ratios.length },
	};
}
