import type { TicketId, TopicId } from "../../protocol/model/ids.ts";
import { orderLine } from "./queue-order.ts";
import type { TicketRow } from "./ticket-row.ts";

/** What is known in memory of a ticket that waits. */
export type WaitingTicket = Pick<
	TicketRow,
	| "id"
	| "number"
	| "issuedSeq"
	| "class"
	| "queuePosition"
	| "behind"
	| "notBefore"
	| "topic"
	| "nextTopics"
	| "language"
	| "reservedFor"
	| "arrivedAt"
	| "calls"
>;

/**
 * Who waits on one service day. Kept in memory, because reading five hundred rows costs more than what they are read for:
 * each call, each place on a phone, each picture of the board and each estimate asks for the line.
 */
export class WaitingLine {
	readonly serviceDay: string;
	readonly #tickets: Map<TicketId, WaitingTicket>;
	readonly #counts = new Map<TopicId, number>();
	#ordered: readonly WaitingTicket[] | undefined;
	/** Then the order of those who stay is the same when one leaves. */
	#isByPosition = false;

	constructor(serviceDay: string, tickets: Iterable<WaitingTicket>) {
		this.serviceDay = serviceDay;
		this.#tickets = new Map(Array.from(tickets, (ticket) => [ticket.id, ticket]));
		for (const { topic } of this.#tickets.values()) this.#count(topic, 1);
	}

	joined(ticket: WaitingTicket): void {
		this.#tickets.set(ticket.id, ticket);
		this.#count(ticket.topic, 1);
		this.#ordered = undefined;
	}

	left(id: TicketId): void {
		const ticket = this.#tickets.get(id);
		if (!ticket) return;
		this.#tickets.delete(id);
		this.#count(ticket.topic, -1);
		// Where a clock was set back, a ticket holds back those of its class that came after it by the clock of then.
		this.#ordered = this.#isByPosition ? this.#ordered?.filter((other) => other.id !== id) : undefined;
	}

	#count(topic: TopicId, change: number): void {
		this.#counts.set(topic, (this.#counts.get(topic) ?? 0) + change);
	}

	get people(): number {
		return this.#tickets.size;
	}

	counts(): { topic: TopicId; count: number }[] {
		return Array.from(this.#counts, ([topic, count]) => ({ topic, count }));
	}

	/** In the order in which any counter would call. */
	ordered(): readonly WaitingTicket[] {
		if (this.#ordered === undefined) {
			const line = orderLine([...this.#tickets.values()]);
			this.#ordered = line;
			this.#isByPosition = line.every(
				({ queuePosition }, place) => queuePosition <= (line[place + 1] ?? { queuePosition }).queuePosition,
			);
		}
		return this.#ordered;
	}
}

export function sumCounts(counts: readonly { count: number }[]): number {
	return counts.reduce((people, { count }) => people + count, 0);
}
