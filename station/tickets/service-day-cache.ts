import type { Wait } from "../../protocol/model/ticket.ts";
import { orderLine } from "./queue-order.ts";
import { countsAsAhead } from "./reachability.ts";
import { serviceDayAt } from "./service-day.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import type { TicketRow } from "./ticket-row.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";
import { estimateWait } from "./wait.ts";
import { sumLine, WaitingCounts } from "./waiting-counts.ts";

/** What a visitor who takes a ticket now has to expect. */
export interface Ahead {
	people: number;
	wait: Wait;
}

/** The current service day and how many wait on it. In memory, because both are needed for every ticket. */
export class ServiceDayCache {
	readonly #deps: TicketServiceDeps;
	readonly #repository: TicketRepository;
	#latestDay: string | undefined;
	#today: { minute: number; day: string } | undefined;
	#line: WaitingCounts | undefined;

	constructor(deps: TicketServiceDeps, repository: TicketRepository) {
		this.#deps = deps;
		this.#repository = repository;
		this.#latestDay = repository.latestServiceDay.get()?.day;
	}

	/** The service day of an instant; never earlier than the latest one used. */
	serviceDay(now: number): string {
		// A wall clock's day cannot change within a minute, and reading one costs as much as a query.
		const minute = Math.floor(now / 60_000);
		if (this.#deps.holdsDay?.() === true) return this.#today?.day ?? this.#latestDay ?? this.#dayOf(now);
		if (this.#today?.minute !== minute) this.#today = { minute, day: this.#dayOf(now) };
		return this.#today.day;
	}

	#dayOf(now: number): string {
		return serviceDayAt(now, this.#deps.site, this.#latestDay);
	}

	/** To be called after tickets were issued on a day: no earlier day follows. */
	noteIssuedOn(serviceDay: string): void {
		this.#latestDay = serviceDay;
	}

	/** How many wait for each topic; read from the database when the day changes. */
	line(serviceDay: string): WaitingCounts {
		if (this.#line?.serviceDay !== serviceDay)
			this.#line = new WaitingCounts(serviceDay, this.#repository.waitingByTopic.all({ serviceDay }));
		return this.#line;
	}

	/** To be called after a rollback: the counts are read from the database again. */
	forget(): void {
		this.#line = undefined;
	}

	/** To be called after each commit that changes a ticket. */
	moved(before: TicketRow, after: TicketRow): void {
		if (this.#line?.serviceDay !== after.serviceDay) return;
		if (before.state === "waiting") this.#line.left(before.topic);
		if (after.state === "waiting") this.#line.joined(after.topic);
	}

	/** How many wait in all. */
	waitingCount(now: number): number {
		return sumLine(this.line(this.serviceDay(now)).counts(), () => 0).people;
	}

	/** What a visitor who takes a ticket now has to expect. */
	ahead(now: number): Ahead {
		return this.aheadIn(this.line(this.serviceDay(now)), now);
	}

	/** Those whose topic no staffed counter serves are left out: nobody waits for them. */
	aheadIn(line: WaitingCounts, now: number): Ahead {
		const staffed = this.#deps.staffing?.(now);
		const counts = Array.from(line.counts()).filter(
			({ topic }) => staffed === undefined || countsAsAhead({ topic, reservedFor: null }, staffed),
		);
		const { people, minutes } = sumLine(counts, this.#deps.minutesOf);
		return { people, wait: estimateWait(minutes, this.#deps.openCounters(now)) };
	}

	/** What a waiting ticket still has ahead of it. */
	aheadOf({ id, serviceDay }: TicketRow, now: number): Ahead {
		const line = orderLine(this.#repository.line.all({ serviceDay }));
		const staffed = this.#deps.staffing?.(now);
		const before = line
			.slice(
				0,
				line.findIndex((other) => other.id === id),
			)
			.filter((other) => staffed === undefined || countsAsAhead(other, staffed));
		const { people, minutes } = sumLine(
			before.map(({ topic }) => ({ topic, count: 1 })),
			this.#deps.minutesOf,
		);
		return { people, wait: estimateWait(minutes, this.#deps.openCounters(now)) };
	}
}
