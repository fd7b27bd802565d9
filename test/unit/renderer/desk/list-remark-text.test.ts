import { expect, test } from "vitest";
import { remarkText } from "../../../../renderer/desk/supervision/list-remark-text.ts";
import english from "../../../../resources/languages/list-remarks/en.json" with { type: "json" };
import {
	describeRemark,
	type Place,
	type RemarkCode,
	reason,
	remark,
} from "../../../../station/appointments/list-remark.ts";

const described = (place: Place | null, ...why: Parameters<typeof reason>) =>
	describeRemark(remark(place, reason(...why)));

test("a reason and its place are in the screen's language, and in English as the station says them", () => {
	const one = described({ line: 4, column: "time" }, "time-no-such-day", { text: "2026-11-31 10:00" });
	expect(remarkText(one, "zh-Hans")).toEqual({ place: "第 4 行“time”列", what: "“2026-11-31 10:00”中的日期不存在。" });
	expect(remarkText(one, "en")).toEqual({ place: one.place, what: one.what });
});

test("the place of an event names its property, and a whole file has none", () => {
	const event = { line: 9, event: 2, uid: "AB12@x", column: "DTSTART" };
	expect(remarkText(described(event, "no-start"), "zh-Hans").place).toBe("第 9 行（第 2 个日程，AB12@x），DTSTART");
	expect(remarkText(described(event, "no-start"), "en").place).toBe("line 9, event 2 (AB12@x), DTSTART");
	expect(remarkText(described(null, "file-zip"), "zh-Hans")).toMatchObject({ place: "" });
});

test("the screen says columns in its words, and names no option of the command line", () => {
	const data = { missing: "code, time", found: "Kennung, Zeit", delimiter: "tab" };
	const one = described({ line: 1 }, "columns-missing", data);
	expect(one.what).toContain("--column");
	expect(remarkText(one, "zh-Hans").what).toBe(
		"缺少以下内容的列：预约码、时间。文件中的列：Kennung, Zeit。列的分隔符是 制表符。",
	);
	expect(remarkText(one, "en").what).toContain("no column for the booking code, the time. Its columns");
	for (const code of Object.keys(english) as RemarkCode[])
		for (const language of ["en", "zh-Hans"] as const)
			expect(remarkText(described(null, code, {}), language).what, code).not.toMatch(/(^|\s)--\w/);
});

test("a code of a newer station is shown as that station says it", () => {
	const newer = { ...described({ line: 1 }, "all-day"), code: "from-the-future", what: "It is of the future." };
	expect(remarkText(newer, "zh-Hans")).toEqual({ place: "第 1 行", what: "It is of the future." });
});
