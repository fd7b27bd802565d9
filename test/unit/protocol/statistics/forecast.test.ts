import { expect, test } from "vitest";
import { addDays, weekdayOf } from "../../../../protocol/statistics/calendar.ts";
import { type DayArrivals, forecastNextDay } from "../../../../protocol/statistics/forecast.ts";

/** Days up to the one before `today`, so many as given by each day's weekday and its distance from today. */
function makeHistory(today: string, days: number, arrivalsOf: (weekday: number, ago: number) => number): DayArrivals[] {
	return Array.from({ length: days }, (_, index) => days - index).flatMap((ago) => {
		const serviceDay = addDays(today, -ago);
		const arrivals = Math.round(arrivalsOf(weekdayOf(serviceDay), ago));
		return arrivals === 0 ? [] : [{ serviceDay, arrivals }];
	});
}

test("every weekday has its own figure, and a rule without surprises has no error", () => {
	const history = makeHistory("2026-11-30", 80, (weekday) => 100 + 10 * weekday);
	expect(forecastNextDay(history, "2026-11-30")).toMatchObject({
		...{ serviceDay: "2026-12-01", weekday: 1, testedDays: 40, isSeasonal: false },
	});
	expect(forecastNextDay(history, "2026-11-30")?.arrivals).toBeCloseTo(110);
	expect(forecastNextDay(history, "2026-11-30")?.errorShare).toBeCloseTo(0);
});

test("a closed weekday is skipped: after Friday comes Monday", () => {
	const history = makeHistory("2026-11-27", 60, (weekday) => (weekday > 4 ? 0 : 50));
	expect(forecastNextDay(history, "2026-11-27")).toMatchObject({ serviceDay: "2026-11-30", arrivals: 50 });
});

test("the last weeks count more than those before", () => {
	const history = makeHistory("2026-11-30", 70, (_, ago) => (ago <= 21 ? 200 : 100));
	expect(forecastNextDay(history, "2026-11-30")?.arrivals).toBeGreaterThan(140);
});

test("where each year's end is busier, and the year before shows it, the season is taken into account", () => {
	const season = (day: string) => (day.slice(5) >= "11-20" && day.slice(5) <= "12-31" ? 2 : 1);
	const today = "2026-12-02";
	const history = makeHistory(today, 500, (_, ago) => 100 * season(addDays(today, -ago)));
	const found = forecastNextDay(history, today);
	expect(found?.isSeasonal).toBe(true);
	expect(found?.arrivals).toBeGreaterThan(130);
});

test("with a few days there is a figure and no error; with none there is nothing", () => {
	const history = makeHistory("2026-11-30", 7, () => 1);
	expect(forecastNextDay(history, "2026-11-30")).toMatchObject({ arrivals: 1, errorShare: null, testedDays: 0 });
	expect(forecastNextDay([], "2026-11-30")).toBeNull();
});

test("today, which is not over, and days of a clock that was ahead say nothing", () => {
	const history = makeHistory("2026-11-30", 60, () => 50);
	const wrong = [...history, { serviceDay: "2026-11-30", arrivals: 3 }, { serviceDay: "2027-06-01", arrivals: 900 }];
	expect(forecastNextDay(wrong, "2026-11-30")).toEqual(forecastNextDay(history, "2026-11-30"));
});

test("a site with one ticket a week forecasts that weekday alone", () => {
	const history = makeHistory("2026-11-30", 60, (weekday) => (weekday === 2 ? 1 : 0));
	expect(forecastNextDay(history, "2026-11-30")).toMatchObject({ serviceDay: "2026-12-02", arrivals: 1 });
});
