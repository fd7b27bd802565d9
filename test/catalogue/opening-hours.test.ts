import { expect, test } from "vitest";
import { isOpenAt } from "../../station/catalogue/opening-hours.ts";

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
	expect(isOpenAt(instant, "Asia/Shanghai", [schedule])).toBe(open);
});

test("a schedule holds from its first day to its last", () => {
	const december = { ...schedule, valid_from: "2026-12-01", valid_to: "2026-12-31" };
	expect(isOpenAt(shanghai(23, 10), "Asia/Shanghai", [december])).toBe(false);
	expect(isOpenAt(Date.UTC(2026, 11, 1, 2), "Asia/Shanghai", [december])).toBe(true);
});
