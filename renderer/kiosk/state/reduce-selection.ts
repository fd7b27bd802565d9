import type { Availability, Topics } from "../../../protocol/api/board.ts";
import type { EventOf } from "./events.ts";
import { isPlanned, MAX_PEOPLE, toggleTopic } from "./plan.ts";
import { withoutLastAnswer } from "./reduce-papers.ts";
import {
	isAvailable,
	type Kiosk,
	type KioskState,
	MAX_SEARCH_LENGTH,
	NO_PAPERS,
	type SelectingState,
	type TicketRequest,
} from "./state.ts";
import { show } from "./transitions.ts";

/* From the list of topics to the request for a ticket, and back. */

export function selectTopic(kiosk: Kiosk, { topic, time }: EventOf<"topic-selected">): Kiosk {
	const { state } = kiosk;
	if (!isSelecting(state)) return kiosk;
	const availability = findAvailability(kiosk.topics[state.language], topic);
	if (availability === undefined) return kiosk;
	if (state.at === "plan") return { ...kiosk, state: toggleTopic(state, topic, availability) };
	if (isAvailable(availability)) return request(kiosk, state, { topic, nextTopics: [], people: 1 }, time);
	const { language, key } = state;
	return show(kiosk, { at: "unavailable", language, key, topic, reason: availability, from: state }, time);
}

export function requestTicket(kiosk: Kiosk, { time }: EventOf<"ticket-requested">): Kiosk {
	const { state } = kiosk;
	if (state.at === "plan") {
		const [topic, ...nextTopics] = state.topics;
		return topic === undefined ? kiosk : request(kiosk, state, { topic, nextTopics, people: state.people }, time);
	}
	if (state.at !== "documents" && state.at !== "missing-documents") return kiosk;
	const { language, key, topic, nextTopics, people } = state;
	return show(kiosk, { at: "issuing", language, key, topic, nextTopics, people, since: time }, time);
}

/** Shows the required documents first; where there are none, requests the ticket. */
function request(kiosk: Kiosk, state: SelectingState, selected: TicketRequest, time: number): Kiosk {
	const { language, key, page } = state;
	const ids = [selected.topic, ...selected.nextTopics];
	const needsDocuments = kiosk.topics[language]?.topics.some((topic) => topic.needsDocuments && ids.includes(topic.id));
	return needsDocuments
		? show(kiosk, { at: "documents", language, key, page, ...selected, ...NO_PAPERS }, time)
		: show(kiosk, { at: "issuing", language, key, ...selected, since: time }, time);
}

export function refuseTicket(kiosk: Kiosk, { key, reason, topic, time }: EventOf<"ticket-refused">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "issuing" || state.key !== key) return kiosk;
	const { language } = state;
	if (reason === "station-refused") return show(kiosk, { at: "refused", language, key, since: time }, time);
	const notice = reason === "topic-gone" ? reason : "none";
	// The visitor keeps the plan except for the refused topic.
	const topics = [state.topic, ...state.nextTopics].filter((id) => id !== topic);
	const from: SelectingState = isPlanned(state)
		? { at: "plan", language, key, page: 0, notice, topics, people: state.people }
		: { at: "topics", language, key, page: 0, notice };
	if (reason === "topic-gone") return show(kiosk, from, time);
	return show(kiosk, { at: "unavailable", language, key, topic: topic ?? state.topic, reason, from }, time);
}

export function openOtherSites(kiosk: Kiosk, { time }: EventOf<"other-sites-opened">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "topics") return kiosk;
	const { language, key } = state;
	return show(kiosk, { at: "other-sites", language, key, page: 0 }, time);
}

export function openSearch(kiosk: Kiosk, { time }: EventOf<"search-opened">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "topics" && state.at !== "other-sites") return kiosk;
	const { language, key } = state;
	return show(kiosk, { at: "search", language, key, page: 0, typed: "" }, time);
}

export function typeSearch(kiosk: Kiosk, { typed }: EventOf<"search-typed">): Kiosk {
	const { state } = kiosk;
	return state.at === "search" && typed.length <= MAX_SEARCH_LENGTH ? { ...kiosk, state: { ...state, typed } } : kiosk;
}

export function openPlan(kiosk: Kiosk, { time }: EventOf<"plan-opened">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "topics") return kiosk;
	const { language, key } = state;
	return show(kiosk, { at: "plan", language, key, page: 0, notice: "none", topics: [], people: 1 }, time);
}

export function setPeople(kiosk: Kiosk, { people }: EventOf<"people-set">): Kiosk {
	const { state } = kiosk;
	const isAllowed = state.at === "plan" && people >= 1 && people <= MAX_PEOPLE;
	return isAllowed ? { ...kiosk, state: { ...state, people, notice: "none" } } : kiosk;
}

export function turnPage(kiosk: Kiosk, { page, time }: EventOf<"page-turned">): Kiosk {
	const { state } = kiosk;
	if ("page" in state && state.page === page) return kiosk;
	if (state.at === "other-sites") return show(kiosk, { ...state, page }, time);
	if (state.at === "topics" || state.at === "plan") return show(kiosk, { ...state, page, notice: "none" }, time);
	return kiosk;
}

export function showMissingDocuments(kiosk: Kiosk, { time }: EventOf<"documents-missing">): Kiosk {
	const { state } = kiosk;
	return state.at === "documents" ? show(kiosk, { ...state, at: "missing-documents" }, time) : kiosk;
}

export function goBack(kiosk: Kiosk, { time }: EventOf<"went-back">): Kiosk {
	const before = stateBefore(kiosk.state);
	return before ? show(kiosk, before, time) : kiosk;
}

/** Where "back" leads; undefined where it leads nowhere. */
function stateBefore(state: KioskState): KioskState | undefined {
	switch (state.at) {
		case "topics":
			return state.page > 0 ? { ...state, page: 0 } : undefined;
		case "plan":
		case "other-sites":
			return state.page > 0 ? { ...state, page: 0 } : topicsOf(state, 0);
		case "search":
			return topicsOf(state, 0);
		case "check-in":
			return state.result === "pending" ? undefined : topicsOf(state, 0);
		case "unavailable":
			return state.from;
		case "missing-documents":
			return { ...state, at: "documents" };
		case "checklist":
			return withoutLastAnswer(state) ?? state.from;
		case "documents": {
			const before = withoutLastAnswer(state);
			if (before) return before;
			const { language, key, page, topic, nextTopics, people } = state;
			if (!isPlanned(state)) return topicsOf(state, page);
			return { at: "plan", language, key, page, notice: "none", topics: [topic, ...nextTopics], people };
		}
		case "languages":
		case "opening":
		case "issuing":
		case "ticket":
		case "refused":
			return undefined;
	}
}

function topicsOf({ language, key }: Pick<SelectingState, "language" | "key">, page: number): KioskState {
	return { at: "topics", language, key, page, notice: "none" };
}

/** Undefined for a topic that no site offers. */
function findAvailability(topics: Topics | undefined, topic: string): Availability | "not-at-this-site" | undefined {
	const here = topics?.topics.find(({ id }) => id === topic);
	if (here) return here.availability;
	return topics?.otherSites.some(({ id }) => id === topic) ? "not-at-this-site" : undefined;
}

function isSelecting(state: KioskState): state is SelectingState {
	return state.at === "topics" || state.at === "search" || state.at === "plan" || state.at === "other-sites";
}
