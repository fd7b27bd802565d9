import type { Taken, Topics } from "../../../protocol/api/board.ts";
import {
	type Choosing,
	isGiven,
	type Kiosk,
	type KioskEvent,
	LONGEST_CODE,
	LONGEST_SEARCH,
	MOST_PEOPLE,
	MOST_TOPICS,
	type Visit,
	type Wanted,
} from "./state.ts";
import { show } from "./steps.ts";

/* From the topics to the moment when a number is asked for, and back. */

export type ChoosingEvent = Extract<
	KioskEvent,
	{
		type:
			| "topic-chosen"
			| "elsewhere-opened"
			| "search-opened"
			| "search-typed"
			| "plan-opened"
			| "people-set"
			| "lack-told"
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

export function reduceChoosing(kiosk: Kiosk, event: ChoosingEvent): Kiosk {
	const { visit } = kiosk;

	switch (event.type) {
		case "topic-chosen": {
			if (!isChoosing(visit)) return kiosk;
			const { topic: id } = event;
			const taken = takenOf(kiosk.topics[visit.language], id);
			if (taken === undefined) return kiosk;
			if (visit.at === "plan") return { ...kiosk, visit: withSwitched(visit, id, taken) };
			const { language, key } = visit;
			return taken === "not-here" || !isGiven(taken)
				? show(kiosk, { at: "away", language, key, topic: id, reason: taken, from: visit }, event.time)
				: afterChoice(kiosk, visit, { topic: id, further: [], people: 1 }, event.time);
		}

		case "elsewhere-opened": {
			if (visit.at !== "topics") return kiosk;
			const { language, key } = visit;
			return show(kiosk, { at: "elsewhere", language, key, page: 0 }, event.time);
		}

		case "search-opened": {
			if (visit.at !== "topics" && visit.at !== "elsewhere") return kiosk;
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
			if (visit.at !== "plan" || event.people < 1 || event.people > MOST_PEOPLE) return kiosk;
			return { ...kiosk, visit: { ...visit, people: event.people, notice: "none" } };

		case "lack-told":
			return visit.at === "documents" ? show(kiosk, { ...visit, at: "lacking" }, event.time) : kiosk;

		case "ticket-asked": {
			if (visit.at === "plan") {
				const [topic, ...further] = visit.topics;
				return topic === undefined
					? kiosk
					: afterChoice(kiosk, visit, { topic, further, people: visit.people }, event.time);
			}
			if (visit.at !== "documents" && visit.at !== "lacking") return kiosk;
			const { language, key, topic, further, people } = visit;
			return show(kiosk, { at: "issuing", language, key, topic, further, people, since: event.time }, event.time);
		}

		case "page-turned":
			if (event.page === ("page" in visit ? visit.page : event.page)) return kiosk;
			if (visit.at === "elsewhere") return show(kiosk, { ...visit, page: event.page }, event.time);
			return visit.at === "topics" || visit.at === "plan"
				? show(kiosk, { ...visit, page: event.page, notice: "none" }, event.time)
				: kiosk;

		case "went-back":
			if (visit.at === "check-in" && visit.answer !== "asking") {
				const { language, key } = visit;
				return show(kiosk, { at: "topics", language, key, page: 0, notice: "none" }, event.time);
			}
			if (visit.at === "away") return show(kiosk, visit.from, event.time);
			if (visit.at === "lacking") return show(kiosk, { ...visit, at: "documents" }, event.time);
			if (visit.at === "documents" && isPlanned(visit)) {
				const { language, key, page, topic, further, people } = visit;
				const topics = [topic, ...further];
				return show(kiosk, { at: "plan", language, key, page, notice: "none", topics, people }, event.time);
			}
			if (
				visit.at === "documents" ||
				visit.at === "search" ||
				((visit.at === "plan" || visit.at === "elsewhere") && visit.page === 0)
			) {
				const { language, key, page } = visit;
				return show(kiosk, { at: "topics", language, key, page, notice: "none" }, event.time);
			}
			if ((visit.at === "topics" || visit.at === "plan" || visit.at === "elsewhere") && visit.page > 0) {
				return show(kiosk, { ...visit, page: 0 }, event.time);
			}
			return kiosk;

		case "refused": {
			if (visit.at !== "issuing" || visit.key !== event.key) return kiosk;
			const { language, key, topic, further, people } = visit;
			const { reason } = event;
			if (reason === "station-says-no")
				return show(kiosk, { at: "refused", language, key, since: event.time }, event.time);
			const notice = reason === "topic-gone" ? reason : "none";
			// What was planned is kept, but for the one topic that cannot be had.
			const topics = [topic, ...further].filter((one) => one !== event.topic);
			const from: Choosing = isPlanned(visit)
				? { at: "plan", language, key, page: 0, notice, topics, people }
				: { at: "topics", language, key, page: 0, notice };
			if (reason === "topic-gone") return show(kiosk, from, event.time);
			return show(kiosk, { at: "away", language, key, topic: event.topic ?? topic, reason, from }, event.time);
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
function withSwitched(visit: Visit & { at: "plan" }, id: string, taken: Taken | "not-here"): Visit {
	if (visit.topics.includes(id)) {
		return { ...visit, notice: "none", topics: visit.topics.filter((one) => one !== id) };
	}
	const isFree = taken !== "not-here" && isGiven(taken) && visit.topics.length < MOST_TOPICS;
	return isFree ? { ...visit, notice: "none", topics: [...visit.topics, id] } : visit;
}

/** Undefined for a topic that no site offers. */
function takenOf(known: Topics | undefined, topic: string): Taken | "not-here" | undefined {
	const here = known?.topics.find(({ id }) => id === topic);
	return here ? here.taken : known?.elsewhere.some(({ id }) => id === topic) ? "not-here" : undefined;
}

function isChoosing(visit: Visit): visit is Choosing {
	return visit.at === "topics" || visit.at === "search" || visit.at === "plan" || visit.at === "elsewhere";
}

/** What is to be brought is read first; where nothing is, the number is on its way. */
function afterChoice(kiosk: Kiosk, visit: Choosing, wanted: Wanted, time: number): Kiosk {
	const { language, key, page } = visit;
	const all = [wanted.topic, ...wanted.further];
	const toBring = kiosk.topics[language]?.topics.some(({ id, needsDocuments }) => needsDocuments && all.includes(id));
	return toBring
		? show(kiosk, { at: "documents", language, key, page, ...wanted }, time)
		: show(kiosk, { at: "issuing", language, key, ...wanted, since: time }, time);
}

function isPlanned({ further, people }: Wanted): boolean {
	return further.length > 0 || people > 1;
}
