import type { Topic, Topics } from "../../../protocol/api/board.ts";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import type { Sentence, Speech } from "../../../protocol/model/speech.ts";
import type { Wait } from "../../../protocol/model/ticket.ts";
import { type SentenceValues, sentenceOf } from "../../ui/speech.ts";
import type { KioskMessageKey } from "../messages/messages.ts";
import { STAFF_CALL_MESSAGES } from "../messages/staff-call.ts";
import { choicesPerScreen } from "../state/modes.ts";
import { planHint } from "../state/plan.ts";
import {
	isAvailable,
	type Kiosk,
	languageOf,
	type StateAt,
	type TicketRequest,
	type UnavailableReason,
} from "../state/state.ts";
import { pageOf } from "../state/topic-pages.ts";

/**
 * What to read: clips by name, a ticket's number, which is spelled, and sentences with values. An `optional` part is
 * left out where its clips are missing. Where those of another part are, nothing is read.
 */
export type SpeechScript = readonly Part[];
export type Part =
	| { clip: string }
	| { number: string }
	| { sentence: Sentence; values: SentenceValues }
	| { optional: readonly Exclude<Part, { optional: unknown }>[] };

const message = (key: KioskMessageKey) => ({ clip: `kiosk.${key}` });
const topic = (id: string) => ({ clip: `topic.${id}` });

/** A script in one language. */
export interface Passage {
	language: Language;
	script: SpeechScript;
}

/**
 * What to read of the current screen, in the visitor's language. Before one is selected: "choose your language" in every
 * language that has clips, one after the other, and other screens in Chinese and English.
 */
export function passagesOf(kiosk: Kiosk): readonly Passage[] {
	const language = languageOf(kiosk.state);
	if (language !== undefined) return [{ language, script: speechScriptOf(kiosk) }];
	const has = (one: Language) => kiosk.readAloudLanguages.includes(one);
	if (kiosk.overlay.kind === "none" && !isLost(kiosk)) return LANGUAGES.filter(has).map(languageOffer);
	return (["zh-Hans", "en"] as const).filter(has).map((one) => ({ language: one, script: speechScriptOf(kiosk) }));
}

/** Identifies a screen for reading: it is read again when this changes, not when a number on it does. */
export function sceneOf(kiosk: Kiosk): string {
	return JSON.stringify(
		passagesOf(kiosk).map(({ language, script }) => [language, script.filter((part) => !("optional" in part))]),
	);
}

/** As in app.tsx: without the station, only a ticket or a refusal stays on the screen. */
function isLost({ state, link }: Kiosk): boolean {
	return link.kind === "lost" && state.at !== "ticket" && state.at !== "refused";
}

/** Read when clips can no longer be loaded. */
export const LOST: SpeechScript = [message("connectionLost.title"), message("connectionLost.hint")];

/** A language's tile, for visitors who cannot see it. */
export function languageOffer(language: Language): Passage {
	return { language, script: [message("languages.choose")] };
}

/** What to read of the current screen, in visual order. */
export function speechScriptOf(kiosk: Kiosk): SpeechScript {
	const { state, overlay, topics } = kiosk;
	const choices = choicesPerScreen(kiosk.modes);
	if (overlay.kind !== "none") return overlayScript(overlay);
	if (isLost(kiosk)) return LOST;
	switch (state.at) {
		case "languages":
		case "opening":
			return [];
		case "topics":
			return topicsScript(state, topics[state.language], choices);
		case "plan":
			return planScript(state, topics[state.language], choices);
		case "other-sites": {
			const { shown, left } = pageOf(topics[state.language]?.otherSites ?? [], state.page, { others: 0, choices });
			const tiles = [...shown.map(({ id }) => topic(id)), ...(left > 0 ? [message("topics.more")] : [])];
			return [message("otherSites.title"), message("otherSites.hint"), ...tiles];
		}
		case "search":
			return [message("search.title"), message("search.hint")];
		case "unavailable":
			return [topic(state.topic), message(UNAVAILABLE[state.reason]), message("unavailable.hint")];
		case "check-in":
			return [message(CHECK_IN[state.result]), ...(state.result === "none" ? [message("checkIn.hint")] : [])];
		case "checklist":
		case "documents":
			return [
				...topicsOf(state),
				message("documents.title"),
				...documentsOf(state, topics[state.language]),
				...(state.at === "documents" ? [message("documents.take")] : []),
			];
		case "missing-documents":
			return [
				message("missingDocuments.title"),
				message("missingDocuments.hint"),
				message("missingDocuments.later"),
				...documentsOf(state, topics[state.language]),
			];
		case "issuing":
			return [message("ticket.issuing")];
		case "ticket":
			return ticketScript(state);
		case "refused":
			return [message("refused.title"), message("refused.hint")];
	}
}

function overlayScript(overlay: Exclude<Kiosk["overlay"], { kind: "none" }>): SpeechScript {
	switch (overlay.kind) {
		case "idle":
			return [message("idle.title"), message("idle.stay")];
		case "staff":
			return [STAFF_CALL_MESSAGES[overlay.call].title, STAFF_CALL_MESSAGES[overlay.call].hint].map(message);
		case "read-aloud":
			return [message("readAloud.title"), message("readAloud.hint")];
	}
}

function topicsScript({ page, notice }: StateAt<"topics">, known: Topics | undefined, choices: number): SpeechScript {
	const { shown, left, otherSites } = pageOf(known?.topics ?? [], page, {
		others: known?.otherSites.length ?? 0,
		choices,
	});
	const tiles = [
		...shown.flatMap(topicWithWait),
		...(left > 0 ? [message("topics.more")] : []),
		...(otherSites ? [message("topics.otherSites")] : []),
	];
	if (notice === "topic-gone") return [message("topics.unknown"), ...tiles];
	if (page > 0) return [message("topics.more"), ...tiles];
	// The opening time has no clip.
	const opening = known?.site.open === false ? message("site.closed") : message("topics.hint");
	return [message("topics.title"), opening, ...tiles];
}

function planScript(state: StateAt<"plan">, known: Topics | undefined, choices: number): SpeechScript {
	const { shown, left } = pageOf(known?.topics ?? [], state.page, { others: 0, choices });
	const selected = (id: string) => (state.topics.includes(id) ? [SELECTED] : []);
	return [
		message("plan.title"),
		message(planHint(state)),
		...shown.flatMap((one) => [...topicWithWait(one), ...selected(one.id)]),
		...(left > 0 ? [message("topics.more")] : []),
		{ optional: [{ sentence: "people", values: { count: state.people } }] },
	];
}

const UNAVAILABLE = {
	closed: "unavailable.closed",
	full: "unavailable.full",
	later: "unavailable.later",
	"site-closed": "site.closed",
	"not-at-this-site": "unavailable.notAtThisSite",
} as const satisfies Record<UnavailableReason, KioskMessageKey>;
const CHECK_IN = {
	none: "checkIn.title",
	pending: "ticket.issuing",
	unknown: "checkIn.unknown",
	"other-day": "checkIn.otherDay",
	over: "checkIn.over",
	"too-many-attempts": "checkIn.tooManyAttempts",
	"topic-unavailable": "topics.unknown",
} as const;
const PAPER = { printing: "ticket.printing", ready: "ticket.take", missing: "ticket.unprintedHint" } as const;

const topicsOf = (request: TicketRequest) => [request.topic, ...request.nextTopics].map(topic);

function documentsOf(request: TicketRequest, known: Topics | undefined) {
	const all = [request.topic, ...request.nextTopics];
	const ids = known?.topics.flatMap(({ id, requiredDocuments }) =>
		all.includes(id) ? requiredDocuments.map((document) => document.id) : [],
	);
	return [...new Set(ids)].map((id) => ({ clip: `document.${id}` }));
}

/** A topic as on its tile: its name, and the wait or why it is not available. */
export function topicWithWait({ id, availability, ahead, wait }: Topic): SpeechScript {
	if (!isAvailable(availability)) return [topic(id), message(`topics.${availability}`)];
	const last = availability === "last" ? [message("topics.last")] : [];
	return [topic(id), ...(ahead === 0 && wait === null ? [NO_WAIT] : waitScript(wait)), ...last];
}

export const SELECTED: Part = { optional: [{ clip: "chosen" }] };
export const NOT_SELECTED: Part = { optional: [{ clip: "not-chosen" }] };
const NO_WAIT: Part = { optional: [message("wait.none")] };

/** The largest number with a clip. Longer waits are read as "at least". */
const MAX_SPOKEN_MINUTES = 30;

function waitScript(wait: Wait | null): SpeechScript {
	if (wait === null) return [];
	const { minMinutes: from, maxMinutes: to } = wait;
	if (to === 0) return [NO_WAIT];
	if (to > MAX_SPOKEN_MINUTES)
		return [{ optional: [{ sentence: "waitLeast", values: { from: Math.min(from, MAX_SPOKEN_MINUTES) } }] }];
	return [{ optional: [{ sentence: from === to ? "waitAbout" : "wait", values: { from, to } }] }];
}

function ticketScript({ ticket, paper }: StateAt<"ticket">): SpeechScript {
	const { number, counter, ahead, wait } = ticket;
	if (ticket.state === "called" && counter !== null) {
		return [{ sentence: "call", values: { number, counter } }, message(PAPER[paper])];
	}
	const before: Part =
		ahead === 0
			? { optional: [message("ticket.ahead"), message("ticket.noneAhead")] }
			: { optional: [{ sentence: "ahead", values: { count: ahead } }] };
	return [{ number }, message(PAPER[paper]), before, ...waitScript(wait), message("ticket.next")];
}

/** The clips' addresses; null where one is missing: half a screen would be worse than silence. */
export function addressesOf(speech: Speech, script: SpeechScript): string[] | null {
	const parts = script.map((part) => {
		if ("number" in part) return sentenceOf(speech, "number", { number: part.number });
		if ("sentence" in part) return sentenceOf(speech, part.sentence, part.values);
		if ("optional" in part) return addressesOf(speech, part.optional) ?? [];
		const address = speech.clips[part.clip];
		return address === undefined ? null : [address];
	});
	return parts.every((part) => part !== null) ? parts.flat() : null;
}
