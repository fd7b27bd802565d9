import type { Queue, QueueEntry } from "../../../protocol/api/board.ts";
import type { Ticket } from "../../../protocol/model/ticket.ts";

/** Selectors of the queue. All times are the station's clock. */

/** The ticket that this counter has called or serves. */
export function ticketAtCounter(queue: Queue, counter: string): QueueEntry | null {
	const mine = queue.tickets.filter((ticket) => ticket.counter === counter);
	return mine.find((ticket) => ticket.state === "serving") ?? mine.find((ticket) => ticket.state === "called") ?? null;
}

/** The waiting tickets, in the order in which "next" calls them. */
export function waitingTickets(queue: Queue): QueueEntry[] {
	return queue.tickets.filter((ticket) => ticket.state === "waiting");
}

/** The ticket that "next" calls to this counter, as the station says; on a break it calls none. */
export function nextHere(queue: Queue): QueueEntry | null {
	if (queue.pausedAt !== null) return null;
	return queue.tickets.find(({ id, state }) => id === queue.next && state === "waiting") ?? null;
}

/** True while "next" skips the ticket, because the visitor did not come when called. */
export function isHeldBack(ticket: QueueEntry, now: number): boolean {
	return ticket.notBefore !== null && ticket.notBefore > now;
}

export interface QueueCounts {
	waiting: number;
	called: number;
	serving: number;
	missed: number;
}

export function countTickets(queue: Queue): QueueCounts {
	const counts: QueueCounts = { waiting: 0, called: 0, serving: 0, missed: 0 };
	for (const { state } of queue.tickets) {
		if (state === "waiting" || state === "called" || state === "serving" || state === "missed") counts[state] += 1;
	}
	return counts;
}

/** The queue with a note written on one ticket. */
export function withNote(queue: Queue, id: string, note: string | null): Queue {
	return { ...queue, tickets: queue.tickets.map((ticket) => (ticket.id === id ? { ...ticket, note } : ticket)) };
}

/** The queue without a call for help that was answered, or without all. */
export function withoutHelp(queue: Queue, call: number | undefined): Queue {
	const helpCalls = queue.helpCalls.filter(({ id }) => call !== undefined && id !== call);
	return { ...queue, help: helpCalls[0] ?? null, helpCalls };
}

/** How long a visitor may wait before the row says so, and before it says so loudly; in milliseconds. */
const LONG_WAIT_MS = 30 * 60_000;
const VERY_LONG_WAIT_MS = 60 * 60_000;

export function lateness(
	{ state, arrivedAt }: Pick<QueueEntry, "state" | "arrivedAt">,
	now: number,
): "long" | "very-long" | null {
	if (state !== "waiting" || now - arrivedAt < LONG_WAIT_MS) return null;
	return now - arrivedAt < VERY_LONG_WAIT_MS ? "long" : "very-long";
}

/**
 * The tickets that a typed number may mean: A012 by itself, "12" or "012" in every series. What is no number finds
 * nothing.
 */
export function findTickets(tickets: readonly QueueEntry[], typed: string): QueueEntry[] {
	const found = /^([A-Z]?)0*(\d{1,6})$/.exec(typed.normalize("NFKC").trim().toUpperCase());
	if (!found) return [];
	const [, series = "", ordinal = ""] = found;
	return tickets.filter(
		({ number }) => (series === "" || number.startsWith(series)) && Number(number.slice(1)) === Number(ordinal),
	);
}

/** Tickets that nobody could act for now. */
export function strandedTickets(queue: Queue): QueueEntry[] {
	return queue.tickets.filter(({ stranded }) => stranded !== null);
}

/** The queue with one ticket replaced by an action's answer, until the next poll. */
export function withTicket(queue: Queue, changed: Ticket): Queue {
	const known = queue.tickets.find((ticket) => ticket.id === changed.id);
	if (known !== undefined && known.version > changed.version) return queue;
	const entry: QueueEntry = {
		id: changed.id,
		number: changed.number,
		topic: changed.topic,
		nextTopics: changed.nextTopics,
		language: changed.language,
		partySize: changed.partySize,
		class: changed.class,
		bookedAt: changed.bookedAt,
		state: changed.state,
		version: changed.version,
		counter: changed.counter,
		reservedFor: changed.reservedFor,
		note: known?.note ?? null,
		undoable: changed.undoable,
		calls: changed.calls,
		arrivedAt: changed.arrivedAt,
		since: changed.since,
		notBefore: known?.notBefore ?? null,
		// Whether anybody can call it is known with the next poll.
		stranded: known?.stranded ?? null,
		print: changed.print,
	};
	const others = queue.tickets.filter((ticket) => ticket.id !== changed.id);
	const live = changed.state !== "finished" && changed.state !== "cancelled";
	if (!live) return { ...queue, tickets: others };
	if (known === undefined) return { ...queue, tickets: [...others, entry] };
	return { ...queue, tickets: queue.tickets.map((ticket) => (ticket.id === changed.id ? entry : ticket)) };
}
