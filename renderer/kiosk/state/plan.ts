import type { Availability } from "../../../protocol/api/board.ts";
import { isAvailable, type Notice, type Plan, type StateAt, type TicketRequest } from "./state.ts";

/* Several topics or people on one ticket. */

/** As in protocol/model/ticket.ts. */
export const MAX_TOPICS = 3;
export const MAX_PEOPLE = 20;

export function isPlanned({ nextTopics, people }: TicketRequest): boolean {
	return nextTopics.length > 0 || people > 1;
}

/** Adds or removes a topic. A topic that is not available or would exceed MAX_TOPICS changes nothing. */
export function toggleTopic(
	state: StateAt<"plan">,
	topic: string,
	availability: Availability | "not-at-this-site",
): StateAt<"plan"> {
	if (state.topics.includes(topic)) {
		return { ...state, notice: "none", topics: state.topics.filter((id) => id !== topic) };
	}
	const canAdd = isAvailable(availability) && state.topics.length < MAX_TOPICS;
	return canAdd ? { ...state, notice: "none", topics: [...state.topics, topic] } : state;
}

/** The message beside a plan: a topic that is gone, a limit that is reached, or how to use it. */
export function planHint({ notice, topics, people }: Plan & { notice: Notice }) {
	if (notice === "topic-gone") return "topics.unknown";
	if (people === MAX_PEOPLE) return "plan.mostPeople";
	return topics.length === MAX_TOPICS ? "plan.mostTopics" : "plan.hint";
}
