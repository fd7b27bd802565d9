import { MOST_PEOPLE, MOST_TOPICS, type Visit } from "./visit.ts";

/** What is said beside a plan; where a tap can add nothing more, why. */
export function planHint({ topics, people }: Pick<Visit & { at: "plan" }, "topics" | "people">) {
	if (people === MOST_PEOPLE) return "plan.mostPeople";
	return topics.length === MOST_TOPICS ? "plan.mostTopics" : "plan.hint";
}
