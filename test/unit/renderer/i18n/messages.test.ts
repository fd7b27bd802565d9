import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createMessages } from "../../../../renderer/i18n/messages.ts";
import { formatWait } from "../../../../renderer/kiosk/messages/format-wait.ts";
import { createTranslate } from "../../../../renderer/phone/messages/messages.ts";
import arabic from "../../../../resources/languages/kiosk/ar.json" with { type: "json" };
import english from "../../../../resources/languages/kiosk/en.json" with { type: "json" };
import russian from "../../../../resources/languages/kiosk/ru.json" with { type: "json" };
import chinese from "../../../../resources/languages/kiosk/zh-Hans.json" with { type: "json" };
import arabicPhone from "../../../../resources/languages/phone/ar.json" with { type: "json" };

function kioskWords() {
	const messages = createMessages(english, chinese);
	messages.add("ar", arabic);
	messages.add("ru", russian);
	return messages;
}

test("plurals follow the language's own rules", () => {
	const messages = kioskWords();
	const people = (language: "ar" | "ru", count: number) => messages.t(language)("people", { count });
	expect([0, 1, 2, 3, 11, 100].map((count) => people("ar", count))).toEqual([
		"لا أحد",
		"شخص واحد",
		"شخصان",
		"3 أشخاص",
		"11 شخصًا",
		"100 شخص",
	]);
	expect([1, 2, 5, 21].map((count) => people("ru", count))).toEqual([
		"1 человек",
		"2 человека",
		"5 человек",
		"21 человек",
	]);
});

test("from right to left a number, a code and a time stand apart from the words around them", () => {
	const messages = kioskWords();
	expect(messages.t("ar")("ticket.called", { counter: "3" })).toContain("\u20683\u2069");
	expect(messages.t("ar")("wait.range", { from: 10, count: 25 })).toBe("من \u206810\u2069 إلى 25 دقيقة");
	expect(messages.t("en")("ticket.called", { counter: "3" })).toBe("Please go to counter 3");
	expect(createTranslate("ar", arabicPhone)("unavailable", { time: "09:00" })).toContain("\u206809:00\u2069");
	expect(createTranslate("ru", arabicPhone)("unavailable", { time: "09:00" })).not.toContain("\u2068");
});

test("what a language lacks is said in English, then in Chinese", () => {
	const messages = createMessages({ back: "Back" } as { back: string; close: string }, { back: "返回", close: "关闭" });
	expect(messages.add("de", { other: "anderes" })).toBe(true);
	expect(messages.t("de")("back")).toBe("Back");
	expect(messages.t("de")("close")).toBe("关闭");
	expect(messages.t("ko")("back")).toBe("Back");
});

test("a damaged language file is refused and English stands in", () => {
	const messages = kioskWords();
	for (const damaged of [null, "text", ["a"], { back: 1 }, { back: { deep: "x" } }]) {
		expect(messages.add("de", damaged)).toBe(false);
	}
	expect(messages.has("de")).toBe(false);
	expect(messages.t("de")("back")).toBe("Back");
});

test("a wait is a range, and where nobody waits but no counter is open, no wait is promised", () => {
	const t = kioskWords().t("en");
	const wait = (minMinutes: number, maxMinutes: number) =>
		formatWait(t, { ahead: 3, wait: { minMinutes, maxMinutes } }, "en");
	expect([wait(0, 0), wait(0, 5), wait(8, 8), wait(10, 25)]).toEqual([
		"No wait",
		"Under 5 min",
		"About 8 min",
		"10–25 min",
	]);
	expect([wait(0, 75), wait(90, 90), wait(50, 60), wait(45, 120), wait(135, 300)]).toEqual([
		"0 min – 1 hr 15 min",
		"About 1 hr 30 min",
		"50–60 min",
		"45 min – 2 hr",
		"2 hr 15 min – 5 hr",
	]);
	expect(formatWait(t, { ahead: 0, wait: null }, "en")).toBe("Wait unknown");
	expect(formatWait(t, { ahead: 0, wait: null, waitStatus: "unserved" }, "en")).toBe("No counter open yet");
	expect(formatWait(t, { ahead: 4, wait: null }, "en")).toBe("4 waiting");
});

const SPACE = 0x20;

test("the slices named for the languages' own names hold their characters", () => {
	const sheet = readFileSync(new URL("../../../../renderer/ui/fonts/names.css", import.meta.url), "utf8");
	const faces = [
		...sheet.matchAll(
			/url\("@fontsource-variable\/(noto-sans-\w+)\/files\/([^"]+)"\)[^;]*;\s*unicode-range: ([^;]+);/g,
		),
	];
	expect(faces).toHaveLength(8);
	const named: string[] = [];
	for (const [, family = "", file = "", range = ""] of faces) {
		const packaged = readFileSync(
			new URL(`../../../../node_modules/@fontsource-variable/${family}/wght.css`, import.meta.url),
			"utf8",
		);
		const slice = packaged.split("@font-face").find((face) => face.includes(`/${file})`)) ?? "";
		// The first face of each family claims the space, so that no longer sheet moves a name: names.css.
		for (const character of codePointsOf(range).filter((one) => one !== SPACE)) {
			expect(codePointsOf(/unicode-range: ([^;]+);/.exec(slice)?.[1] ?? ""), file).toContain(character);
			named.push(String.fromCodePoint(character));
		}
	}
	expect(named.sort()).toEqual([..."简体中文日本語한국어"].sort());
	const claims = faces.filter(([, , , range = ""]) => codePointsOf(range).includes(SPACE)).map(([, family]) => family);
	expect(claims).toEqual(["noto-sans-sc", "noto-sans-jp", "noto-sans-kr"]);
});

function codePointsOf(ranges: string): number[] {
	return ranges.split(",").flatMap((range) => {
		const [from = "", to = from] = range.trim().replace(/^U\+/i, "").split("-");
		const first = Number.parseInt(from, 16);
		return Array.from({ length: Number.parseInt(to, 16) - first + 1 }, (_, step) => first + step);
	});
}
