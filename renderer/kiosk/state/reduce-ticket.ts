import type { PrintState } from "../../../protocol/model/print.ts";
import type { Ticket } from "../../../protocol/model/ticket.ts";
import type { EventOf } from "./events.ts";
import { isAwaitingTicket, type Kiosk, type Paper, type StateAt } from "./state.ts";
import { PAPER_TIMEOUT_MS } from "./timing.ts";
import { show } from "./transitions.ts";

/* The ticket on the screen and its paper. */

export function showIssuedTicket(kiosk: Kiosk, event: EventOf<"ticket-issued">): Kiosk {
	const { state } = kiosk;
	const { time, key } = event;
	const { code, phonePage, ...ticket } = event.ticket;
	// The answer may come just after the kiosk has given up.
	if (!(isAwaitingTicket(state) || state.at === "refused") || state.key !== key) return kiosk;
	const { language } = state;
	const paper = paperOf(ticket, time, time);
	const isKnown = state.at === "check-in" && paper === "ready";
	return {
		...show(
			kiosk,
			{ at: "ticket", language, key, ticket, code, phonePage, paper, isKnown, paperSince: time, since: time },
			time,
		),
		link: { kind: "reached" },
		touchedAt: time,
	};
}

export function updateTicket(kiosk: Kiosk, { ticket, time }: EventOf<"ticket-updated">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "ticket" || state.ticket.id !== ticket.id) return kiosk;
	// A settled job that is in flight again is a copy that staff requested: it has its own time limit.
	const isCopy = !isInFlight(state.ticket.print.state) && isInFlight(ticket.print.state);
	const paperSince = isCopy ? time : state.paperSince;
	const paper = paperOf(ticket, paperSince, time);
	// Something new to read starts the time to read again.
	const touchedAt = paper === state.paper ? kiosk.touchedAt : Math.max(kiosk.touchedAt, time);
	return { ...kiosk, state: { ...state, ticket, paperSince, paper }, touchedAt };
}

/** After PAPER_TIMEOUT_MS without a confirmation the paper counts as missing. */
export function expirePaper(state: StateAt<"ticket">, time: number): StateAt<"ticket"> {
	const paper = paperOf(state.ticket, state.paperSince, time);
	return paper === state.paper ? state : { ...state, paper };
}

export function paperOf({ print }: Ticket, paperSince: number, time: number): Paper {
	if (print.state === "confirmed") return "ready";
	return isInFlight(print.state) && time - paperSince < PAPER_TIMEOUT_MS ? "printing" : "missing";
}

/** A job is `reprinted` once a copy of it is queued. */
function isInFlight(state: PrintState): boolean {
	return state === "queued" || state === "sending" || state === "sent" || state === "reprinted";
}
