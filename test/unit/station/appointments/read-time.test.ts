import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DateOrder, readTime } from "../../../../station/appointments/read-time.ts";

const SHANGHAI = "Asia/Shanghai";
const iso = (text: string, order?: DateOrder, timezone = SHANGHAI) => {
	const read = readTime(text, timezone, order);
	return read.kind === "instant" ? new Date(read.at).toISOString() : read.why;
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
	])("%s is read", (text, expected) => {
		expect(iso(text)).toBe(expected);
	});

	test("of a range, the start", () => {
		expect(iso("2026-12-01 09:00-09:30")).toBe("2026-12-01T01:00:00.000Z");
		expect(iso("2026-12-01 09:00 – 09:30")).toBe("2026-12-01T01:00:00.000Z");
		expect(iso("2026-12-01T14:30-15:00")).toBe("2026-12-01T06:30:00.000Z");
		expect(iso("2026-12-01 9:00~10:00")).toBe("2026-12-01T01:00:00.000Z");
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
		["2026-11-30 10:30 PM", /not a date with a time/],
		["2026-11-30", /not a date with a time/],
		["10:30", /not a date with a time/],
		["44895.4375", /not a date with a time/],
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
					if (read.kind === "refused") return /does not exist|happens twice/.test(read.why);
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
