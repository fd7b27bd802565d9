import type { Availability, Topics } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { QrCode } from "../../../protocol/model/qr-code.ts";
import type { Ticket } from "../../../protocol/model/ticket.ts";
import { MODES_OFF, type Modes } from "./modes.ts";

/*
 * The kiosk's states, one for each screen, and how a visitor moves between them. The reducer (reduce.ts) is pure: each
 * event brings the time and the ids that it needs. Nothing in this folder reads a clock or the network.
 *
 *     languages ──▶ opening ──▶ topics ◀──▶ search, plan, other-sites, check-in
 *                                 │                     │            │
 *                  a topic ───────┴──────────┬──────────┘            │ a valid code
 *                                            │                       │
 *              needs documents   no documents│   not offered         │
 *                     ▼                      │        ▼              │
 *     missing-documents ◀──▶ documents       │   unavailable ◀──▶ checklist
 *                     │         │            │                       │
 *                     └────┬────┘            │                       │
 *                          ▼                 ▼                       ▼
 *                       issuing ◀────────────┘                    ticket
 *                          │
 *                          ├──▶ ticket       the station issued it
 *                          ├──▶ unavailable  the topic has just closed or filled up
 *                          └──▶ refused      the station refused, or did not answer
 *
 * - Back returns to the state before; done and a minute without a touch return to languages for the next visitor.
 * - Another language leads from any state through languages and opening; a visitor who holds a ticket returns to it.
 */

/** Why the list of topics is shown again: the requested topic no longer exists. Shown until the next tap. */
export type Notice = "none" | "topic-gone";

export interface Plan {
	/** In the order of the taps. */
	topics: readonly string[];
	people: number;
}

interface InLanguage {
	language: Language;
	/** One per visitor. The station issues at most one ticket for it, however often it is asked. */
	key: string;
}

/** States in which the visitor selects a topic. */
export type SelectingState =
	| ({ at: "topics"; page: number; notice: Notice } & InLanguage)
	/** By the first letters of its name. */
	| ({ at: "search"; page: 0; typed: string } & InLanguage)
	/** Several topics, or a group of people. */
	| ({ at: "plan"; page: number; notice: Notice } & Plan & InLanguage)
	/** Topics that only other sites offer. */
	| ({ at: "other-sites"; page: number } & InLanguage);

export type KioskState =
	/** The first screen. `visitor` is set while the same visitor selects another language. */
	| { at: "languages"; visitor?: Visitor }
	/** The language is selected; its messages and topics are loading. */
	| ({ at: "opening"; since: number; visitor?: Visitor } & InLanguage)
	| SelectingState
	/** No ticket for this topic here and now. Back leads to `from`. */
	| ({ at: "unavailable"; topic: string; reason: UnavailableReason; from: SelectingState } & InLanguage)
	/** The visitor types a booking's code. `since` is the time of the request while the result is pending. */
	| ({
			at: "check-in";
			typed: string;
			result: CheckInResult;
			serviceDay?: string | undefined;
			/** The booking was for a day before this one. */
			isPast?: boolean | undefined;
			since: number;
	  } & InLanguage)
	/** Documents to bring. */
	| ({ at: "documents"; page: number } & Papers & TicketRequest & InLanguage)
	/** The visitor does not have all of them. */
	| ({ at: "missing-documents"; page: number } & Papers & TicketRequest & InLanguage)
	/** What to bring, where there is no ticket. Back leads to `from`. */
	| ({ at: "checklist"; from: StateAt<"unavailable"> } & Papers & TicketRequest & InLanguage)
	/** The station is issuing the ticket. */
	| ({ at: "issuing"; since: number } & TicketRequest & InLanguage)
	| ({ at: "ticket" } & TicketInHand & InLanguage)
	/** The station refused for good, or did not answer in time and staff are called. */
	| ({ at: "refused"; since: number } & InLanguage);

export type StateAt<At extends KioskState["at"]> = Extract<KioskState, { at: At }>;

export interface TicketInHand {
	ticket: Ticket;
	/** For the visitor's phone, as on the paper. Only the response to the issue contains it. */
	code: string | undefined;
	/** The ticket's page for the phone, where phones can open it. */
	phonePage?: QrCode | undefined;
	paper: Paper;
	/** True where a visitor checked in again: the paper came the first time. */
	isKnown?: boolean;
	/** When this copy was queued: at the issue, or when staff reprinted it. */
	paperSince: number;
	since: number;
}

/** What a visitor keeps while selecting another language. */
export interface Visitor {
	/** The language before. */
	language: Language;
	key: string;
	ticketInHand?: TicketInHand;
}

/** What a visitor told of the papers: nothing of it leaves the screen but with the question which papers are needed. */
export interface Papers {
	/** To the questions that decide which papers are asked for. */
	answers: readonly string[];
	/** The open question is not to be asked. */
	skipped: boolean;
	/** The documents that the visitor has, by their key in the checklist. */
	ticked: readonly string[];
}

export const NO_PAPERS: Papers = { answers: [], skipped: false, ticked: [] };

export interface TicketRequest {
	topic: string;
	/** Topics that the same ticket goes on to. */
	nextTopics: readonly string[];
	people: number;
}

type AvailableNow = "available" | "last";
export type UnavailableReason = Exclude<Availability, AvailableNow> | "not-at-this-site";

export function isAvailable(availability: Availability | "not-at-this-site"): availability is AvailableNow {
	return availability === "available" || availability === "last";
}

/** Longer than any prefix that tells one topic from all others. */
export const MAX_SEARCH_LENGTH = 60;

export type CheckInResult =
	| "none"
	| "pending"
	| "unknown"
	| "other-day"
	| "over"
	| "too-many-attempts"
	| "topic-unavailable";
/** As in protocol/model/visit.ts. */
export const MAX_CODE_LENGTH = 40;

/** "ready" only after the printer's confirmation; "missing" after a failure or PAPER_TIMEOUT_MS without one. */
export type Paper = "printing" | "ready" | "missing";

/** "received" only after the station's response, "answered" when a member of staff has said that they go. */
export type StaffCall = "sending" | "received" | "answered" | "failed";

export type Overlay =
	| { kind: "none" }
	/** `requestedAt` identifies the call. */
	| { kind: "staff"; requestedAt: number; call: StaffCall }
	/** Controls of reading aloud. */
	| { kind: "read-aloud" }
	| { kind: "idle"; until: number; seconds: number };

/** One failed request is "missed" and not shown; the second in a row is "lost". */
export type Link = { kind: "unknown" } | { kind: "reached" } | { kind: "missed" } | { kind: "lost" };

export interface Kiosk {
	state: KioskState;
	overlay: Overlay;
	modes: Modes;
	link: Link;
	topics: Partial<Record<Language, Topics>>;
	/** Languages with enough clips to read a screen aloud. */
	readAloudLanguages: readonly Language[];
	/** Languages by their last use, latest first: the order for the next visitor. */
	recent: readonly Language[];
	touchedAt: number;
	/** Taps before this time are ignored: the finger was aimed at the screen before. */
	settledAt: number;
}

export function initialKiosk(time: number): Kiosk {
	return {
		state: { at: "languages" },
		overlay: { kind: "none" },
		modes: MODES_OFF,
		link: { kind: "unknown" },
		topics: {},
		readAloudLanguages: [],
		recent: [],
		touchedAt: time,
		settledAt: time,
	};
}

/** The visitor's language; undefined before it is selected. */
export function languageOf(state: KioskState): Language | undefined {
	return state.at === "languages" ? undefined : state.language;
}

/** The language whose messages are shown; undefined while a selected language is still loading. */
export function shownLanguageOf(state: KioskState): Language | undefined {
	return state.at === "opening" ? undefined : languageOf(state);
}

/** Like languageOf, but the language before while the visitor selects another. */
export function lastLanguageOf(state: KioskState): Language | undefined {
	return state.at === "languages" ? state.visitor?.language : state.language;
}

/** No visitor is at the kiosk, and nothing of the last one is left on the screen. */
export function isUntouched({ state, modes, overlay }: Kiosk): boolean {
	const allModesOff = !Object.values(modes).includes("on");
	return state.at === "languages" && !state.visitor && allModesOff && overlay.kind === "none";
}

export function isAwaitingTicket(state: KioskState): state is StateAt<"issuing" | "check-in"> {
	return state.at === "issuing" || (state.at === "check-in" && state.result === "pending");
}
