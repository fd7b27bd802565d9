import { expect, test } from "vitest";
import type { Schedule } from "../../../../protocol/catalogue/schedule.ts";
import { lastClosing, openingAt } from "../../../../station/catalogue/opening-hours.ts";

const weekdays = {
	freq: "WEEKLY",
	byday: ["MO", "TU", "WE", "TH", "FR"],
	opens_at: "09:00",
	closes_at: "17:00",
} as const;
const schedule = { ...weekdays, byday: [...weekdays.byday] };
const shanghai = (day: number, hour: number, minute = 0) => Date.UTC(2026, 10, day, hour - 8, minute);

test.each([
	["Monday, a minute before", shanghai(23, 8, 59), false],
	["Monday, on the stroke", shanghai(23, 9), true],
	["Friday, the last minute", shanghai(27, 16, 59), true],
	["Friday, closing", shanghai(27, 17), false],
	["Saturday", shanghai(28, 10), false],
	["Monday morning there, Sunday night in UTC", shanghai(23, 9, 30), true],
])("%s", (_, instant, open) => {
	expect(openingAt(instant, "Asia/Shanghai", [schedule]).open).toBe(open);
});

test("a schedule holds from its first day to its last", () => {
	const december = { ...schedule, valid_from: "2026-12-01", valid_to: "2026-12-31" };
	expect(openingAt(shanghai(23, 10), "Asia/Shanghai", [december]).open).toBe(false);
	expect(openingAt(Date.UTC(2026, 11, 1, 2), "Asia/Shanghai", [december]).open).toBe(true);
});

test("closed: it tells the next opening, over the weekend and into a season; open: when it closes", () => {
	const hours = (instant: number, ...schedules: Schedule[]) => openingAt(instant, "Asia/Shanghai", schedules);
	expect(hours(shanghai(27, 18), schedule)).toEqual({ open: false, opensAt: shanghai(30, 9), closesAt: null });
	expect(hours(shanghai(23, 8), schedule)).toMatchObject({ opensAt: shanghai(23, 9) });
	const evening = { ...schedule, opens_at: "16:00", closes_at: "20:00" };
	expect(hours(shanghai(23, 16, 30), schedule, evening)).toEqual({
		open: true,
		opensAt: null,
		closesAt: shanghai(23, 20),
	});
	const spring = { ...schedule, valid_from: "2027-03-01" };
	expect(hours(shanghai(23, 8), spring)).toEqual({ open: false, opensAt: null, closesAt: null });
	expect(hours(shanghai(23, 8))).toEqual({ open: false, opensAt: null, closesAt: null });
});

test("a site closes for the day with its last hours: a break at noon is no end", () => {
	const morning = { ...schedule, closes_at: "11:30" };
	const afternoon = { ...schedule, opens_at: "13:30" };
	const closing = shanghai(23, 17);
	for (const instant of [shanghai(23, 0), shanghai(23, 11), shanghai(23, 12), shanghai(23, 20)])
		expect(lastClosing(instant, "Asia/Shanghai", [morning, afternoon])).toBe(closing);
	expect(lastClosing(shanghai(28, 10), "Asia/Shanghai", [morning, afternoon])).toBeNull();
});

test("a public holiday has no hours, a make-up working day has its own, and closed says when it opens after them", () => {
	const nationalDay = { date: "2026-10-01", until: "2026-10-08", hours: [], name: "National Day" };
	const makeUp = { date: "2026-10-10", hours: [{ opens_at: "09:00", closes_at: "12:00" }] };
	const at = (day: number, hour: number) => Date.UTC(2026, 9, day, hour - 8);
	const hours = (instant: number) => openingAt(instant, "Asia/Shanghai", [schedule], [nationalDay, makeUp]);
	expect(hours(at(1, 10))).toEqual({ open: false, opensAt: at(9, 9), closesAt: null });
	expect(hours(at(9, 10))).toMatchObject({ open: true });
	expect(hours(at(10, 10))).toEqual({ open: true, opensAt: null, closesAt: at(10, 12) });
	expect(hours(at(10, 12))).toMatchObject({ open: false, opensAt: at(12, 9) });
	expect(lastClosing(at(10, 8), "Asia/Shanghai", [schedule], [nationalDay, makeUp])).toBe(at(10, 12));
	expect(lastClosing(at(5, 8), "Asia/Shanghai", [schedule], [nationalDay])).toBeNull();
});

test("the day after a night in which the clocks go forward is not passed over", () => {
	const daily = { ...schedule, byday: ["SU"], opens_at: "10:00" };
	// Berlin, Saturday 27 March 2027, 23:30: 24 hours later it is Monday.
	const saturdayNight = Date.UTC(2027, 2, 27, 22, 30);
	expect(openingAt(saturdayNight, "Europe/Berlin", [daily])).toMatchObject({ opensAt: Date.UTC(2027, 2, 28, 8) });
});
