import { digestOfCode } from "../../lib/code-digest.ts";
import type { TicketId } from "../../protocol/model/ids.ts";
import type { Opening } from "../../protocol/model/opening.ts";
import type { SentTicket } from "../../protocol/model/phone.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { toPhoneTicket } from "../tickets/phone-ticket.ts";
import type { TicketService } from "../tickets/ticket-service.ts";

interface SentTicketsDeps {
	tickets: Pick<TicketService, "followed">;
	catalogue: Catalogue;
	/** The hours that the site keeps, closed by hand or not. */
	hours(now: number): Opening;
}

/** Tickets as the server's phone page shows them: today's live ones and those of `ended`, each in its visitor's language. */
export function listSentTickets(
	{ tickets, catalogue, hours }: SentTicketsDeps,
	{ now, ended }: { now: number; ended: readonly TicketId[] },
): { id: TicketId; isLive: boolean; ticket: SentTicket }[] {
	const opening = hours(now);
	return tickets.followed(now, ended).map((ticket) => ({
		id: ticket.id,
		isLive: ticket.isLive,
		ticket: {
			codeDigest: digestOfCode(ticket.code),
			ticket: toPhoneTicket(ticket, { catalogue, opening, language: ticket.language }),
		},
	}));
}
