import { expect, test } from "vitest";
import { writeStatisticsCsv } from "../../../../protocol/statistics/statistics-csv.ts";
import { makeLeg, summarizeLegs, topic } from "../../../fixtures/legs.ts";

const legs = (count: number, over: Parameters<typeof makeLeg>[0] = {}) =>
	Array.from({ length: count }, () => makeLeg(over));
const names = { topic: (id: string) => `Topic, "${id}"`, language: (tag: string) => tag };
const write = (own = names) => {
	const day = [...legs(9), ...legs(7, { language: "ja", topic: topic("newborn") }), ...legs(1, { language: "th" })];
	return writeStatisticsCsv(summarizeLegs({ "2026-11-02": day }), own);
};

test("the file begins with Excel's mark, ends its lines as Excel does, and every line has every column", () => {
	const csv = write({ ...names, topic: (id) => id });
	expect(csv.startsWith("\uFEFFgroup,key,name,visits,")).toBe(true);
	const lines = csv.slice(1).split("\r\n");
	expect(lines.pop()).toBe("");
	expect(new Set(lines.map((line) => line.split(",").length))).toEqual(new Set([29]));
	expect(lines[1]).toBe("all,2026-11-02/2026-11-02,,17,17,17,0,0,0,0,0,17,10,10,10,17,12,12,12,100,,,17,100,10,0,,,");
	expect(lines.find((line) => line.startsWith("quarter-hour"))).toMatch(/^quarter-hour,10:00,,.*,17,1,\d+$/);
});

test("what is not told says so and has no figure", () => {
	const lines = write().split("\r\n");
	expect(lines.find((line) => line.startsWith("language,th"))).toBe(
		`language,th,th,${"<5,".repeat(8)}${",".repeat(17)}`,
	);
	expect(lines.find((line) => line.startsWith("language,ja"))).toContain("<5");
});

test("a name with commas and quotes stays one cell", () => {
	expect(write()).toContain('topic,newborn,"Topic, ""newborn""",7,');
});

test.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"])("a name such as %j is no formula", (name) => {
	const csv = write({ ...names, topic: () => name });
	expect(csv).toContain(name.startsWith("\r") ? `"'${name}"` : `,'${name},`);
	expect(csv).not.toContain(`,${name}`);
});
