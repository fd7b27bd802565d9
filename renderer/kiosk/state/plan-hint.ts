import { MAX_PEOPLE, MAX_TOPICS, type Notice, type Plan } from "./state.ts";

/** What is said beside a plan: that one of it is no topic any more; where a tap can add nothing more, why. */
export function planHint({ notice, topics, people }: Plan & { notice: Notice }) {
	if (notice === "topic-gone") return "topics.gone";
	if (people === MAX_PEOPLE) return "selection.mostPeople";
	return topics.length === MAX_TOPICS ? "selection.mostTopics" : "selection.hint";
}
