import type { Topic } from "../../../protocol/api/board.ts";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import type { Sentence, Speech } from "../../../protocol/model/speech.ts";
import type { Wait } from "../../../protocol/model/ticket.ts";
import { type SaidOf, sentenceOf } from "../../ui/speech.ts";
import type { KioskMessageKey } from "../messages/messages.ts";
import { planHint } from "../state/plan-hint.ts";
import { isGiven, type Kiosk, languageOf, type Selected, type UnavailableReason, type Visit } from "../state/state.ts";
import { pageOf } from "../state/topic-pages.ts";

/**
 * What is said: clips by their names, a ticket's number, which is spelled, and sentences with a figure in them. What is
 * `maybe` is left out where it cannot be said; where anything else cannot, nothing is.
 */
export type SpeechScript = readonly Part[];
export type Part =
	| { clip: string }
	| { number: string }
	| { sentence: Sentence; said: SaidOf }
	| { maybe: readonly Exclude<Part, { maybe: unknown }>[] };

const word = (key: KioskMessageKey) => ({ clip: `kiosk.${key}` });
const topic = (id: string) => ({ clip: `topic.${id}` });

/** What is said in one language, by its own clips. */
export interface Passage {
	language: Language;
	spoken: SpeechScript;
}

/**
 * What is read aloud of the screen as it stands: in the visitor's language; before one is chosen, "choose your
 * language" in every language that has its clips, one after the other, and what else there is in Chinese and English.
 */
export function passagesOf(kiosk: Kiosk): readonly Passage[] {
	const language = languageOf(kiosk.visit);
	if (language !== undefined) return [{ language, spoken: speechScriptOf(kiosk) }];
	const has = (one: Language) => kiosk.spoken.includes(one);
	if (kiosk.overlay.kind === "none" && !isLost(kiosk)) return LANGUAGES.filter(has).map(offerOf);
	return (["zh-Hans", "en"] as const).filter(has).map((one) => ({ language: one, spoken: speechScriptOf(kiosk) }));
}

/** What a screen is known by: it is read when another comes, not when a figure on it changes. */
export function sceneOf(kiosk: Kiosk): string {
	return JSON.stringify(
		passagesOf(kiosk).map(({ language, spoken }) => [language, spoken.filter((part) => !("maybe" in part))]),
	);
}

/** As the screens have it: a number that was given, or refused, outlives the station; nothing else does. */
function isLost({ visit, link }: Kiosk): boolean {
	return link.kind === "lost" && visit.at !== "ticket" && visit.at !== "refused";
}

/** What is needed when nothing can be fetched any more. */
export const LOST: SpeechScript = [word("lost.title"), word("lost.hint")];

/** How a language offers itself to somebody who does not see its tile. */
export function offerOf(language: Language): Passage {
	return { language, spoken: [word("languages.choose")] };
}

/** What is read aloud of the screen as it stands, in the order of the eyes. */
export function speechScriptOf(kiosk: Kiosk): SpeechScript {
	const { visit, overlay, topics } = kiosk;
	if (overlay.kind === "idle") return [word("idle.title"), word("idle.stay")];
	if (overlay.kind === "staff") {
		const heard = overlay.call === "heard";
		return heard ? [word("staff.called"), word("staff.calledHint")] : [word("staff.title"), word("staff.hint")];
	}
	if (overlay.kind === "listen") return [word("readAloud.title"), word("readAloud.hint")];
	if (isLost(kiosk)) return LOST;
	switch (visit.at) {
		case "languages":
		case "opening":
			return [];
		case "topics":
		case "plan": {
			const known = topics[visit.language];
			const others = visit.at === "topics" ? (known?.otherSites.length ?? 0) : 0;
			const { shown, left, otherSites } = pageOf(known?.topics ?? [], visit.page, others);
			const ways = [...(left > 0 ? [word("topics.more")] : []), ...(otherSites ? [word("topics.other-sites")] : [])];
			if (visit.at === "plan") {
				const chosen = (id: string) => (visit.topics.includes(id) ? [CHOSEN] : []);
				const people: Part = { maybe: [{ sentence: "people", said: { count: visit.people } }] };
				const tiles = shown.flatMap((one) => [...topicWithWait(one), ...chosen(one.id)]);
				return [word("selection.title"), word(planHint(visit)), ...tiles, ...ways, people];
			}
			const tiles = [...shown.flatMap(topicWithWait), ...ways];
			if (visit.notice === "topic-gone") return [word("topics.gone"), ...tiles];
			if (visit.page > 0) return [word("topics.more"), ...tiles];
			// The hour of opening has no clip: that it is closed is what counts.
			const opening = known?.site.open === false ? word("site.closed") : word("topics.hint");
			return [word("topics.title"), opening, ...tiles];
		}
		case "other-sites": {
			const { shown, left } = pageOf(topics[visit.language]?.otherSites ?? [], visit.page, 0);
			const tiles = [...shown.map(({ id }) => topic(id)), ...(left > 0 ? [word("topics.more")] : [])];
			return [word("otherSites.title"), word("otherSites.hint"), ...tiles];
		}
		case "search":
			return [word("search.title"), word("search.hint")];
		case "unavailable":
			return [topic(visit.topic), word(AWAY[visit.reason]), word("unavailable.hint")];
		case "check-in":
			return [word(CHECK_IN[visit.answer]), ...(visit.answer === "none" ? [word("checkin.hint")] : [])];
		case "documents":
			return [
				...topicsOf(visit),
				word("documents.title"),
				...documentsOf(visit, topics[visit.language]),
				word("documents.take"),
			];
		case "missing-documents":
			return [
				word("lack.title"),
				word("documents.missing"),
				word("lack.later"),
				...documentsOf(visit, topics[visit.language]),
			];
		case "issuing":
			return [word("ticket.moment")];
		case "ticket":
			return ticketSpoken(visit);
		case "refused":
			return [word("refused.title"), word("refused.hint")];
	}
}

const AWAY = {
	closed: "unavailable.closed",
	full: "unavailable.full",
	hours: "site.closed",
	"not-at-this-site": "unavailable.notHere",
} as const satisfies Record<UnavailableReason, KioskMessageKey>;
const CHECK_IN = {
	none: "checkin.title",
	asking: "ticket.moment",
	unknown: "checkin.unknown",
	"other-day": "checkin.otherDay",
	"too-many-tries": "checkin.tries",
	"not-taken": "topics.gone",
} as const;
const TICKET = { printing: "ticket.printing", ready: "ticket.take", missing: "ticket.unprintedHint" } as const;

const topicsOf = (wanted: Selected) => [wanted.topic, ...wanted.nextTopics].map(topic);

function documentsOf(wanted: Selected, known: Kiosk["topics"][keyof Kiosk["topics"]]) {
	const all = [wanted.topic, ...wanted.nextTopics];
	const ids = known?.topics.flatMap(({ id, requiredDocuments }) =>
		all.includes(id) ? requiredDocuments.map((document) => document.id) : [],
	);
	return [...new Set(ids)].map((id) => ({ clip: `document.${id}` }));
}

/** A topic as its tile shows it: what it is, and how long one waits or why it is not taken now. */
export function topicWithWait({ id, availability, ahead, wait }: Topic): SpeechScript {
	if (!isGiven(availability)) return [topic(id), word(`topics.${availability}`)];
	const last = availability === "last" ? [word("topics.last")] : [];
	return [topic(id), ...(ahead === 0 && wait === null ? [NO_WAIT] : waitSpoken(wait)), ...last];
}

export const CHOSEN: Part = { maybe: [{ clip: "chosen" }] };
export const NOT_CHOSEN: Part = { maybe: [{ clip: "not-chosen" }] };
const NO_WAIT: Part = { maybe: [word("wait.none")] };

/** The largest amount that has a clip: beyond it "at least" is true. */
const LARGEST = 30;

function waitSpoken(wait: Wait | null): SpeechScript {
	if (wait === null) return [];
	const { minMinutes: from, maxMinutes: to } = wait;
	if (to === 0) return [NO_WAIT];
	if (to > LARGEST) return [{ maybe: [{ sentence: "waitLeast", said: { from: Math.min(from, LARGEST) } }] }];
	return [{ maybe: [{ sentence: from === to ? "waitAbout" : "wait", said: { from, to } }] }];
}

function ticketSpoken({ ticket, paper }: Visit & { at: "ticket" }): SpeechScript {
	const { number, counter, ahead, wait } = ticket;
	if (ticket.state === "called" && counter !== null) {
		return [{ sentence: "call", said: { number, counter } }, word(TICKET[paper])];
	}
	const before: Part =
		ahead === 0
			? { maybe: [word("ticket.ahead"), word("ticket.nobodyAhead")] }
			: { maybe: [{ sentence: "ahead", said: { count: ahead } }] };
	return [{ number }, word(TICKET[paper]), before, ...waitSpoken(wait), word("ticket.next")];
}

/** The clips' addresses; null where one is missing: half a screen would be worse than none. */
export function addressesOf(speech: Speech, spoken: SpeechScript): string[] | null {
	const parts = spoken.map((part) => {
		if ("number" in part) return sentenceOf(speech, "number", { number: part.number });
		if ("sentence" in part) return sentenceOf(speech, part.sentence, part.said);
		if ("maybe" in part) return addressesOf(speech, part.maybe) ?? [];
		const address = speech.clips[part.clip];
		return address === undefined ? null : [address];
	});
	return parts.every((part) => part !== null) ? parts.flat() : null;
}
