import type { Taken, Topics } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { IssuedTicket, Ticket } from "../../../protocol/model/ticket.ts";

/*
 * What the kiosk is doing, and what may come next. How it comes is in reduce.ts: one pure reducer. Time comes in with
 * every event, ids come in with the event that needs them, and nothing reads a clock or a network.
 */

/** A topic that was asked for is none any more: said until the next tap. */
export type Notice = "none" | "topic-gone";

/** A topic is chosen. */
export type Selection =
	| { at: "topics"; language: Language; key: string; page: number; notice: Notice }
	/** It is looked for by its name. */
	| { at: "search"; language: Language; key: string; page: 0; typed: string }
	/** Several topics, or a group: what is chosen so far, in the order of the taps. */
	| ({ at: "plan"; language: Language; key: string; page: number; notice: Notice } & Plan)
	/** It is not on this site's list: those of other sites. */
	| { at: "other-sites"; language: Language; key: string; page: number };

/** One visitor's way through the screens. */
export type Visit =
	/** Nobody has chosen yet, or the same visitor asks for another language. */
	| { at: "languages"; same?: SameVisitor }
	/** A language is chosen; its words and topics are on their way. */
	| { at: "opening"; language: Language; key: string; since: number; same?: SameVisitor }
	| Selection
	/** No ticket of this topic here and now: why, and where else; and what "back" leads to. */
	| { at: "unavailable"; language: Language; key: string; topic: string; reason: UnavailableReason; from: Selection }
	/** The code of a booking is typed; "asking" while the station looks. */
	| { at: "check-in"; language: Language; key: string; typed: string; answer: CheckIn; since: number }
	| ({ at: "documents"; language: Language; key: string; page: number } & Selected)
	/** Something of it is missing: what now? */
	| ({ at: "missing-documents"; language: Language; key: string; page: number } & Selected)
	/** The tap is taken; the number is on its way. Asking again with the same key is harmless. */
	| ({ at: "issuing"; language: Language; key: string; since: number } & Selected)
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

export interface Plan {
	topics: readonly string[];
	people: number;
}

/** What a number is asked for. */
export interface Selected {
	topic: string;
	/** What the same ticket goes on to. */
	nextTopics: readonly string[];
	people: number;
}

/** Why not: for now, or because only other sites do it. */
export type UnavailableReason = Exclude<Taken, Available> | "not-at-this-site";
type Available = "yes" | "last";
export const isGiven = (availability: Taken): availability is Available =>
	availability === "yes" || availability === "last";

/** As many as a ticket bears, and as a party is: protocol/model/ticket.ts. */
export const MAX_TOPICS = 3;
export const MAX_PEOPLE = 20;

/** Far more letters than tell one topic from all others. */
export const LONGEST_SEARCH = 60;

/** What the station said of a booking's code, if it was asked. */
export type CheckIn = "none" | "asking" | "unknown" | "other-day" | "too-many-tries" | "not-taken";
/** As long as a booking's code can be: protocol/model/visit.ts. */
export const LONGEST_CODE = 40;

/** Only the printer's own answer makes a ticket "taken out"; silence counts as trouble after a while. */
export type Paper = "printing" | "ready" | "missing";

/** Whether the desks have heard the visitor's call: only the station's answer says so. */
export type StaffCall = "in-flight" | "heard" | "missed";

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
	| { type: "other-sites-opened" }
	| { type: "search-typed"; typed: string }
	| { type: "plan-opened" }
	| { type: "people-set"; people: number }
	| { type: "documents-missing" }
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
	| {
			type: "refused";
			key: string;
			reason: "topic-gone" | UnavailableReason | "station-says-no";
			topic?: string | undefined;
	  }
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

/** A number is on its way, asked for with the visit's key. */
export function isOnItsWay(visit: Visit): visit is Extract<Visit, { at: "issuing" | "check-in" }> {
	return visit.at === "issuing" || (visit.at === "check-in" && visit.answer === "asking");
}
