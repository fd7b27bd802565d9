import type { Taken, Topics } from "../../protocol/board.ts";
import type { Language } from "../../protocol/language.ts";
import type { PrintState } from "../../protocol/print.ts";
import type { IssuedTicket, Ticket } from "../../protocol/ticket.ts";

/*
 * What the kiosk is doing, and what may come next: one pure reducer. Time comes in with every
 * event, ids come in with the event that needs them, and nothing here reads a clock or a network.
 */

/** A topic is chosen. */
export type Choosing =
	| { at: "topics"; language: Language; key: string; page: number; notice: "none" | "topic-gone" }
	/** It is looked for by its name. */
	| { at: "search"; language: Language; key: string; page: 0; typed: string }
	/** Several topics, or a group: what is chosen so far, in the order of the taps. */
	| { at: "plan"; language: Language; key: string; page: number; topics: readonly string[]; people: number }
	/** It is not on this site's list: those of other sites. */
	| { at: "elsewhere"; language: Language; key: string; page: number };

/** One visitor's way through the screens. */
export type Visit =
	/** Nobody has chosen yet, or the same visitor asks for another language. */
	| { at: "languages"; same?: SameVisitor }
	/** A language is chosen; its words and topics are on their way. */
	| { at: "opening"; language: Language; key: string; since: number; same?: SameVisitor }
	| Choosing
	/** No ticket of this topic here and now: why, and where else; and what "back" leads to. */
	| { at: "away"; language: Language; key: string; topic: string; reason: Away; from: Choosing }
	/** The code of a booking is typed; "asking" while the station looks. */
	| { at: "check-in"; language: Language; key: string; typed: string; answer: CheckIn; since: number }
	| ({ at: "documents"; language: Language; key: string; page: number } & Wanted)
	/** Something of it is missing: what now? */
	| ({ at: "lacking"; language: Language; key: string; page: number } & Wanted)
	/** The tap is taken; the number is on its way. Asking again with the same key is harmless. */
	| ({ at: "issuing"; language: Language; key: string; since: number } & Wanted)
	| ({ at: "ticket"; language: Language; key: string } & TicketInHand)
	/** The station said no, and will say no again; or it never answered, and staff are called. */
	| { at: "refused"; language: Language; key: string; since: number };

export interface TicketInHand {
	ticket: Ticket;
	/** For the visitor's phone, as on the paper; only the answer to the issue tells it. */
	code: string | undefined;
	paper: Paper;
	/** Since when this copy of the paper is expected: the issue, or a reprint begun by staff meanwhile. */
	paperSince: number;
	since: number;
}

/** Whoever asks for another language: what is theirs comes with them. The same key never makes a second ticket. */
export interface SameVisitor {
	/** The language they come from. */
	language: Language;
	key: string;
	held?: TicketInHand;
}

/** What a number is asked for. */
export interface Wanted {
	topic: string;
	/** What the same ticket goes on to. */
	further: readonly string[];
	people: number;
}

/** Why not: for now, or because only other sites do it. */
export type Away = Exclude<Taken, Given> | "not-here";
type Given = "yes" | "last";
export const isGiven = (taken: Taken): taken is Given => taken === "yes" || taken === "last";

/** As many as a ticket bears, and as a party is: protocol/ticket.ts. */
export const MOST_TOPICS = 3;
export const MOST_PEOPLE = 20;

/** Far more letters than tell one topic from all others. */
const LONGEST_SEARCH = 60;

/** What the station said of a booking's code, if it was asked. */
export type CheckIn = "none" | "asking" | "unknown" | "other-day" | "too-many-tries" | "not-taken";
/** As long as a booking's code can be: protocol/visit.ts. */
export const LONGEST_CODE = 40;

/** Only the printer's own answer makes a ticket "taken out"; silence counts as trouble after a while. */
export type Paper = "printing" | "ready" | "missing";

/** Whether the desks have heard the visitor's call: only the station's answer says so. */
export type StaffCall = "under-way" | "heard" | "missed";

export type Overlay =
	| { kind: "none" }
	/** `asked` is when, and tells one call from the next. */
	| { kind: "staff"; asked: number; call: StaffCall }
	/** What whoever listens can do. */
	| { kind: "listen" }
	| { kind: "idle"; until: number; seconds: number };

/** One missed answer is nothing; after the second the visitor is told. */
export type Link = { kind: "unknown" } | { kind: "reached" } | { kind: "missed" } | { kind: "lost" };

export const MODES = ["reach", "text", "contrast", "listen"] as const;
export type Mode = (typeof MODES)[number];
export type Modes = Readonly<Record<Mode, "usual" | "changed">>;
export const USUAL_MODES: Modes = { reach: "usual", text: "usual", contrast: "usual", listen: "usual" };

export interface Kiosk {
	visit: Visit;
	overlay: Overlay;
	modes: Modes;
	link: Link;
	topics: Partial<Record<Language, Topics>>;
	/** Languages whose clips suffice to read a screen aloud. */
	spoken: readonly Language[];
	/** Languages by their last use, latest first: they come first for the next visitor. */
	recent: readonly Language[];
	touchedAt: number;
	/** Taps before this moment are ignored: the screen has only just come, the finger meant the last one. */
	settledAt: number;
}

export type KioskEvent = { time: number } & (
	| { type: "touched" }
	| { type: "ticked" }
	| { type: "language-chosen"; language: Language; key: string }
	| { type: "language-ready"; language: Language }
	| { type: "topic-chosen"; topic: string }
	| { type: "ticket-asked" }
	| { type: "search-opened" }
	| { type: "elsewhere-opened" }
	| { type: "search-typed"; typed: string }
	| { type: "plan-opened" }
	| { type: "people-set"; people: number }
	| { type: "lack-told" }
	| { type: "page-turned"; page: number }
	| { type: "went-back" }
	| { type: "languages-asked" }
	| { type: "left" }
	| { type: "stayed" }
	| { type: "mode-switched"; mode: Mode }
	| { type: "speech-known"; language: Language; spoken: boolean }
	| { type: "listen-asked" }
	| { type: "staff-asked" }
	| { type: "staff-called"; asked: number; call: StaffCall }
	| { type: "overlay-closed" }
	| { type: "issued"; key: string; ticket: IssuedTicket }
	| { type: "refused"; key: string; reason: "topic-gone" | Away | "station-says-no"; topic?: string | undefined }
	| { type: "check-in-opened" }
	| { type: "code-typed"; typed: string }
	| { type: "check-in-asked" }
	| { type: "check-in-refused"; key: string; answer: Exclude<CheckIn, "none" | "asking"> }
	| { type: "paper-seen"; ticket: Ticket }
	| { type: "station-answered"; topics: Topics }
	| { type: "station-missed" }
	| { type: "screen-broke" }
);

export const SETTLES_AFTER = 250;
export const IDLE_AFTER = 60_000;
export const WARNING_LASTS = 20_000;
export const PAPER_EXPECTED_WITHIN = 8_000;
/** With the paper in hand the screen may ask sooner whether it is still needed. */
export const TICKET_SHOWN_FOR = 25_000;
export const OPENING_GIVES_UP_AFTER = 10_000;
export const ISSUING_GIVES_UP_AFTER = 30_000;
export const REFUSAL_SHOWN_FOR = 20_000;
/** With a ticket in hand, how long another language is waited for: then it is shown again in the one before. */
export const OTHER_LANGUAGE_WITHIN = 20_000;

export function firstKiosk(time: number): Kiosk {
	return {
		visit: { at: "languages" },
		overlay: { kind: "none" },
		modes: USUAL_MODES,
		link: { kind: "unknown" },
		topics: {},
		spoken: [],
		recent: [],
		touchedAt: time,
		settledAt: time,
	};
}

export function reduceKiosk(kiosk: Kiosk, event: KioskEvent): Kiosk {
	if (isTap(event) && event.time < kiosk.settledAt) return kiosk;
	const { visit } = kiosk;

	switch (event.type) {
		case "touched":
			// With the warning up only its own buttons speak: a touch must not sweep it from under the finger.
			return kiosk.overlay.kind === "idle" ? kiosk : { ...kiosk, touchedAt: event.time };

		case "ticked":
			return tick(kiosk, event.time);

		case "language-chosen":
			if (visit.at !== "languages") return kiosk;
			return {
				...kiosk,
				visit: {
					...visit,
					at: "opening",
					language: event.language,
					key: visit.same?.key ?? event.key,
					since: event.time,
				},
				touchedAt: event.time,
			};

		case "language-ready":
			if (visit.at !== "opening" || visit.language !== event.language || !kiosk.topics[event.language]) return kiosk;
			if (visit.same?.held) return showAgain(kiosk, { ...visit.same, language: visit.language }, event.time);
			return show(
				kiosk,
				{ at: "topics", language: visit.language, key: visit.key, page: 0, notice: "none" },
				event.time,
			);

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
			return show(kiosk, { at: "plan", language, key, page: 0, topics: [], people: 1 }, event.time);
		}

		case "people-set":
			if (visit.at !== "plan" || event.people < 1 || event.people > MOST_PEOPLE) return kiosk;
			return { ...kiosk, visit: { ...visit, people: event.people } };

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
			if (visit.at === "topics") return show(kiosk, { ...visit, page: event.page, notice: "none" }, event.time);
			return visit.at === "plan" || visit.at === "elsewhere"
				? show(kiosk, { ...visit, page: event.page }, event.time)
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
				return show(kiosk, { at: "plan", language, key, page, topics: [topic, ...further], people }, event.time);
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

		case "languages-asked":
			// The same visitor, another language: the modes stay. A number on its way is waited for.
			if (visit.at === "languages" || isOnItsWay(visit)) return kiosk;
			return show(kiosk, { at: "languages", same: sameVisitor(visit) }, event.time);

		case "left":
			// While the number is on its way nobody can leave it behind.
			if (visit.at === "languages" && kiosk.overlay.kind !== "idle") return kiosk;
			return isOnItsWay(visit) ? kiosk : nextVisitor(kiosk, event.time);

		case "stayed":
			if (kiosk.overlay.kind !== "idle") return kiosk;
			return { ...kiosk, overlay: { kind: "none" }, touchedAt: event.time, settledAt: event.time + SETTLES_AFTER };

		case "mode-switched": {
			const other = kiosk.modes[event.mode] === "usual" ? "changed" : "usual";
			return {
				...kiosk,
				overlay: kiosk.overlay.kind === "listen" ? { kind: "none" } : kiosk.overlay,
				modes: { ...kiosk.modes, [event.mode]: other },
				settledAt: event.time + SETTLES_AFTER,
			};
		}

		case "speech-known": {
			const others = kiosk.spoken.filter((one) => one !== event.language);
			return { ...kiosk, spoken: event.spoken ? [...others, event.language] : others };
		}

		case "listen-asked":
			if (kiosk.overlay.kind !== "none" || kiosk.modes.listen !== "changed") return kiosk;
			return { ...kiosk, overlay: { kind: "listen" }, settledAt: event.time + SETTLES_AFTER };

		case "staff-asked":
			return kiosk.overlay.kind === "staff" ? kiosk : callStaff(kiosk, event.time);

		case "staff-called":
			if (kiosk.overlay.kind !== "staff" || kiosk.overlay.asked !== event.asked) return kiosk;
			return { ...kiosk, overlay: { ...kiosk.overlay, call: event.call } };

		case "overlay-closed":
			if (kiosk.overlay.kind !== "staff" && kiosk.overlay.kind !== "listen") return kiosk;
			return { ...kiosk, overlay: { kind: "none" }, settledAt: event.time + SETTLES_AFTER };

		case "issued":
			// An answer may come just after it was given up.
			if (!(isOnItsWay(visit) || visit.at === "refused") || visit.key !== event.key) return kiosk;
			return {
				...show(kiosk, withTicket(visit, event.ticket, event.time), event.time),
				link: { kind: "reached" },
				touchedAt: event.time,
			};

		case "refused": {
			if (visit.at !== "issuing" || visit.key !== event.key) return kiosk;
			const { language, key, topic, further, people } = visit;
			const { reason } = event;
			if (reason === "station-says-no")
				return show(kiosk, { at: "refused", language, key, since: event.time }, event.time);
			if (reason === "topic-gone")
				return show(kiosk, { at: "topics", language, key, page: 0, notice: "topic-gone" }, event.time);
			// What was planned is kept, but for the one topic that cannot be had.
			const topics = [topic, ...further].filter((one) => one !== event.topic);
			const from: Choosing = isPlanned(visit)
				? { at: "plan", language, key, page: 0, topics, people }
				: { at: "topics", language, key, page: 0, notice: "none" };
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

		case "paper-seen": {
			if (visit.at !== "ticket" || visit.ticket.id !== event.ticket.id) return kiosk;
			const next = withPaper(visit, event.ticket, event.time);
			// The time to read begins anew when there is something new to read.
			const touchedAt = next.paper === visit.paper ? kiosk.touchedAt : Math.max(kiosk.touchedAt, event.time);
			return { ...kiosk, visit: next, touchedAt };
		}

		case "station-answered":
			return { ...kiosk, link: { kind: "reached" }, topics: withTopics(kiosk.topics, event.topics) };

		case "station-missed":
			return { ...kiosk, link: kiosk.link.kind === "reached" ? { kind: "missed" } : { kind: "lost" } };

		case "screen-broke": {
			const { overlay } = kiosk;
			const next = nextVisitor(kiosk, event.time);
			// Whoever called staff from the broken screen still waits for them.
			return overlay.kind === "staff" ? { ...next, overlay } : next;
		}
	}
}

/** A tap in a plan takes a topic in or out; one that is not taken now, or is one too many, changes nothing. */
function withSwitched(visit: Visit & { at: "plan" }, id: string, taken: Taken | "not-here"): Visit {
	if (visit.topics.includes(id)) return { ...visit, topics: visit.topics.filter((one) => one !== id) };
	const isFree = taken !== "not-here" && isGiven(taken) && visit.topics.length < MOST_TOPICS;
	return isFree ? { ...visit, topics: [...visit.topics, id] } : visit;
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

/** A number is on its way, asked for with the visit's key. */
function isOnItsWay(visit: Visit): visit is Extract<Visit, { at: "issuing" | "check-in" }> {
	return visit.at === "issuing" || (visit.at === "check-in" && visit.answer === "asking");
}

/** The language of whoever stands there; before they chose one, there is none. */
export function languageOf(visit: Visit): Language | undefined {
	return visit.at === "languages" ? undefined : visit.language;
}

/** The same, and the one that somebody who asks for another comes from. */
export function lastLanguageOf(visit: Visit): Language | undefined {
	return languageOf(visit) ?? (visit.at === "languages" ? visit.same?.language : undefined);
}

/** Nobody stands there, and nothing of anybody is on the screen. */
export function isUntouched({ visit, modes, overlay }: Kiosk): boolean {
	const isUsual = !Object.values(modes).includes("changed");
	return visit.at === "languages" && !visit.same && isUsual && overlay.kind === "none";
}

function show(kiosk: Kiosk, visit: Visit, time: number): Kiosk {
	return { ...kiosk, visit, overlay: { kind: "none" }, settledAt: time + SETTLES_AFTER };
}

/** Nothing of one visitor stays for the next: no ticket, no language, no mode. */
function nextVisitor(kiosk: Kiosk, time: number): Kiosk {
	const used = lastLanguageOf(kiosk.visit);
	return {
		...show(kiosk, { at: "languages" }, time),
		modes: USUAL_MODES,
		// Now, not when it was chosen: tiles do not change places under a finger.
		recent: used === undefined ? kiosk.recent : [used, ...kiosk.recent.filter((one) => one !== used)],
		touchedAt: time,
	};
}

function callStaff(kiosk: Kiosk, time: number): Kiosk {
	const overlay = { kind: "staff", asked: time, call: "under-way" } as const;
	return { ...kiosk, overlay, touchedAt: time, settledAt: time + SETTLES_AFTER };
}

/** Nobody answered for so long that nobody knows whether the number was written: staff are called without being asked. */
function unanswered(kiosk: Kiosk, { language, key }: Extract<Visit, { key: string }>, time: number): Kiosk {
	const refused = show(kiosk, { at: "refused", language, key, since: time }, time);
	return kiosk.overlay.kind === "staff" ? { ...refused, overlay: kiosk.overlay } : callStaff(refused, time);
}

type TicketVisit = Visit & { at: "ticket" };

function withTicket(
	{ language, key }: Pick<TicketVisit, "language" | "key">,
	{ code, ...ticket }: IssuedTicket,
	time: number,
): TicketVisit {
	return {
		at: "ticket",
		language,
		key,
		ticket,
		code,
		paper: paperOf(ticket, time, time),
		paperSince: time,
		since: time,
	};
}

function sameVisitor(visit: Exclude<Visit, { at: "languages" }>): SameVisitor {
	if (visit.at === "opening" && visit.same) return visit.same;
	const { language, key } = visit;
	if (visit.at !== "ticket") return { language, key };
	const { ticket, code, paper, paperSince, since } = visit;
	return { language, key, held: { ticket, code, paper, paperSince, since } };
}

/** The ticket in hand, after another language was asked for: in that one, or where none was chosen as before. */
function showAgain(kiosk: Kiosk, { held, language, key }: SameVisitor, time: number): Kiosk {
	if (!held) return nextVisitor(kiosk, time);
	const paper = paperOf(held.ticket, held.paperSince, time);
	return show(kiosk, { at: "ticket", language, key, ...held, paper }, time);
}

function withPaper(visit: TicketVisit, ticket: Ticket, time: number): TicketVisit {
	// What was settled and is on its way again is a copy that staff asked for: it has its own time to come.
	const isCopy = !isUnderWay(visit.ticket.print.state) && isUnderWay(ticket.print.state);
	const paperSince = isCopy ? time : visit.paperSince;
	return { ...visit, ticket, paperSince, paper: paperOf(ticket, paperSince, time) };
}

/** A job is `reprinted` once a copy is queued in its place. */
function isUnderWay(state: PrintState): boolean {
	return state === "queued" || state === "sending" || state === "sent" || state === "reprinted";
}

function paperOf({ print }: Ticket, paperSince: number, time: number): Paper {
	if (print.state === "confirmed") return "ready";
	return isUnderWay(print.state) && time - paperSince < PAPER_EXPECTED_WITHIN ? "printing" : "missing";
}

function tick(kiosk: Kiosk, time: number): Kiosk {
	const { visit } = kiosk;
	const idleFor = time - kiosk.touchedAt;

	if (kiosk.overlay.kind === "idle") {
		if (time >= kiosk.overlay.until) return nextVisitor(kiosk, time);
		const seconds = Math.ceil((kiosk.overlay.until - time) / 1000);
		return seconds === kiosk.overlay.seconds ? kiosk : { ...kiosk, overlay: { ...kiosk.overlay, seconds } };
	}

	switch (visit.at) {
		case "languages": {
			if (visit.same?.held && kiosk.overlay.kind === "none")
				return idleFor < OTHER_LANGUAGE_WITHIN ? kiosk : showAgain(kiosk, visit.same, time);
			return isUntouched(kiosk) ? kiosk : warnWhenIdle(kiosk, idleFor, time);
		}
		case "opening":
			if (time - visit.since < OPENING_GIVES_UP_AFTER) return kiosk;
			return visit.same ? showAgain(kiosk, visit.same, time) : nextVisitor(kiosk, time);
		case "issuing":
			return time - visit.since < ISSUING_GIVES_UP_AFTER ? kiosk : unanswered(kiosk, visit, time);
		case "refused": {
			// While the call for staff is on the screen, as long as any other screen.
			const after = kiosk.overlay.kind === "none" ? REFUSAL_SHOWN_FOR : IDLE_AFTER;
			return warnWhenIdle(kiosk, Math.min(idleFor, time - visit.since), time, after);
		}
		case "ticket": {
			if (visit.paper === "ready" && kiosk.overlay.kind === "none") {
				return warnWhenIdle(kiosk, idleFor, time, TICKET_SHOWN_FOR);
			}
			const paper = paperOf(visit.ticket, visit.paperSince, time);
			if (paper !== visit.paper) return { ...kiosk, visit: { ...visit, paper } };
			return warnWhenIdle(kiosk, idleFor, time);
		}
		case "check-in":
			if (visit.answer !== "asking") return warnWhenIdle(kiosk, idleFor, time);
			return time - visit.since < ISSUING_GIVES_UP_AFTER ? kiosk : unanswered(kiosk, visit, time);
		case "topics":
		case "search":
		case "plan":
		case "elsewhere":
		case "documents":
		case "lacking":
		case "away":
			return warnWhenIdle(kiosk, idleFor, time);
	}
}

/** Nobody's screen goes without a warning by sight and sound, which one touch puts off, as often as it is wanted. */
function warnWhenIdle(kiosk: Kiosk, idleFor: number, time: number, after = IDLE_AFTER): Kiosk {
	if (idleFor < after) return kiosk;
	const seconds = Math.ceil(WARNING_LASTS / 1000);
	return {
		...kiosk,
		overlay: { kind: "idle", until: time + WARNING_LASTS, seconds },
		settledAt: time + SETTLES_AFTER,
	};
}

/** Waits, and whether a topic is taken, hold in every language, so the newest answer corrects them all. */
function withTopics(known: Kiosk["topics"], fresh: Topics): Kiosk["topics"] {
	const waits = new Map(fresh.topics.map(({ id, ahead, wait, taken }) => [id, { ahead, wait, taken }]));
	const corrected = Object.entries(known).map(([language, topics]) => [
		language,
		{ ...topics, topics: topics.topics.map((topic) => ({ ...topic, ...waits.get(topic.id) })) },
	]);
	return { ...Object.fromEntries(corrected), [fresh.language]: fresh };
}

const TAPS: ReadonlySet<KioskEvent["type"]> = new Set([
	"language-chosen",
	"topic-chosen",
	"ticket-asked",
	"search-opened",
	"elsewhere-opened",
	"search-typed",
	"plan-opened",
	"people-set",
	"lack-told",
	"check-in-opened",
	"code-typed",
	"check-in-asked",
	"page-turned",
	"went-back",
	"languages-asked",
	"left",
	"stayed",
	"mode-switched",
	"listen-asked",
	"staff-asked",
	"overlay-closed",
]);

function isTap(event: KioskEvent): boolean {
	return TAPS.has(event.type);
}
