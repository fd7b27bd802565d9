import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LANGUAGES } from "../../../../protocol/model/language.ts";
import { type BoardTranslate, noticesOf } from "../../../../renderer/board/state/notices.ts";
import { sampleTopic, sampleTopics } from "../../../fixtures/kiosk-samples.ts";

const t: BoardTranslate = (language, key, values = {}) => {
	const file = new URL(`../../../../resources/languages/board/${language}.json`, import.meta.url);
	const messages: Record<string, string> = JSON.parse(readFileSync(file, "utf8"));
	return (messages[key] ?? "").replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder);
};
const open = sampleTopics("en", [
	sampleTopic("a", { name: "Housing", rank: 2, availability: "full" }),
	sampleTopic("b", { name: "Work permit", rank: 1, availability: "closed" }),
	sampleTopic("c", { name: "Taxes", rank: 3 }),
	sampleTopic("d", { name: "Schools", rank: 4, availability: "closed" }),
]);

test("nothing to tell, no notice; else the topics that are not taken, most asked first, two at most", () => {
	expect(noticesOf(sampleTopics("en", [sampleTopic("a")]), t)).toEqual([]);
	expect(noticesOf(open, t)).toEqual([
		"Work permit \u2013 Not offered right now",
		"Housing \u2013 No more numbers today",
	]);
});

test.each(LANGUAGES)("a closed site says so in %s, with the day and time on its own clock", (language) => {
	const opensAt = Date.UTC(2026, 10, 30, 1);
	const closed = { ...open, language, site: { ...open.site, open: false, opensAt } };
	const [sentence = ""] = noticesOf(closed, t);
	expect(sentence).toContain("09:00");
	expect(sentence).not.toContain("{{");
	expect(noticesOf({ ...closed, site: { ...closed.site, opensAt: null } }, t)).toHaveLength(1);
});
