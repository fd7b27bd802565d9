import type { Queue, QueueEntry } from "../../../protocol/api/board.ts";
import type { PrinterStatus, PrintState } from "../../../protocol/model/print.ts";
import type { TicketState } from "../../../protocol/model/ticket.ts";
import { ticketAtCounter } from "./queue.ts";

/** What the desk knows about printed tickets and the printer. All times are the station's clock. */

/** A ticket prints within a few seconds; after this, staff should know that the visitor may hold no paper. */
export const PRINT_LATE_AFTER_MS = 15_000;

/** `again`: one more copy is in flight, and not late yet. */
export type PaperMark = "again" | "late" | "doubtful" | "failed";

/**
 * Tickets with one more copy in flight, and since when this desk has seen it: the
 * queue has the state of a ticket's last copy, but not which copy that is.
 */
export type Copies = Readonly<Record<QueueEntry["id"], number>>;

const isInFlight = (state: PrintState) => state === "queued" || state === "sending" || state === "sent";

/** The copies in flight after a new queue: a settled print that is in flight again is a copy. */
export function followCopies(known: Copies, before: Queue | null, after: Queue, at: number): Copies {
	const settled = new Set(before?.tickets.filter(({ print }) => !isInFlight(print.state)).map(({ id }) => id));
	const copies: Record<string, number> = {};
	for (const { id, print } of after.tickets) {
		if (!isInFlight(print.state)) continue;
		const since = settled.has(id) ? at : known[id];
		if (since !== undefined) copies[id] = since;
	}
	return copies;
}

/**
 * What staff must know about the ticket's print; null when it is confirmed, or the first copy is in flight. Null too where
 * its printer can confirm none and reported no trouble: that is said once, of the printer.
 */
export function paperMark(
	ticket: Pick<QueueEntry, "id" | "print" | "arrivedAt">,
	copies: Copies,
	now: number,
): PaperMark | null {
	switch (ticket.print.state) {
		case "confirmed":
		// A job that was reprinted is never a ticket's last job.
		case "reprinted":
			return null;
		case "doubtful":
		case "failed":
			return ticket.print.sentOnly ? null : ticket.print.state;
		case "queued":
		case "sending":
		case "sent": {
			const copySince = copies[ticket.id];
			if (now - (copySince ?? ticket.arrivedAt) >= PRINT_LATE_AFTER_MS) return "late";
			return copySince === undefined ? null : "again";
		}
	}
}

/** Visitors who are still here. The paper of a missed visitor no longer matters. */
const PRESENT: ReadonlySet<TicketState> = new Set(["waiting", "called", "serving", "parked"]);

/** How many visitors who are still here may have no paper. A print in flight does not count until it is late. */
export function countUnprinted(queue: Queue, copies: Copies, now: number): number {
	return queue.tickets.filter((ticket) => {
		const mark = paperMark(ticket, copies, now);
		return PRESENT.has(ticket.state) && mark !== null && mark !== "again";
	}).length;
}

/** Whether a visitor who is here has a ticket that its printer could not confirm. */
export function hasSentOnly(queue: Queue): boolean {
	return queue.tickets.some(({ state, print }) => PRESENT.has(state) && print.sentOnly === true);
}

/**
 * The ticket that the reprint button prints: the one at this counter, once its print is settled; else,
 * of those that may have no paper, the one that was issued first. Null where there is none.
 */
export function ticketToReprint(queue: Queue, counter: string): QueueEntry | null {
	const mine = ticketAtCounter(queue, counter);
	if (mine !== null && (mine.print.state === "confirmed" || isUnproven(mine))) return mine;
	return queue.tickets
		.filter((ticket) => PRESENT.has(ticket.state) && isUnproven(ticket) && !ticket.print.sentOnly)
		.reduce<QueueEntry | null>(
			(first, ticket) => (first === null || ticket.arrivedAt < first.arrivedAt ? ticket : first),
			null,
		);
}

export const isUnproven = ({ print }: QueueEntry) => print.state === "doubtful" || print.state === "failed";

export type PrinterLevel = "well" | "warning" | "trouble";

/** How urgent the printer line is: trouble stops tickets, a warning does not yet. */
export function printerLevel({ condition, paperNearEnd, insteadOf }: PrinterStatus): PrinterLevel {
	if (condition !== "ready") return "trouble";
	return paperNearEnd || insteadOf ? "warning" : "well";
}
