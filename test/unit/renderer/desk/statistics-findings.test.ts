import { describe, expect, test } from "vitest";
import {
	estimateFinding,
	levelFinding,
	outcomeFinding,
	staffingFinding,
	topicFinding,
	type Wording,
	waitFinding,
	weekdayFinding,
} from "../../../../renderer/ui/statistics/findings.ts";
import { formatIn } from "../../../../renderer/ui/statistics/format.ts";
import { statisticsTexts } from "../../../../renderer/ui/statistics/messages.ts";
import { neighbour, rangeAround } from "../../../../renderer/ui/statistics/period.ts";
import { counter, makeLeg, summarizeLegs, topic } from "../../../fixtures/legs.ts";

const MINUTE = 60_000;
const MONDAY = "2026-11-02";
const wording = (language: "en" | "zh-Hans"): Wording => ({
	t: statisticsTexts(language),
	language,
	format: formatIn(language),
	topicName: (id) => (id === "newborn" ? "Newborns" : "Work permit"),
});
const english = wording("en");
const many = (count: number, over: Parameters<typeof makeLeg>[0] = {}) =>
	Array.from({ length: count }, () => makeLeg(over));
/** Isolation marks, which nobody sees, left out. */
const read = (sentence: string) => sentence.replace(/[\u2066-\u2069]/g, "");

describe("titles say what is found", () => {
	test("the hour of the longest waits, in both languages", () => {
		const legs = [...many(5, { fromMinute: 540 }), ...many(5, { fromMinute: 600, waitMs: 34 * MINUTE })];
		const found = summarizeLegs({ [MONDAY]: legs });
		expect(read(waitFinding(found, english))).toBe("Waits are longest from 10:00 to 11:00: half wait more than 34 min");
		expect(read(waitFinding(found, wording("zh-Hans")))).toBe("10:00–11:00 等候最久：半数人超过 34分钟");
	});

	test("where most are called at once, whom it still takes long; and where nobody waits, that", () => {
		const legs = [...many(8, { waitMs: 0 }), ...many(2, { waitMs: 20 * MINUTE })];
		expect(read(waitFinding(summarizeLegs({ [MONDAY]: legs }), english))).toBe(
			"Waits are longest from 10:00 to 11:00: one in ten waits more than 20 min",
		);
		expect(read(waitFinding(summarizeLegs({ [MONDAY]: many(9, { waitMs: 0 }) }), english))).toBe(
			"At every hour, nine of ten are called within 5 min",
		);
	});

	test("when counters were too few, and that they were enough", () => {
		const short = many(40, { calledMinute: 600, freeMinute: 613, counter: counter(1) });
		expect(read(staffingFinding(summarizeLegs({ [MONDAY]: short }), english))).toMatch(
			/^From 10:00 to 10:15 it takes \d+ counters; at work: 1$/,
		);
		const enough = Array.from({ length: 6 }, (_, index) => makeLeg({ counter: counter(1 + index) }));
		expect(read(staffingFinding(summarizeLegs({ [MONDAY]: enough }), english))).toBe(
			"There were enough counters at every hour",
		);
	});

	test("the service level's history, weekdays, topics, documents and the estimate", () => {
		const late = many(6, { waitMs: 50 * MINUTE, outcome: "papers-missing" });
		const found = summarizeLegs({
			[MONDAY]: many(18),
			"2026-11-03": [...late, ...many(6, { topic: topic("newborn"), serviceMs: 60 * MINUTE })],
		});
		expect(read(levelFinding(found, english))).toBe("On 1 of 2 days, 80% or more were called within 20 minutes");
		expect(read(weekdayFinding(found, english))).toBe("Most visitors come on Monday, fewest on Tuesday");
		expect(read(topicFinding(found, english))).toBe("Newborns takes most of the time at counters: 56%");
		expect(read(outcomeFinding(found, english))).toBe("Documents were missing at 20% of the visits");
		expect(read(estimateFinding(found, english))).toBe("80% of 30 visitors waited as long as their ticket said");
	});

	test("of nothing, nothing is found, in any of them", () => {
		for (const find of [
			waitFinding,
			staffingFinding,
			levelFinding,
			topicFinding,
			weekdayFinding,
			estimateFinding,
			outcomeFinding,
		])
			expect(find(summarizeLegs({}), english)).toBe("Too few visits to find anything");
	});
});

describe("periods", () => {
	test("a week begins on Monday, a month has its own length, and there is one before and after each", () => {
		expect(rangeAround("week", "2026-11-08")).toEqual({ from: "2026-11-02", to: "2026-11-08" });
		expect(rangeAround("month", "2028-02-10")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
		expect(rangeAround("day", "2026-12-31")).toEqual({ from: "2026-12-31", to: "2026-12-31" });
		expect(rangeAround("range", "2026-11-28")).toEqual({ from: "2026-11-01", to: "2026-11-28" });
		expect(neighbour("month", rangeAround("month", "2026-12-31"), 1)).toEqual({ from: "2027-01-01", to: "2027-01-31" });
		expect(neighbour("week", rangeAround("week", "2026-11-02"), -1)).toEqual({ from: "2026-10-26", to: "2026-11-01" });
		expect(neighbour("day", rangeAround("day", "2027-01-01"), -1)).toEqual({ from: "2026-12-31", to: "2026-12-31" });
	});
});
