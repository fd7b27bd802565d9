import { describe, expect, test } from "vitest";
import { STATION_REFUSALS } from "../../../../protocol/api/station-refusals.ts";
import { errorText } from "../../../../renderer/desk/messages/error-messages.ts";
import { formatOpening, formatWait } from "../../../../renderer/desk/messages/format-wait.ts";
import { messagesFor } from "../../../../renderer/desk/messages/messages.ts";
import english from "../../../../resources/languages/desk/en.json" with { type: "json" };
import chinese from "../../../../resources/languages/desk/zh-Hans.json" with { type: "json" };

const files: Record<string, Record<string, string>> = { en: english, "zh-Hans": chinese };
const stem = (key: string) => key.replace(/_(one|other)$/, "");
const gaps = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].toSorted();

describe("language files of the desk", () => {
	test("have the same keys in both languages", () => {
		const stems = (file: Record<string, string>) => [...new Set(Object.keys(file).map(stem))].toSorted();
		expect(stems(chinese)).toEqual(stems(english));
	});

	test.each(Object.keys(files))("%s: no empty text, and every plural form of its language", (language) => {
		const file = files[language] ?? {};
		const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
		for (const [key, text] of Object.entries(file)) {
			expect(text.trim(), key).not.toBe("");
			if (key.endsWith("_other")) {
				for (const form of forms) expect(file, key).toHaveProperty(`${stem(key)}_${form}`);
			}
		}
	});

	test("use the same values in both languages", () => {
		for (const [key, text] of Object.entries(chinese)) {
			const other: string = (english as Record<string, string>)[key] ?? "";
			expect(gaps(text), key).toEqual(gaps(other));
		}
	});
});

describe("an error message", () => {
	const clock = (instant: number) => `T${instant}`;
	const textOf = (code: string, data: Record<string, unknown>, language: "en" | "zh-Hans" = "en") =>
		errorText({ code, message: "", data }, messagesFor(language), clock).text;

	test.each(Object.keys(STATION_REFUSALS))("%s has a sentence in both languages", (code) => {
		const data = { ...{ counter: "3", yours: "1", number: "A007", state: "missed", staff: "Wang" }, until: 5 };
		for (const language of ["en", "zh-Hans"] as const) {
			const text = textOf(code, data, language);
			expect(text).toMatch(/[.。]$/);
			expect(text).not.toMatch(/\{\{|refusal|undefined/);
		}
	});

	test("names who and what, and gives the code", () => {
		const changed = { code: "TICKET_CHANGED", message: "", data: { number: "A007", state: "missed" } };
		expect(errorText(changed, messagesFor("en"), clock)).toEqual({
			text: "A007 has changed since you saw it and is now “missed”. The screen shows the current state.",
			code: "TICKET_CHANGED",
		});
		expect(textOf("TICKET_CHANGED", changed.data, "zh-Hans")).toBe(
			"A007 已有变动，现在是“过号”。屏幕显示的是最新情况。",
		);
	});

	test("gives the time of the next attempt, and how many attempts are left", () => {
		expect(textOf("STAFF_LOCKED", { until: 5 })).toContain("Try again at T5");
		expect(textOf("SIGN_IN_REFUSED", { triesLeft: 1 })).toBe(
			"Name and PIN do not match. Check both and try again. 1 attempt is left.",
		);
	});

	test("is general for an unexpected or new code, and where the data is incomplete", () => {
		const general = "The station refused this. Nothing was changed. If it continues, tell IT the code.";
		expect(textOf("BAD_REQUEST", {})).toBe(general);
		expect(textOf("SOMETHING_NEW", {})).toBe(general);
		expect(textOf("TICKET_CHANGED", {})).toBe(general);
	});
});

describe("times", () => {
	test("a wait is in whole minutes", () => {
		expect([-1, 59_999, 60_000, 3_660_000].map((wait) => formatWait(wait, messagesFor("en")))).toEqual([
			"under 1 min",
			"under 1 min",
			"1 min",
			"1 h 1 min",
		]);
	});

	test("another site's opening has its weekday", () => {
		const monday = Date.UTC(2026, 10, 23, 1);
		expect(formatOpening(monday, messagesFor("en"), { timeZone: "Asia/Shanghai" })).toBe("Monday at 09:00");
		expect(formatOpening(monday, messagesFor("zh-Hans"), { timeZone: "Asia/Shanghai" })).toBe("星期一 09:00");
	});
});
