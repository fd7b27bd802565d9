import { digestOfCode } from "../../lib/code-digest.ts";
import type { TicketId } from "../../protocol/model/ids.ts";
import type { SentTicket } from "../../protocol/model/phone.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { toPhoneTicket } from "../tickets/phone-ticket.ts";
import type { TicketService } from "../tickets/ticket-service.ts";

/** Tickets as the server's phone page shows them: today's live ones and those of `ended`, each in its visitor's language. */
export function listSentTickets(
	tickets: Pick<TicketService, "followed">,
	catalogue: Catalogue,
	{ now, ended }: { now: number; ended: readonly TicketId[] },
): { id: TicketId; isLive: boolean; ticket: SentTicket }[] {
	return tickets.followed(now, ended).map((ticket) => ({
		id: ticket.id,
		isLive: ticket.isLive,
		ticket: {
			codeDigest: digestOfCode(ticket.code),
			ticket: toPhoneTicket(ticket, catalogue, ticket.language, now),
		},
	}));
}
