import { and, asc, eq, gte, inArray, lt, lte, ne, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event, STREAMS_IN_ORDER, stream } from "../../db/station/schema/events.ts";
import { packedDay } from "../../db/station/schema/statistics.ts";
import { expectedVisit, ticket } from "../../db/station/schema/tickets.ts";
import { redactEvent } from "../../protocol/events/hash-chain.ts";
import { isRedacted, PERSONAL_EVENT_TYPES } from "../../protocol/events/personal-fields.ts";
import { dueOf } from "../../protocol/events/retention.ts";
import type { TicketId } from "../../protocol/model/ids.ts";

type EventRow = typeof event.$inferSelect;

export interface Retention {
	/**
	 * Redacts up to `most` events that happened before an instant (UTC milliseconds), with their tickets, in one
	 * transaction; returns how many. Of an enrolled station only those that the server has in a backup; never a ticket
	 * that is not over.
	 */
	redact(before: number, limit: number, isEnrolled: boolean): number;
}

/**
 * Removes what links old tickets to their visitors: code, request key, language and note from the table, and the
 * personal fields from the events. Numbers, states, times and the hash chain stay.
 */
export function openRetention(database: StationDatabase): Retention {
	const linked = inArray(event.type, PERSONAL_EVENT_TYPES);
	const nextLinked = database
		.select({ seq: event.seq, text: event.text, original: event.original })
		.from(event)
		.where(and(linked, gte(event.seq, sql.placeholder("place"))))
		.orderBy(asc(event.seq))
		.limit(1)
		.prepare();

	/** The place of the first linked event that is whole, by halves: what was cut is the beginning of the log. */
	const firstWhole = (last: number): number => {
		let low = 1;
		let high = last + 1;
		while (low < high) {
			const middle = Math.floor((low + high) / 2);
			const found = nextLinked.get({ place: middle });
			if (found && isRedacted(found.original ?? found.text)) low = found.seq + 1;
			else high = middle;
		}
		return low;
	};

	return {
		redact: (before, limit, isEnrolled) =>
			database.transaction(
				(tx) => {
					const last = lastKeptElsewhere(isEnrolled);
					const next = tx
						.select()
						.from(event)
						.where(and(linked, gte(event.seq, firstWhole(last)), lte(event.seq, last)))
						.orderBy(asc(event.seq))
						.limit(limit)
						.all();
					const due = upToLive(dueOf(next, before));
					for (const row of due) {
						const left = redactEvent(row.original ?? row.text);
						tx.update(event)
							.set(row.original === null ? { text: left } : { original: left })
							.where(eq(event.seq, row.seq))
							.run();
						if (row.type === "ticket.issued") redactTicket(ticketOf(left));
					}
					if (due.length < limit) redactVisits(before);
					return due.length;
				},
				{ behavior: "immediate" },
			),
	};

	/** The last place up to which the events may be cut: until a backup has them, they could not be restored. */
	function lastKeptElsewhere(isEnrolled: boolean): number {
		let last = 0;
		for (const { base, seq, backedUpSeq } of database
			.select()
			.from(stream)
			.orderBy(...STREAMS_IN_ORDER)
			.all()) {
			last = base + (isEnrolled ? Math.min(seq, backedUpSeq) : seq);
			if (last < base + seq) break;
		}
		return last;
	}

	/**
	 * Those before the first whose ticket lives: a clock that was a year behind dates today's tickets so, and their
	 * visitors need the code on the paper. The end of their day ends the wait.
	 */
	function upToLive(due: EventRow[]): EventRow[] {
		const live = due.findIndex((row) => row.type === "ticket.issued" && isLive(ticketOf(row.original ?? row.text)));
		return live === -1 ? due : due.slice(0, live);
	}

	function isLive(id: TicketId): boolean {
		const found = database.select({ state: ticket.state }).from(ticket).where(eq(ticket.id, id)).get();
		return found !== undefined && found.state !== "finished" && found.state !== "cancelled";
	}

	function redactTicket(id: TicketId): void {
		const redacted = database
			.update(ticket)
			.set({ code: "", requestKey: `cut ${id}`, language: null, note: null, before: null })
			.where(eq(ticket.id, id))
			.returning({ serviceDay: ticket.serviceDay })
			.get();
		// What statistics keep of the day has the language too: they make it again without.
		if (redacted) database.delete(packedDay).where(eq(packedDay.serviceDay, redacted.serviceDay)).run();
	}

	/** By their own day: a booking is made long before it. */
	function redactVisits(before: number): void {
		database
			.update(expectedVisit)
			.set({
				codeDigest: "",
				source: sql`'redacted ' || ${expectedVisit.id}`,
				language: null,
				fromSite: null,
				fromTicket: null,
			})
			.where(and(lt(expectedVisit.at, before), ne(expectedVisit.codeDigest, "")))
			.run();
	}
}

const ticketOf = (issued: string) => (JSON.parse(issued) as { data: { ticket: TicketId } }).data.ticket;
