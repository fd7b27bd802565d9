import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysOf, type RecurrenceRule, readRule } from "../../../../station/appointments/recurrence-rule.ts";
import answers from "../../../fixtures/recurrence-rules.json" with { type: "json" };

const iso = (day: string) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;

function ruleOf(text: string): RecurrenceRule {
	const rule = readRule(text);
	if ("code" in rule) throw new Error(`${text}: ${JSON.stringify(rule)}`);
	return rule;
}

/** Random rules with the days that python-dateutil 2.9 gives for them, up to 28 November 2027. */
describe("rules as dateutil reads them", () => {
	const range = { from: "2026-11-30", to: "2027-11-28" };
	const read = answers.filter(([text = ""]) => !("code" in readRule(text)));

	test("most are read, and give the same days", () => {
		for (const [text = "", start = "", days = ""] of read)
			expect(daysOf(ruleOf(text), iso(start), range), text).toEqual(days === "" ? [] : days.split(" ").map(iso));
		expect(read.length).toBeGreaterThan(740);
	});

	test("what is refused counts days or weeks of a year", () => {
		for (const [text = ""] of answers.filter((one) => !read.includes(one)))
			expect(text).toMatch(/BYWEEKNO|BYYEARDAY|FREQ=YEARLY.*BYDAY=.*\d/);
	});
});

test.each([
	["2026-12-30", "FREQ=DAILY;BYMONTHDAY=-1", ["2026-12-31", "2027-01-31", "2027-02-28"]],
	["2027-02-01", "FREQ=MONTHLY;BYMONTH=11,2;BYMONTHDAY=1", ["2027-02-01"]],
	["2027-01-30", "FREQ=YEARLY;BYMONTH=1,8,9;BYMONTHDAY=-2;COUNT=1", ["2027-01-30"]],
	["2027-02-27", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []],
	["2026-12-31", "FREQ=MONTHLY", ["2026-12-31", "2027-01-31"]],
	["2026-11-30", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", ["2026-11-30", "2026-12-31", "2027-01-29"]],
	[
		"2026-12-07",
		"FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO;COUNT=4",
		["2026-12-07", "2026-12-20", "2026-12-21", "2027-01-03"],
	],
])("from %s, %s", (start, text, days) => {
	expect(daysOf(ruleOf(text), start, { from: start, to: "2027-02-28" })).toEqual(days);
});

test("a series that was over long ago has no days, and is no mistake", () => {
	expect(daysOf(ruleOf("FREQ=WEEKLY;COUNT=5"), "2005-01-03", { from: "2026-11-30", to: "2027-11-30" })).toHaveLength(5);
	expect(
		daysOf(ruleOf("FREQ=DAILY;COUNT=9999"), "2005-01-03", { from: "2026-11-30", to: "2027-11-30" }),
	).toBeUndefined();
});

test.each([
	...["FREQ=HOURLY", "COUNT=2", "FREQ=WEEKLY;BYMONTHDAY=5", "FREQ=YEARLY;BYWEEKNO=50;BYDAY=MO", "FREQ=DAILY;BYDAY=2TU"],
	...["FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=0MO", "FREQ=MONTHLY;BYMONTHDAY=32"],
	...["FREQ=MONTHLY;BYMONTH=13;BYMONTHDAY=1", "FREQ=MONTHLY;BYSETPOS=1", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", "FREQ"],
	...[
		"FREQ=DAILY;COUNT=2;UNTIL=20261201T000000Z",
		"FREQ=DAILY;BYHOUR=9",
		"FREQ=DAILY;COUNT=1=2",
		"FREQ=DAILY;COUNT=-1",
	],
	...["FREQ=DAILY;__PROTO__=1", "FREQ=DAILY;CONSTRUCTOR=1", ""],
])("%s is refused", (text) => {
	expect(readRule(text)).toMatchObject({ code: "rule-unread" });
});

test("every rule that is read ends, and gives each day once, in order and within its range", () => {
	const numbers = (most: number) => fc.array(fc.integer({ min: 1, max: most }), { maxLength: 3 });
	const rules = fc.record({
		freq: fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
		interval: fc.integer({ min: 1, max: 500 }),
		count: fc.option(fc.integer({ min: 1, max: 500 })),
		days: numbers(31),
		months: numbers(12),
		positions: numbers(366),
	});
	const list = (name: string, values: readonly number[]) => (values.length === 0 ? "" : `;${name}=${values.join(",")}`);
	fc.assert(
		fc.property(
			rules,
			fc.integer({ min: 0, max: 3_000 }),
			({ freq, interval, count, days, months, positions }, ago) => {
				const start = new Date(Date.UTC(2026, 10, 30) - ago * 86_400_000).toISOString().slice(0, 10);
				const by = `${list("BYMONTHDAY", days)}${list("BYMONTH", months)}${list("BYSETPOS", positions)}`;
				const rule = readRule(`FREQ=${freq};INTERVAL=${interval}${count === null ? "" : `;COUNT=${count}`}${by}`);
				if ("code" in rule) return;
				const found = daysOf(rule, start, { from: "2026-11-30", to: "2027-11-30" }) ?? [];
				expect(found).toEqual([...new Set(found)].toSorted());
				expect(found.every((day) => day >= start && day <= "2027-11-30")).toBe(true);
				expect(found.length).toBeLessThanOrEqual(count ?? Number.POSITIVE_INFINITY);
			},
		),
		{ numRuns: 200 },
	);
});
