import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatNumber, writtenNumber } from "../../../../station/tickets/numbers.ts";
import { serviceDayAt } from "../../../../station/tickets/service-day.ts";

describe("numbers", () => {
	test("have a letter and three digits, then four", () => {
		expect(formatNumber("A", 1)).toBe("A001");
		expect(formatNumber("A", 999)).toBe("A999");
		expect(formatNumber("A", 1000)).toBe("A1000");
	});

	test("are found however staff type them; what is no number stays what it is", () => {
		for (const typed of ["A012", "a12", " a0012 ", "Ａ０１２"]) expect(writtenNumber(typed)).toBe("A012");
		expect(writtenNumber("a1000")).toBe("A1000");
		expect(["12", "", "A", "A12; drop"].map(writtenNumber)).toEqual(["12", "", "A", "A12; DROP"]);
	});

	test("are unique across all series of a day", () => {
		const place = fc.record({
			series: fc.constantFrom(..."ABCDEFGHJKLMNPRSTUVWXYZ"),
			ordinal: fc.integer({ min: 1, max: 999_999 }),
		});
		fc.assert(
			fc.property(place, place, (one, other) => {
				const same = one.series === other.series && one.ordinal === other.ordinal;
				expect(formatNumber(one.series, one.ordinal) === formatNumber(other.series, other.ordinal)).toBe(same);
			}),
		);
	});
});

describe("service day", () => {
	const shanghai = { timezone: "Asia/Shanghai", dayStartsAt: "00:00" };

	test("starts at the site's midnight, not at midnight UTC", () => {
		expect(serviceDayAt(Date.UTC(2026, 10, 22, 15, 59), shanghai, undefined)).toBe("2026-11-22");
		expect(serviceDayAt(Date.UTC(2026, 10, 22, 16, 0), shanghai, undefined)).toBe("2026-11-23");
	});

	test("starts at the hour that the site sets", () => {
		const late = { timezone: "Asia/Shanghai", dayStartsAt: "04:00" };
		expect(serviceDayAt(Date.UTC(2026, 10, 22, 19, 59), late, undefined)).toBe("2026-11-22");
		expect(serviceDayAt(Date.UTC(2026, 10, 22, 20, 0), late, undefined)).toBe("2026-11-23");
	});

	test("a day that begins at 01:00 (Cairo, 24 April 2026) has no hour of the day before", () => {
		const cairo = { timezone: "Africa/Cairo", dayStartsAt: "00:00" };
		expect(serviceDayAt(Date.UTC(2026, 3, 23, 21, 59), cairo, undefined)).toBe("2026-04-23");
		expect(serviceDayAt(Date.UTC(2026, 3, 23, 22, 0), cairo, undefined)).toBe("2026-04-24");
	});

	test("does not go back when the clock is set back over midnight", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 4_000_000_000_000 }),
				fc.integer({ min: 0, max: 24 * 3_600_000 }),
				(instant, back) => {
					const latest = serviceDayAt(instant, shanghai, undefined);
					expect(serviceDayAt(instant - back, shanghai, latest)).toBe(latest);
				},
			),
		);
	});

	test("follows the calendar again after a clock that was wrong by more than a day", () => {
		expect(serviceDayAt(Date.UTC(2026, 10, 30, 1), shanghai, "2036-01-01")).toBe("2026-11-30");
	});
});
