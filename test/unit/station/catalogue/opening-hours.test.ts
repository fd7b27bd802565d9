import { expect, test } from "vitest";
import type { Schedule } from "../../../../protocol/catalogue/catalogue.ts";
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
