import type { Queue, QueueEntry } from "../../../protocol/api/board.ts";
import type { PrinterStatus, PrintState } from "../../../protocol/model/print.ts";
import type { TicketState } from "../../../protocol/model/ticket.ts";
import { ticketAtCounter } from "./queue.ts";

/** What the desk knows of tickets' papers, and of the printer. All times are the station's clock. */

/** A ticket prints within a few seconds; after this, staff should know that the visitor may hold no paper. */
export const PRINT_LATE_AFTER_MS = 15_000;

/** `again`: one more copy is on its way, and it is early yet. */
export type PaperMark = "again" | "late" | "doubtful" | "failed";

/**
 * Tickets of which one more copy is on its way, and since when, as this desk saw it begin: the
 * queue tells a ticket's last copy, not which copy that is.
 */
export type Copies = Readonly<Record<QueueEntry["id"], number>>;

const isInFlight = (state: PrintState) => state === "queued" || state === "sending" || state === "sent";

/** The copies on their way after a new picture of the queue: a paper that was settled and is under way again is a copy. */
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

/** What staff must know about the ticket's paper, or null when it is printed or still on its first way. */
export function paperMark(
	ticket: Pick<QueueEntry, "id" | "print" | "arrivedAt">,
	copies: Copies,
	now: number,
): PaperMark | null {
	switch (ticket.print.state) {
		case "confirmed":
		// A job that was reprinted is never a ticket's last one: its copy is.
		case "reprinted":
			return null;
		case "doubtful":
		case "failed":
			return ticket.print.state;
		case "queued":
		case "sending":
		case "sent": {
			const copySince = copies[ticket.id];
			if (now - (copySince ?? ticket.arrivedAt) >= PRINT_LATE_AFTER_MS) return "late";
			return copySince === undefined ? null : "again";
		}
	}
}

/** Visitors who are still here: a missed one's paper is nobody's concern any more. */
const PRESENT: ReadonlySet<TicketState> = new Set(["waiting", "called", "serving", "parked"]);

/** How many visitors who are still here may hold no paper. A ticket or copy on its way is not counted until it is late. */
export function countUnprinted(queue: Queue, copies: Copies, now: number): number {
	return queue.tickets.filter((ticket) => {
		const mark = paperMark(ticket, copies, now);
		return PRESENT.has(ticket.state) && mark !== null && mark !== "again";
	}).length;
}

/**
 * The ticket that one press prints again: the one at this counter, once its paper is settled; else,
 * of all whose paper is in doubt or failed, the one of the visitor who came first. Null where there is none.
 */
export function ticketToReprint(queue: Queue, counter: string): QueueEntry | null {
	const mine = ticketAtCounter(queue, counter);
	if (mine !== null && (mine.print.state === "confirmed" || isUnproven(mine))) return mine;
	return queue.tickets
		.filter((ticket) => PRESENT.has(ticket.state) && isUnproven(ticket))
		.reduce<QueueEntry | null>(
			(first, ticket) => (first === null || ticket.arrivedAt < first.arrivedAt ? ticket : first),
			null,
		);
}

const isUnproven = ({ print }: QueueEntry) => print.state === "doubtful" || print.state === "failed";

export type PrinterLevel = "well" | "warning" | "trouble";

/** How urgent the printer line is: trouble stops tickets, a warning does not yet. */
export function printerLevel({ condition, paperNearEnd }: PrinterStatus): PrinterLevel {
	if (condition !== "ready") return "trouble";
	return paperNearEnd ? "warning" : "well";
}
