import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { noticesOf, type SayOnBoard } from "../../../../renderer/board/state/notices.ts";
import { sampleTopic, sampleTopics } from "../../../fixtures/kiosk-samples.ts";

const say: SayOnBoard = (language, word, values = {}) => {
	const file = new URL(`../../../../resources/languages/board/${language}.json`, import.meta.url);
	const words: Record<string, string> = JSON.parse(readFileSync(file, "utf8"));
	return (words[word] ?? "").replace(/\{\{(\w+)\}\}/g, (gap, name: string) => values[name] ?? gap);
};
const open = sampleTopics("en", [
	sampleTopic("a", { name: "Housing", rank: 2, taken: "full" }),
	sampleTopic("b", { name: "Work permit", rank: 1, taken: "closed" }),
	sampleTopic("c", { name: "Taxes", rank: 3 }),
	sampleTopic("d", { name: "Schools", rank: 4, taken: "closed" }),
]);

test("nothing to tell, no notice; else the topics that are not taken, most asked first, two at most", () => {
	expect(noticesOf(sampleTopics("en", [sampleTopic("a")]), say)).toEqual([]);
	expect(noticesOf(open, say)).toEqual([
		"Work permit \u2013 Not offered just now",
		"Housing \u2013 No more numbers today",
	]);
});

test.each(LANGUAGES)("a closed site says so in %s, with the day and time on its own clock", (language) => {
	const opensAt = Date.UTC(2026, 10, 30, 1);
	const closed = { ...open, language, site: { ...open.site, open: false, opensAt } };
	const [sentence = ""] = noticesOf(closed, say);
	expect(sentence).toContain("09:00");
	expect(sentence).not.toContain("{{");
	expect(noticesOf({ ...closed, site: { ...closed.site, opensAt: null } }, say)).toHaveLength(1);
});
