import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sentenceOf } from "../../../../station/appointments/list-remark.ts";
import { type DateOrder, readDayAndTime, readTime } from "../../../../station/appointments/read-time.ts";

const SHANGHAI = "Asia/Shanghai";
const iso = (text: string, order?: DateOrder, timezone = SHANGHAI) => {
	const read = readTime(text, timezone, order);
	return read.kind === "instant" ? new Date(read.at).toISOString() : sentenceOf(read.why);
};

describe("a time in a table", () => {
	test.each([
		["2026-11-30 10:30", "2026-11-30T02:30:00.000Z"],
		["2026-11-30 10:30:00", "2026-11-30T02:30:00.000Z"],
		["2026/11/30 9:05", "2026-11-30T01:05:00.000Z"],
		["30.11.2026 10:30", "2026-11-30T02:30:00.000Z"],
		["2026年11月30日 10:30", "2026-11-30T02:30:00.000Z"],
		["2026-11-30T10:30+08:00", "2026-11-30T02:30:00.000Z"],
		["2026-11-30T10:30:00-0500", "2026-11-30T15:30:00.000Z"],
		["2026-11-30T02:30:00.000Z", "2026-11-30T02:30:00.000Z"],
		["25/12/2026 10:00", "2026-12-25T02:00:00.000Z"],
		["12/25/2026 10:00", "2026-12-25T02:00:00.000Z"],
		["2026-11-30 10:30 PM", "2026-11-30T14:30:00.000Z"],
		["2026-11-30 12:05 pm", "2026-11-30T04:05:00.000Z"],
		["2026-11-30 9:05 a.m.", "2026-11-30T01:05:00.000Z"],
		["11/30/2026 9:05\u202fPM", "2026-11-30T13:05:00.000Z"],
		["2026年11月30日 下午2:30", "2026-11-30T06:30:00.000Z"],
		["2026-11-30 上午9：05", "2026-11-30T01:05:00.000Z"],
		["November 30, 2026 9:05 am", "2026-11-30T01:05:00.000Z"],
		["Monday, November 30, 2026 at 2:30 PM", "2026-11-30T06:30:00.000Z"],
		["30 Nov 2026 10:00", "2026-11-30T02:00:00.000Z"],
		["30-Nov-2026 10:00", "2026-11-30T02:00:00.000Z"],
		["30.11.2026, 10:30 Uhr", "2026-11-30T02:30:00.000Z"],
		["2026/11/30 下午 2:30", "2026-11-30T06:30:00.000Z"],
		["2026年11月30日 14时30分", "2026-11-30T06:30:00.000Z"],
		["2026年11月30日14时30分15秒", "2026-11-30T06:30:15.000Z"],
		["2026年11月30日 下午2时05分", "2026-11-30T06:05:00.000Z"],
		["2026年11月30日 上午9点半", "2026-11-30T01:30:00.000Z"],
		["2026年11月30日 下午2点", "2026-11-30T06:00:00.000Z"],
		["2026年11月30日星期一 14:30", "2026-11-30T06:30:00.000Z"],
		["2026/11/30（周一）下午2:30", "2026-11-30T06:30:00.000Z"],
		["2026-11-30T10:30-05:00", "2026-11-30T15:30:00.000Z"],
	])("%s is read", (text, expected) => {
		expect(iso(text)).toBe(expected);
	});

	test("of a range, the start", () => {
		expect(iso("2026-12-01 09:00-09:30")).toBe("2026-12-01T01:00:00.000Z");
		expect(iso("2026-12-01 09:00 – 09:30")).toBe("2026-12-01T01:00:00.000Z");
		expect(iso("2026-12-01T14:30-15:00")).toBe("2026-12-01T06:30:00.000Z");
		expect(iso("2026-12-01 9:00~10:00")).toBe("2026-12-01T01:00:00.000Z");
		expect(iso("2026-12-01 2:30 pm - 3:00 pm")).toBe("2026-12-01T06:30:00.000Z");
		expect(iso("2026-12-01 下午2:30-3:30")).toBe("2026-12-01T06:30:00.000Z");
	});

	test.each([
		["05-12-2026 14:30", /cannot be told apart/],
		["05/12/2026 14:30", /--dates dmy/],
		["2027-02-30 09:30", /no such day/],
		["2027-02-29 09:30", /no such day/],
		["2026-13-01 09:30", /no such day/],
		["2026-11-30 24:00", /no such time of day/],
		["2026-11-30 10:60", /no such time of day/],
		["2026-11-30T10:30+15:00", /offset that no zone has/],
		["2026-11-30 10:30-09:00x", /not a date with a time/],
		["2026-11-30 12:30 am", /noon or midnight/],
		["2026-11-30 上午12:30", /noon or midnight/],
		["2026-11-30 14:30 PM", /no such time of day/],
		["2026-11-30 0:30 pm", /no such time of day/],
		["2026-12-01 1:00-2:30 pm", /of its end alone/],
		["2026-11-30 9:00 am-05:00", /not a range of times|offset/],
		["2026-11-30 23:30-00:30", /offset that no zone has/],
		["2026-11-30 23:30-01:00", /range of times or have an offset/],
		["2026-11-30 09:00-05:00", /range of times or have an offset/],
		["2026-11-30T23:30-00:30", /offset that no zone has/],
		["2026-11-30T09:30:00-00:00", /offset that no zone has/],
		["2026-11-30T09:30:00+09:15", /offset that no zone has/],
		["2026年11月30日星期二 14:30", /day of the week/],
		["2026年11月30日 2点半", /not a date with a time/],
		["2026年11月30日 晚上8:30", /not a date with a time/],
		["Tuesday, November 30, 2026 10:00", /day of the week/],
		["31.12.26 10:30", /two digits/],
		["12/11/26 10:30", /two digits/],
		["#########", /too narrow/],
		["\u200e30\u200e/11\u200e/2026 10:30", /u\{200e\}30/],
		["2026-11-30", /not a date with a time/],
		["10:30", /not a date with a time/],
		["44895.4375", /as Excel keeps dates/],
		["1026-11-30 10:30", /between 2000 and 2100/],
		["2026-11-3010:30", /not a date with a time/],
		["2026-11-30T02:30-05:00", /range of times or have an offset/],
		["", /not a date with a time/],
	])("%j is refused with the reason", (text, reason) => {
		expect(iso(text)).toMatch(reason);
	});

	test("the order of day and month can be said", () => {
		expect(iso("05/12/2026 14:30", "dmy")).toBe("2026-12-05T06:30:00.000Z");
		expect(iso("05/12/2026 14:30", "mdy")).toBe("2026-05-12T06:30:00.000Z");
	});

	test("of a list that has the day apart, both are read, and neither may have the other", () => {
		const both = (date: string, time: string) => {
			const read = readDayAndTime({ date, time }, SHANGHAI, undefined);
			return read.kind === "instant" ? new Date(read.at).toISOString() : sentenceOf(read.why);
		};
		expect(both("30.11.2026", "10:30:00")).toBe("2026-11-30T02:30:00.000Z");
		expect(both("2026/11/30 0:00:00", "10:30")).toBe("2026-11-30T02:30:00.000Z");
		expect(both("11/30/2026", "2:30 PM")).toBe("2026-11-30T06:30:00.000Z");
		expect(both("12/11/2026", "10:30")).toMatch(/cannot be told apart/);
		expect(both("2026-11-30 09:00", "10:30")).toMatch(/not a date with a time/);
		expect(both("2026-11-30", "2026-12-01 10:30")).toMatch(/not a date with a time/);
		expect(both("", "10:30")).toMatch(/not a date with a time/);
	});

	test("a time that the clocks leave out, or show twice, is refused", () => {
		expect(iso("2026-03-29 02:30", undefined, "Europe/Berlin")).toMatch(/does not exist/);
		expect(iso("2026-10-25 02:30", undefined, "Europe/Berlin")).toMatch(/happens twice/);
		expect(iso("2026-10-25T02:30+01:00", undefined, "Europe/Berlin")).toBe("2026-10-25T01:30:00.000Z");
	});

	test("every minute of every zone comes back as it was written, or is refused", () => {
		const zones = [
			"Asia/Shanghai",
			"Europe/Berlin",
			"America/Sao_Paulo",
			"Africa/Cairo",
			"Pacific/Apia",
			"Asia/Kathmandu",
		];
		fc.assert(
			fc.property(
				fc.constantFrom(...zones),
				fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2032, 0, 1) / 60_000 }),
				(timezone, minute) => {
					const written = new Date(minute * 60_000).toISOString().slice(0, 16).replace("T", " ");
					const read = readTime(written, timezone, undefined);
					if (read.kind === "refused") return ["time-left-out", "time-twice"].includes(read.why.code);
					const format = new Intl.DateTimeFormat("sv-SE", {
						timeZone: timezone,
						dateStyle: "short",
						timeStyle: "short",
					});
					return format.format(read.at) === written;
				},
			),
			{ numRuns: 500 },
		);
	});
});
