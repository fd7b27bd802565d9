import type { Wait } from "../../protocol/model/ticket.ts";
import { orderLine } from "./queue-order.ts";
import { serviceDayAt } from "./service-day.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import type { TicketRow } from "./ticket-row.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";
import { estimateWait } from "./wait.ts";
import { sumLine, WaitingCounts } from "./waiting-counts.ts";

/** What a newcomer meets. */
export interface Ahead {
	people: number;
	wait: Wait;
}

/** The service day that is, and its line: kept beside the database, and moved after each commit. */
export class Day {
	readonly #parts: TicketServiceDeps;
	readonly #statements: TicketRepository;
	#latestDay: string | undefined;
	#today: { minute: number; day: string } | undefined;
	#line: WaitingCounts | undefined;

	constructor(deps: TicketServiceDeps, statements: TicketRepository) {
		this.#parts = deps;
		this.#statements = statements;
		this.#latestDay = statements.latestServiceDay.get()?.day;
	}

	/** The service day of an instant; never earlier than the latest one used. */
	serviceDay(now: number): string {
		// A wall clock's day cannot change within a minute, and reading one costs as much as a query.
		const minute = Math.floor(now / 60_000);
		if (this.#today?.minute !== minute)
			this.#today = { minute, day: serviceDayAt(now, this.#parts.site, this.#latestDay) };
		return this.#today.day;
	}

	/** A ticket was kept under this day: no earlier one comes again. */
	used(serviceDay: string): void {
		this.#latestDay = serviceDay;
	}

	/** How many wait for each topic; loaded when the day turns. */
	line(serviceDay: string): WaitingCounts {
		if (this.#line?.serviceDay !== serviceDay)
			this.#line = new WaitingCounts(serviceDay, this.#statements.waitingByTopic.all({ serviceDay }));
		return this.#line;
	}

	/** After a change that was not kept, the line is counted anew from what is. */
	forget(): void {
		this.#line = undefined;
	}

	/** Moves the count of those who wait after a commit; a line of another day is loaded when it is asked for. */
	moved(before: TicketRow, after: TicketRow): void {
		if (this.#line?.serviceDay !== after.serviceDay) return;
		if (before.state === "waiting") this.#line.left(before.topic);
		if (after.state === "waiting") this.#line.joined(after.topic);
	}

	/** What a visitor who comes now meets. */
	ahead(now: number): Ahead {
		return this.aheadIn(this.line(this.serviceDay(now)), this.#parts.openCounters(now));
	}

	aheadIn(line: WaitingCounts, openCounters: number): Ahead {
		const { people, minutes } = sumLine(line.counts(), this.#parts.minutesOf);
		return { people, wait: estimateWait(minutes, openCounters) };
	}

	/** What is before a ticket that waits. */
	aheadOf({ id, serviceDay }: TicketRow, now: number): Ahead {
		const line = orderLine(this.#statements.line.all({ serviceDay }));
		const before = line.slice(
			0,
			line.findIndex((other) => other.id === id),
		);
		const { people, minutes } = sumLine(
			before.map(({ topic }) => ({ topic, count: 1 })),
			this.#parts.minutesOf,
		);
		return { people, wait: estimateWait(minutes, this.#parts.openCounters(now)) };
	}
}
