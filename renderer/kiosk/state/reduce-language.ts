import type { EventOf } from "./events.ts";
import { paperOf } from "./reduce-ticket.ts";
import { isAwaitingTicket, type Kiosk, type KioskState, type Visitor } from "./state.ts";
import { nextVisitor, show } from "./transitions.ts";

/* The language, at the start of a visit and in the middle of it. */

export function selectLanguage(kiosk: Kiosk, { language, key, time }: EventOf<"language-selected">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "languages") return kiosk;
	return {
		...kiosk,
		state: { ...state, at: "opening", language, key: state.visitor?.key ?? key, since: time },
		touchedAt: time,
	};
}

export function showLanguage(kiosk: Kiosk, { language, time }: EventOf<"language-ready">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "opening" || state.language !== language || !kiosk.topics[language]) return kiosk;
	if (state.visitor?.ticketInHand) return resumeTicket(kiosk, { ...state.visitor, language }, time);
	return show(kiosk, { at: "topics", language, key: state.key, page: 0, notice: "none" }, time);
}

/** The same visitor requests another language: the modes stay on. Not while a ticket is being issued. */
export function askForLanguage(kiosk: Kiosk, { time }: EventOf<"languages-requested">): Kiosk {
	const { state } = kiosk;
	if (state.at === "languages" || isAwaitingTicket(state)) return kiosk;
	return show(kiosk, { at: "languages", visitor: visitorOf(state) }, time);
}

function visitorOf(state: Exclude<KioskState, { at: "languages" }>): Visitor {
	if (state.at === "opening" && state.visitor) return state.visitor;
	const { language, key } = state;
	if (state.at !== "ticket") return { language, key };
	const { ticket, code, phonePage, paper, paperSince, since } = state;
	return { language, key, ticketInHand: { ticket, code, phonePage, paper, paperSince, since } };
}

/** Shows the visitor's ticket again; a visitor without one makes room for the next. */
export function resumeTicket(kiosk: Kiosk, { ticketInHand, language, key }: Visitor, time: number): Kiosk {
	if (!ticketInHand) return nextVisitor(kiosk, time);
	const paper = paperOf(ticketInHand.ticket, ticketInHand.paperSince, time);
	return show(kiosk, { at: "ticket", language, key, ...ticketInHand, paper }, time);
}
