import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { checkCatalogue, fileReader } from "../../../protocol/catalogue/check-catalogue.ts";
import { holdsOn } from "../../../protocol/catalogue/recurrence.ts";
import { scheduleSchema } from "../../../protocol/catalogue/schedule.ts";
import { CATALOGUE } from "../../fixtures/catalogue-body.ts";

const hours = { opens_at: "10:00", closes_at: "18:00" };
const DAY_MS = 86_400_000;
const dateAfter = (date: string, days: number) =>
	new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
const daysOf = (rule: object, from: string, days: number) => {
	const schedule = scheduleSchema.parse({ ...hours, ...rule });
	return Array.from({ length: days }, (_, day) => dateAfter(from, day)).filter((date) => holdsOn(schedule, date));
};

describe("a schedule in HSDS's own forms", () => {
	test("days as one text, times with seconds, words that change no hours", () => {
		const written = {
			...{ id: "48102e86-bb50-41c4-8f1e-e269368c41d1", freq: "WEEKLY", byday: "TH,FR" },
			...{
				opens_at: "10:00:00",
				closes_at: "18:00:00",
				description: "10 to 6",
				notes: "-",
				attending_type: "in person",
			},
		};
		expect(scheduleSchema.parse(written)).toEqual({ freq: "WEEKLY", byday: ["TH", "FR"], ...hours });
	});

	test.each<[string, object, string[]]>([
		["a month's days", { freq: "MONTHLY", bymonthday: "2,-1" }, ["2026-02-02", "2026-02-28", "2026-03-02"]],
		["the first Monday", { freq: "MONTHLY", byday: "1MO,-1FR" }, ["2026-02-02", "2026-02-27", "2026-03-02"]],
		[
			"every other week",
			{ freq: "WEEKLY", byday: "WE", interval: 2, dtstart: "2026-02-04" },
			["2026-02-04", "2026-02-18", "2026-03-04"],
		],
		["until", { freq: "WEEKLY", byday: "WE", until: "2026-02-11" }, ["2026-02-04", "2026-02-11"]],
		["count", { freq: "WEEKLY", byday: "WE", dtstart: "2026-02-03", count: 2 }, ["2026-02-04", "2026-02-11"]],
		["a year's day", { freq: "YEARLY", byyearday: "45" }, ["2026-02-14"]],
		["a year's week", { freq: "YEARLY", byweekno: "7", byday: "MO" }, ["2026-02-09"]],
		["no days named", { freq: "WEEKLY", dtstart: "2026-02-20" }, ["2026-02-20", "2026-02-27"]],
	])("%s", (_, rule, days) => expect(daysOf(rule, "2026-02-01", 32)).toEqual(days));

	test.each<[string, object]>([
		["an unknown member", { freq: "WEEKLY", byday: "MO", bysetpos: 1 }],
		["a time past midnight", { freq: "DAILY", opens_at: "22:00", closes_at: "02:00" }],
		["seconds that count", { freq: "DAILY", opens_at: "10:00:30" }],
		["a day that is none", { freq: "DAILY", until: "2027-02-29" }],
		["an interval without its beginning", { freq: "WEEKLY", byday: "MO", interval: 2 }],
		["no day at all", { freq: "WEEKLY" }],
		["a zone of its own", { freq: "DAILY", timezone: 3 }],
	])("refused: %s", (_, rule) => expect(scheduleSchema.safeParse({ ...hours, ...rule }).success).toBe(false));

	test("agrees with ical.js on random rules", () => {
		const weekdays = fc.uniqueArray(fc.constantFrom("MO", "TU", "WE", "TH", "FR", "SA", "SU"), { minLength: 1 });
		const anyRule = fc.oneof(
			fc.record({ freq: fc.constant("DAILY"), interval: fc.integer({ min: 1, max: 9 }) }),
			fc.record({ freq: fc.constant("WEEKLY"), interval: fc.integer({ min: 1, max: 4 }), byday: weekdays }),
			fc.record({
				freq: fc.constant("MONTHLY"),
				interval: fc.integer({ min: 1, max: 4 }),
				bymonthday: fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 3 }),
			}),
		);
		fc.assert(
			fc.property(anyRule, fc.integer({ min: 0, max: 3_000 }), (rule, startDay) => {
				const dtstart = dateAfter("2024-01-01", startDay);
				const mine = daysOf({ ...rule, dtstart }, dtstart, 120);
				const parts = Object.entries(rule).map(([name, value]) => `${name.toUpperCase()}=${String(value)}`);
				const iterator = ICAL.Recur.fromString(parts.join(";")).iterator(ICAL.Time.fromDateString(dtstart));
				const theirs: string[] = [];
				for (let next = iterator.next(); next && theirs.length < 200; next = iterator.next())
					theirs.push(next.toString());
				expect(mine).toEqual(theirs.filter((date) => date < dateAfter(dtstart, 120)));
			}),
		);
	});
});

describe("exception days in a catalogue", () => {
	const withExceptions = (exceptions: unknown[]) => {
		const body = structuredClone(CATALOGUE);
		const [site] = body["locations.json"] as { exceptions?: unknown[] }[];
		if (!site) throw new Error("The catalogue has a site.");
		site.exceptions = exceptions;
		const { locations, rejected } = checkCatalogue(fileReader(body));
		return { kept: locations[0]?.exceptions.map(({ date }) => date), rejected };
	};

	test("a bad one is named and left out, and its site is kept with the others", () => {
		const { kept, rejected } = withExceptions([
			{ date: "2026-10-01", until: "2026-10-08", hours: [] },
			{ date: "2027-02-30", hours: [] },
			{ date: "2026-10-05", hours: [{ opens_at: "09:00", closes_at: "12:00" }] },
			{ date: "2026-12-31", hours: [{ opens_at: "18:00", closes_at: "12:00" }] },
			{ date: "2026-12-30", until: "2026-12-01", hours: [] },
			{ date: "2026-10-10", hours: [{ opens_at: "09:00", closes_at: "12:00" }], name: "make-up day" },
		]);
		expect(kept).toEqual(["2026-10-01", "2026-10-10"]);
		expect(rejected.map(({ entry }) => entry.replace(/^.*, /, ""))).toEqual([
			...["exception 2", "exception 3", "exception 4", "exception 5"],
		]);
		expect(rejected[1]?.reason).toContain("2026-10-01");
	});
});

test("a topic whose status is not active is not offered, and the check says so without an error", () => {
	const body = structuredClone(CATALOGUE);
	const [topic] = body["services.json"] as { id: string; status?: string }[];
	if (!topic) throw new Error("The catalogue has a topic.");
	topic.status = "defunct";
	const { services, notOffered, rejected } = checkCatalogue(fileReader(body));
	expect(services.some(({ id }) => id === topic.id)).toBe(false);
	expect(notOffered).toEqual([{ id: topic.id, status: "defunct" }]);
	expect(rejected).toEqual([]);
});
