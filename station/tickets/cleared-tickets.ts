import { and, asc, between, eq, gte, min } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import { ticket } from "../../db/station/schema/tickets.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { TicketId } from "../../protocol/model/ids.ts";

/** A ticket that was cancelled when the queue was cleared, with its version then. */
export interface ClearedTicket {
	id: TicketId;
	version: number;
}

export interface ClearedTickets {
	/** Everything that was cleared since the first ticket of a service day was issued. */
	since(serviceDay: string): ClearedTicket[];
}

/** Reads them from the log: the cancellations are the events just before their `queue.cleared`, as many as it counts. */
export function openClearedTickets(database: StationDatabase): ClearedTickets {
	const firstOfDay = (serviceDay: string) =>
		database
			.select({ seq: min(ticket.issuedSeq) })
			.from(ticket)
			.where(eq(ticket.serviceDay, serviceDay))
			.get()?.seq ?? null;
	const cancelledBefore = (seq: number, count: number): ClearedTicket[] =>
		database
			.select({ text: event.text })
			.from(event)
			.where(and(between(event.seq, seq - count, seq - 1), eq(event.type, "ticket.cancelled")))
			.all()
			.flatMap(({ text }) => {
				const found = readEvent(text);
				return found?.type === "ticket.cancelled" ? [{ id: found.data.ticket, version: found.data.version }] : [];
			});
	return {
		since(serviceDay) {
			const first = firstOfDay(serviceDay);
			if (first === null) return [];
			return database
				.select({ seq: event.seq, text: event.text })
				.from(event)
				.where(and(gte(event.seq, first), eq(event.type, "queue.cleared")))
				.orderBy(asc(event.seq))
				.all()
				.flatMap(({ seq, text }) => {
					const found = readEvent(text);
					return found?.type === "queue.cleared" ? cancelledBefore(seq, found.data.tickets) : [];
				});
		},
	};
}
