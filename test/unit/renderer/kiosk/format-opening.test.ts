import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LANGUAGES, type Language } from "../../../../protocol/model/language.ts";
import { createMessages } from "../../../../renderer/i18n/messages.ts";
import { formatClosed, formatHours } from "../../../../renderer/kiosk/messages/format-opening.ts";
import type { KioskMessages, KioskTranslate } from "../../../../renderer/kiosk/messages/messages.ts";

const FOLDER = new URL("../../../../resources/languages/kiosk/", import.meta.url);
const read = (language: Language): KioskMessages =>
	JSON.parse(readFileSync(new URL(`${language}.json`, FOLDER), "utf8")) as KioskMessages;
const messages = createMessages(read("en"), read("zh-Hans"));
const t = (language: Language): KioskTranslate => {
	if (!messages.has(language)) messages.add(language, read(language));
	return messages.t(language);
};

/** 2026-11-24, a Tuesday, 09:00 in Shanghai: on Monday evening in New York. */
const TUESDAY_NINE = Date.UTC(2026, 10, 24, 1);
const shut = { open: false, opensAt: TUESDAY_NINE, closesAt: null, timezone: "Asia/Shanghai" };

describe("the hours, as a visitor reads them", () => {
	test("when it opens, on the site's own clock", () => {
		expect(formatClosed(t("en"), shut, "en")).toBe("We are closed now and open again on Tuesday at 09:00.");
		expect(formatClosed(t("zh-Hans"), shut, "zh-Hans")).toBe("现为非办公时间，星期二09:00开放。");
		expect(formatClosed(t("en"), { ...shut, timezone: "America/New_York" }, "en")).toContain("Monday at 20:00");
	});

	test("where nobody knows when it opens, no hour is invented", () => {
		expect(formatClosed(t("en"), { ...shut, opensAt: null }, "en")).toBe("We are closed now.");
	});

	test("of another site: until when it is open, or when it opens", () => {
		expect(formatHours(t("en"), { ...shut, open: true, opensAt: null, closesAt: TUESDAY_NINE }, "en")).toBe(
			"Open until 09:00",
		);
		expect(formatHours(t("en"), shut, "en")).toBe("Opens Tuesday at 09:00");
		expect(formatHours(t("en"), { ...shut, opensAt: null }, "en")).toBe("Closed now");
	});

	test.each([...LANGUAGES])("in %s with the digits of the ticket", (language) => {
		const said = formatClosed(t(language), shut, language);
		expect(said).toContain("09:00");
		expect(said).not.toContain("{{");
	});
});
