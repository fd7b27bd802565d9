import type { Taken, Topics } from "../../../protocol/api/board.ts";
import {
	isGiven,
	type Kiosk,
	type KioskEvent,
	LONGEST_CODE,
	LONGEST_SEARCH,
	MAX_PEOPLE,
	MAX_TOPICS,
	type Selected,
	type Selection,
	type Visit,
} from "./state.ts";
import { show } from "./steps.ts";

/* From the topics to the moment when a number is asked for, and back. */

export type SelectionEvent = Extract<
	KioskEvent,
	{
		type:
			| "topic-chosen"
			| "other-sites-opened"
			| "search-opened"
			| "search-typed"
			| "plan-opened"
			| "people-set"
			| "documents-missing"
			| "ticket-asked"
			| "page-turned"
			| "went-back"
			| "refused"
			| "check-in-opened"
			| "code-typed"
			| "check-in-asked"
			| "check-in-refused";
	}
>;

export function reduceSelection(kiosk: Kiosk, event: SelectionEvent): Kiosk {
	const { visit } = kiosk;

	switch (event.type) {
		case "topic-chosen": {
			if (!isSelecting(visit)) return kiosk;
			const { topic: id } = event;
			const availability = availabilityOf(kiosk.topics[visit.language], id);
			if (availability === undefined) return kiosk;
			if (visit.at === "plan") return { ...kiosk, visit: withSwitched(visit, id, availability) };
			const { language, key } = visit;
			return availability === "not-at-this-site" || !isGiven(availability)
				? show(kiosk, { at: "unavailable", language, key, topic: id, reason: availability, from: visit }, event.time)
				: afterChoice(kiosk, visit, { topic: id, nextTopics: [], people: 1 }, event.time);
		}

		case "other-sites-opened": {
			if (visit.at !== "topics") return kiosk;
			const { language, key } = visit;
			return show(kiosk, { at: "other-sites", language, key, page: 0 }, event.time);
		}

		case "search-opened": {
			if (visit.at !== "topics" && visit.at !== "other-sites") return kiosk;
			const { language, key } = visit;
			return show(kiosk, { at: "search", language, key, page: 0, typed: "" }, event.time);
		}

		case "search-typed":
			if (visit.at !== "search" || event.typed.length > LONGEST_SEARCH) return kiosk;
			return { ...kiosk, visit: { ...visit, typed: event.typed } };

		case "plan-opened": {
			if (visit.at !== "topics") return kiosk;
			const { language, key } = visit;
			return show(kiosk, { at: "plan", language, key, page: 0, notice: "none", topics: [], people: 1 }, event.time);
		}

		case "people-set":
			if (visit.at !== "plan" || event.people < 1 || event.people > MAX_PEOPLE) return kiosk;
			return { ...kiosk, visit: { ...visit, people: event.people, notice: "none" } };

		case "documents-missing":
			return visit.at === "documents" ? show(kiosk, { ...visit, at: "missing-documents" }, event.time) : kiosk;

		case "ticket-asked": {
			if (visit.at === "plan") {
				const [topic, ...nextTopics] = visit.topics;
				return topic === undefined
					? kiosk
					: afterChoice(kiosk, visit, { topic, nextTopics, people: visit.people }, event.time);
			}
			if (visit.at !== "documents" && visit.at !== "missing-documents") return kiosk;
			const { language, key, topic, nextTopics, people } = visit;
			return show(kiosk, { at: "issuing", language, key, topic, nextTopics, people, since: event.time }, event.time);
		}

		case "page-turned":
			if (event.page === ("page" in visit ? visit.page : event.page)) return kiosk;
			if (visit.at === "other-sites") return show(kiosk, { ...visit, page: event.page }, event.time);
			return visit.at === "topics" || visit.at === "plan"
				? show(kiosk, { ...visit, page: event.page, notice: "none" }, event.time)
				: kiosk;

		case "went-back":
			if (visit.at === "check-in" && visit.answer !== "asking") {
				const { language, key } = visit;
				return show(kiosk, { at: "topics", language, key, page: 0, notice: "none" }, event.time);
			}
			if (visit.at === "unavailable") return show(kiosk, visit.from, event.time);
			if (visit.at === "missing-documents") return show(kiosk, { ...visit, at: "documents" }, event.time);
			if (visit.at === "documents" && isPlanned(visit)) {
				const { language, key, page, topic, nextTopics, people } = visit;
				const topics = [topic, ...nextTopics];
				return show(kiosk, { at: "plan", language, key, page, notice: "none", topics, people }, event.time);
			}
			if (
				visit.at === "documents" ||
				visit.at === "search" ||
				((visit.at === "plan" || visit.at === "other-sites") && visit.page === 0)
			) {
				const { language, key, page } = visit;
				return show(kiosk, { at: "topics", language, key, page, notice: "none" }, event.time);
			}
			if ((visit.at === "topics" || visit.at === "plan" || visit.at === "other-sites") && visit.page > 0) {
				return show(kiosk, { ...visit, page: 0 }, event.time);
			}
			return kiosk;

		case "refused": {
			if (visit.at !== "issuing" || visit.key !== event.key) return kiosk;
			const { language, key, topic, nextTopics, people } = visit;
			const { reason } = event;
			if (reason === "station-says-no")
				return show(kiosk, { at: "refused", language, key, since: event.time }, event.time);
			const notice = reason === "topic-gone" ? reason : "none";
			// What was planned is kept, but for the one topic that cannot be had.
			const topics = [topic, ...nextTopics].filter((one) => one !== event.topic);
			const from: Selection = isPlanned(visit)
				? { at: "plan", language, key, page: 0, notice, topics, people }
				: { at: "topics", language, key, page: 0, notice };
			if (reason === "topic-gone") return show(kiosk, from, event.time);
			return show(kiosk, { at: "unavailable", language, key, topic: event.topic ?? topic, reason, from }, event.time);
		}

		case "check-in-opened": {
			if (visit.at !== "topics") return kiosk;
			const { language, key } = visit;
			return show(kiosk, { at: "check-in", language, key, typed: "", answer: "none", since: event.time }, event.time);
		}

		case "code-typed":
			if (visit.at !== "check-in" || visit.answer === "asking") return kiosk;
			return { ...kiosk, visit: { ...visit, typed: event.typed.slice(0, LONGEST_CODE), answer: "none" } };

		case "check-in-asked":
			if (visit.at !== "check-in" || visit.answer === "asking" || visit.typed === "") return kiosk;
			return { ...kiosk, visit: { ...visit, answer: "asking", since: event.time } };

		case "check-in-refused":
			if (visit.at !== "check-in" || visit.answer !== "asking" || visit.key !== event.key) return kiosk;
			return { ...kiosk, visit: { ...visit, answer: event.answer }, touchedAt: event.time };
	}
}

/** A tap in a plan takes a topic in or out; one that is not taken now, or is one too many, changes nothing. */
function withSwitched(visit: Visit & { at: "plan" }, id: string, availability: Taken | "not-at-this-site"): Visit {
	if (visit.topics.includes(id)) {
		return { ...visit, notice: "none", topics: visit.topics.filter((one) => one !== id) };
	}
	const isFree = availability !== "not-at-this-site" && isGiven(availability) && visit.topics.length < MAX_TOPICS;
	return isFree ? { ...visit, notice: "none", topics: [...visit.topics, id] } : visit;
}

/** Undefined for a topic that no site offers. */
function availabilityOf(known: Topics | undefined, topic: string): Taken | "not-at-this-site" | undefined {
	const here = known?.topics.find(({ id }) => id === topic);
	return here ? here.availability : known?.otherSites.some(({ id }) => id === topic) ? "not-at-this-site" : undefined;
}

function isSelecting(visit: Visit): visit is Selection {
	return visit.at === "topics" || visit.at === "search" || visit.at === "plan" || visit.at === "other-sites";
}

/** What is to be brought is read first; where nothing is, the number is on its way. */
function afterChoice(kiosk: Kiosk, visit: Selection, wanted: Selected, time: number): Kiosk {
	const { language, key, page } = visit;
	const all = [wanted.topic, ...wanted.nextTopics];
	const toBring = kiosk.topics[language]?.topics.some(({ id, needsDocuments }) => needsDocuments && all.includes(id));
	return toBring
		? show(kiosk, { at: "documents", language, key, page, ...wanted }, time)
		: show(kiosk, { at: "issuing", language, key, ...wanted, since: time }, time);
}

function isPlanned({ nextTopics, people }: Selected): boolean {
	return nextTopics.length > 0 || people > 1;
}
