import type { PrintState } from "../../../protocol/model/print.ts";
import type { IssuedTicket, Ticket } from "../../../protocol/model/ticket.ts";
import { type Kiosk, PAPER_EXPECTED_WITHIN, type Paper, type SameVisitor, type Visit } from "./state.ts";
import { nextVisitor, show } from "./steps.ts";

/* The ticket in hand: its paper, and that it comes along into another language. */

type TicketVisit = Visit & { at: "ticket" };

export function withTicket(
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

export function sameVisitor(visit: Exclude<Visit, { at: "languages" }>): SameVisitor {
	if (visit.at === "opening" && visit.same) return visit.same;
	const { language, key } = visit;
	if (visit.at !== "ticket") return { language, key };
	const { ticket, code, paper, paperSince, since } = visit;
	return { language, key, held: { ticket, code, paper, paperSince, since } };
}

/** The ticket in hand, after another language was asked for: in that one, or where none was chosen as before. */
export function showAgain(kiosk: Kiosk, { held, language, key }: SameVisitor, time: number): Kiosk {
	if (!held) return nextVisitor(kiosk, time);
	const paper = paperOf(held.ticket, held.paperSince, time);
	return show(kiosk, { at: "ticket", language, key, ...held, paper }, time);
}

export function withPaper(visit: TicketVisit, ticket: Ticket, time: number): TicketVisit {
	// What was settled and is on its way again is a copy that staff asked for: it has its own time to come.
	const isCopy = !isInFlight(visit.ticket.print.state) && isInFlight(ticket.print.state);
	const paperSince = isCopy ? time : visit.paperSince;
	return { ...visit, ticket, paperSince, paper: paperOf(ticket, paperSince, time) };
}

/** A job is `reprinted` once a copy is queued in its place. */
function isInFlight(state: PrintState): boolean {
	return state === "queued" || state === "sending" || state === "sent" || state === "reprinted";
}

export function paperOf({ print }: Ticket, paperSince: number, time: number): Paper {
	if (print.state === "confirmed") return "ready";
	return isInFlight(print.state) && time - paperSince < PAPER_EXPECTED_WITHIN ? "printing" : "missing";
}
