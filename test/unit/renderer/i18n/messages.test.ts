import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createWords } from "../../../../renderer/i18n/messages.ts";
import { sayWait } from "../../../../renderer/kiosk/messages/format-wait.ts";
import { sayFrom } from "../../../../renderer/phone/messages/messages.ts";
import arabic from "../../../../resources/languages/kiosk/ar.json" with { type: "json" };
import english from "../../../../resources/languages/kiosk/en.json" with { type: "json" };
import russian from "../../../../resources/languages/kiosk/ru.json" with { type: "json" };
import chinese from "../../../../resources/languages/kiosk/zh-Hans.json" with { type: "json" };
import arabicPhone from "../../../../resources/languages/phone/ar.json" with { type: "json" };

function kioskWords() {
	const words = createWords(english, chinese);
	words.add("ar", arabic);
	words.add("ru", russian);
	return words;
}

test("plurals follow the language's own rules", () => {
	const words = kioskWords();
	const people = (language: "ar" | "ru", count: number) => words.say(language)("people", { count });
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
	const words = kioskWords();
	expect(words.say("ar")("ticket.called", { counter: "3" })).toContain("\u20683\u2069");
	expect(words.say("ar")("wait.range", { from: 10, count: 25 })).toBe("من \u206810\u2069 إلى 25 دقيقة");
	expect(words.say("en")("ticket.called", { counter: "3" })).toBe("Please go to counter 3");
	expect(sayFrom("ar", arabicPhone)("away", { time: "09:00" })).toContain("\u206809:00\u2069");
	expect(sayFrom("ru", arabicPhone)("away", { time: "09:00" })).not.toContain("\u2068");
});

test("what a language lacks is said in English, then in Chinese", () => {
	const words = createWords({ back: "Back" } as { back: string; close: string }, { back: "返回", close: "关闭" });
	expect(words.add("de", { other: "anderes" })).toBe(true);
	expect(words.say("de")("back")).toBe("Back");
	expect(words.say("de")("close")).toBe("关闭");
	expect(words.say("ko")("back")).toBe("Back");
});

test("a damaged language file is refused and English stands in", () => {
	const words = kioskWords();
	for (const damaged of [null, "text", ["a"], { back: 1 }, { back: { deep: "x" } }]) {
		expect(words.add("de", damaged)).toBe(false);
	}
	expect(words.has("de")).toBe(false);
	expect(words.say("de")("back")).toBe("Back");
});

test("a wait is a range, and nobody waiting is no wait", () => {
	const say = kioskWords().say("en");
	const wait = (minMinutes: number, maxMinutes: number) => sayWait(say, { ahead: 3, wait: { minMinutes, maxMinutes } });
	expect([wait(0, 0), wait(0, 5), wait(8, 8), wait(10, 25)]).toEqual([
		"No wait",
		"Under 5 min",
		"About 8 min",
		"10–25 min",
	]);
	expect(sayWait(say, { ahead: 0, wait: null })).toBe("No wait");
	expect(sayWait(say, { ahead: 4, wait: null })).toBe("4 waiting");
});

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
		for (const character of codePointsOf(range)) {
			expect(codePointsOf(/unicode-range: ([^;]+);/.exec(slice)?.[1] ?? ""), file).toContain(character);
			named.push(String.fromCodePoint(character));
		}
	}
	expect(named.sort()).toEqual([..."简体中文日本語한국어"].sort());
});

function codePointsOf(ranges: string): number[] {
	return ranges.split(",").flatMap((range) => {
		const [from = "", to = from] = range.trim().replace(/^U\+/i, "").split("-");
		const first = Number.parseInt(from, 16);
		return Array.from({ length: Number.parseInt(to, 16) - first + 1 }, (_, step) => first + step);
	});
}
