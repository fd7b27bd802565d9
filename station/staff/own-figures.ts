import { and, asc, eq, gte, inArray, min, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import { ticket } from "../../db/station/schema/tickets.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { StaffId, TicketId } from "../../protocol/model/ids.ts";
import type { OwnFigures } from "../../protocol/model/staff.ts";

/** What a member of staff did on a service day, from the events since its first ticket. */
export function readOwnFigures(database: StationDatabase, staffId: StaffId, serviceDay: string): OwnFigures {
	const first = database
		.select({ seq: min(ticket.issuedSeq) })
		.from(ticket)
		.where(eq(ticket.serviceDay, serviceDay))
		.get();
	if (first?.seq == null) return { served: 0, missed: 0, meanServiceMs: null };
	const rows = database
		.select({ text: event.text })
		.from(event)
		.where(
			and(
				gte(event.seq, first.seq),
				inArray(event.type, ["ticket.started", "ticket.continued", "ticket.finished", "ticket.missed"]),
				sql`json_extract(${event.text}, '$.by') = ${staffId}`,
			),
		)
		.orderBy(asc(event.seq))
		.all();
	const startedAt = new Map<TicketId, number>();
	const durations: number[] = [];
	let [served, missed] = [0, 0];
	for (const { text } of rows) {
		const found = readEvent(text);
		switch (found?.type) {
			case "ticket.started":
				startedAt.set(found.data.ticket, found.at);
				break;
			case "ticket.continued":
			case "ticket.finished": {
				served += 1;
				const since = startedAt.get(found.data.ticket);
				if (since !== undefined) durations.push(Math.max(0, found.at - since));
				// The next topic begins where this one ends.
				startedAt.set(found.data.ticket, found.at);
				break;
			}
			case "ticket.missed":
				missed += 1;
		}
	}
	const sum = durations.reduce((total, one) => total + one, 0);
	return { served, missed, meanServiceMs: durations.length === 0 ? null : sum / durations.length };
}
