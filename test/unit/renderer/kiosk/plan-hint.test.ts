import { expect, test } from "vitest";
import { planHint } from "../../../../renderer/kiosk/state/plan-hint.ts";

test("a plan says why no more fits, of topics and of people", () => {
	expect(planHint({ notice: "none", topics: ["a", "b"], people: 19 })).toBe("selection.hint");
	expect(planHint({ notice: "none", topics: ["a", "b", "c"], people: 1 })).toBe("selection.mostTopics");
	expect(planHint({ notice: "none", topics: [], people: 20 })).toBe("selection.mostPeople");
});

test("a plan says first that one of its topics is gone", () => {
	expect(planHint({ notice: "topic-gone", topics: ["a"], people: 20 })).toBe("topics.gone");
});
