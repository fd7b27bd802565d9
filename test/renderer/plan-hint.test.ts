import { expect, test } from "vitest";
import { planHint } from "../../renderer/kiosk/plan-hint.ts";

test("a plan says why no more fits, of topics and of people", () => {
	expect(planHint({ topics: ["a", "b"], people: 19 })).toBe("plan.hint");
	expect(planHint({ topics: ["a", "b", "c"], people: 1 })).toBe("plan.mostTopics");
	expect(planHint({ topics: [], people: 20 })).toBe("plan.mostPeople");
});
