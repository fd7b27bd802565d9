import { describe, expect, test } from "vitest";
import { errorMessage } from "../../../../renderer/desk/messages/error-messages.ts";
import { formatOpening, formatWait } from "../../../../renderer/desk/messages/format-wait.ts";
import { messagesFor } from "../../../../renderer/desk/messages/messages.ts";
import english from "../../../../resources/languages/desk/en.json" with { type: "json" };
import chinese from "../../../../resources/languages/desk/zh-Hans.json" with { type: "json" };

const files: Record<string, Record<string, string>> = { en: english, "zh-Hans": chinese };
const stem = (key: string) => key.replace(/_(one|other)$/, "");
const gaps = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].toSorted();

describe("language files of the desk", () => {
	test("say the same things in both languages", () => {
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

	test("ask for the same values in both languages", () => {
		for (const [key, text] of Object.entries(chinese)) {
			const other: string = (english as Record<string, string>)[key] ?? "";
			expect(gaps(text), key).toEqual(gaps(other));
		}
	});
});

describe("a refusal in plain words", () => {
	const clock = (instant: number) => `T${instant}`;
	const changed = {
		code: "TICKET_CHANGED",
		message: "as the station says it",
		data: { number: "A007", state: "missed" },
	};

	test("names who and what, in the desk's language", () => {
		expect(errorMessage(changed, messagesFor("en"), clock)).toBe(
			"A007 has changed since you saw it and is now “missed”. The screen shows the current state.",
		);
		expect(errorMessage(changed, messagesFor("zh-Hans"), clock)).toBe(
			"A007 已有变动，现在是“过号”。屏幕显示的是最新情况。",
		);
	});

	test("says until when, and how many tries are left", () => {
		const locked = { code: "STAFF_LOCKED", message: "", data: { until: 5 } };
		expect(errorMessage(locked, messagesFor("en"), clock)).toContain("Try again at T5");
		const wrong = { code: "SIGN_IN_REFUSED", message: "", data: { triesLeft: 1 } };
		expect(errorMessage(wrong, messagesFor("en"), clock)).toBe(
			"Name and PIN do not match. Check both and try again. 1 attempt is left.",
		);
	});

	test("a reprint that may still come says so with the number", () => {
		const inFlight = { code: "PRINT_IN_FLIGHT", message: "", data: { number: "A007", print: "sent" } };
		expect(errorMessage(inFlight, messagesFor("en"), clock)).toBe(
			"A007 is still being printed. Wait until it is printed or marked as not confirmed.",
		);
		expect(errorMessage(inFlight, messagesFor("zh-Hans"), clock)).toContain("A007");
		const unknown = { code: "TICKET_UNKNOWN", message: "as the station says it", data: { id: "x" } };
		expect(errorMessage(unknown, messagesFor("en"), clock)).toBe("The station has no such ticket.");
	});

	test("uses the station's own words where the code is new or too little is told", () => {
		expect(errorMessage({ ...changed, code: "SOMETHING_NEW" }, messagesFor("en"), clock)).toBe(
			"as the station says it",
		);
		expect(errorMessage({ ...changed, data: {} }, messagesFor("en"), clock)).toBe("as the station says it");
		expect(
			errorMessage({ ...changed, data: { number: "A007", state: "unheard-of" } }, messagesFor("en"), clock),
		).toContain("unheard-of");
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
		expect(formatOpening(monday, messagesFor("en"), "Asia/Shanghai")).toBe("Monday at 09:00");
		expect(formatOpening(monday, messagesFor("zh-Hans"), "Asia/Shanghai")).toBe("星期一 09:00");
	});
});
