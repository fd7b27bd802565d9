import type { EndedTicket } from "../../protocol/model/ticket.ts";
import type { TicketRepository } from "./ticket-repository.ts";

/** Tickets of a service day that are over, by a number as staff type it: A012, or 12 for every series. */
export function findEndedTickets(
	repository: Pick<TicketRepository, "endedOfOrdinal">,
	typed: string,
	serviceDay: string,
): EndedTicket[] {
	const [, series, ordinal] = /^([A-Z]?)0*(\d{1,6})$/.exec(typed.normalize("NFKC").trim().toUpperCase()) ?? [];
	if (ordinal === undefined) return [];
	return repository.endedOfOrdinal
		.all({ serviceDay, ordinal: Number(ordinal) })
		.filter((one) => series === "" || one.series === series)
		.flatMap(({ number, state, since }) =>
			state === "finished" || state === "cancelled" ? [{ number, state, since }] : [],
		);
}
