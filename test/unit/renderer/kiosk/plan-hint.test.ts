import { expect, test } from "vitest";
import { planHint } from "../../../../renderer/kiosk/state/plan.ts";

test("a plan says why no more fits, of topics and of people", () => {
	expect(planHint({ notice: "none", topics: ["a", "b"], people: 19 })).toBe("plan.hint");
	expect(planHint({ notice: "none", topics: ["a", "b", "c"], people: 1 })).toBe("plan.mostTopics");
	expect(planHint({ notice: "none", topics: [], people: 20 })).toBe("plan.mostPeople");
});

test("a plan says first that one of its topics is gone", () => {
	expect(planHint({ notice: "topic-gone", topics: ["a"], people: 20 })).toBe("topics.unknown");
});
