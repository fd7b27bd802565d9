import type { TopicId } from "../../protocol/model/ids.ts";
import type { Wait, WaitStatus } from "../../protocol/model/ticket.ts";
import { countsAsAhead, sharesCounter } from "./reachability.ts";
import { serviceDayAt } from "./service-day.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import type { TicketRow } from "./ticket-row.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";
import { sumCounts, WaitingLine } from "./waiting-line.ts";

/** What a visitor who takes a ticket now has to expect. */
export interface Ahead {
	people: number;
	/** Null where nobody serves the topic, or nobody can tell. */
	wait: Wait | null;
	status: WaitStatus;
}

/** The current service day and how many wait on it. In memory, because both are needed for every ticket. */
export class ServiceDayCache {
	readonly #deps: TicketServiceDeps;
	readonly #repository: TicketRepository;
	#latestDay: string | undefined;
	#today: { minute: number; day: string } | undefined;
	#line: WaitingLine | undefined;

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

	/** Who waits; read from the database when the day changes. */
	line(serviceDay: string): WaitingLine {
		if (this.#line?.serviceDay !== serviceDay)
			this.#line = new WaitingLine(serviceDay, this.#repository.line.all({ serviceDay }));
		return this.#line;
	}

	/** To be called after a rollback: the line is read from the database again. */
	forget(): void {
		this.#line = undefined;
	}

	/** To be called after each commit that changes a ticket. */
	moved(before: TicketRow, after: TicketRow): void {
		const { id, state: to, topic, counter, arrivedAt, since, class: ticketClass } = after;
		if (before.state !== to || before.topic !== topic)
			this.#deps.ticketChanged?.({
				...{ ticket: id, to, topic, counter, arrivedAt, at: since, class: ticketClass, told: toldOf(after) },
			});
		if (this.#line?.serviceDay !== after.serviceDay) return;
		this.#line.left(before.id);
		if (after.state === "waiting") this.#line.joined(after);
	}

	/** How many wait in all. */
	waitingCount(now: number): number {
		return this.line(this.serviceDay(now)).people;
	}

	/** People before a new ticket of a topic: those whom a counter that serves it may call. */
	peopleBefore(topic: TopicId, line: WaitingLine, now: number): number {
		const staffed = this.#deps.staffing?.(now);
		if (staffed === undefined) return line.people;
		return sumCounts(line.counts().filter((other) => sharesCounter(topic, other.topic, staffed)));
	}

	/** What a visitor who takes a ticket of a topic now has to expect. */
	ahead(topic: TopicId, now: number): Ahead {
		const { wait, status } = this.#deps.waits.ofTopic(topic, now);
		return { people: this.peopleBefore(topic, this.line(this.serviceDay(now)), now), wait, status };
	}

	/** What a waiting ticket still has ahead of it. */
	aheadOf({ id, serviceDay, topic }: TicketRow, now: number): Ahead {
		const line = this.line(serviceDay).ordered();
		const staffed = this.#deps.staffing?.(now);
		const place = line.findIndex((other) => other.id === id);
		const before = line.slice(0, Math.max(0, place));
		const people =
			staffed === undefined
				? before.length
				: before.filter((other) => countsAsAhead(other, staffed) && sharesCounter(topic, other.topic, staffed)).length;
		const { wait, status } = this.#deps.waits.ofTicket(id, now);
		return { people, wait, status };
	}
}

function toldOf({ waitLowMs, waitMiddleMs, waitHighMs }: TicketRow) {
	if (waitLowMs === null || waitMiddleMs === null || waitHighMs === null) return null;
	return { lowMs: waitLowMs, middleMs: waitMiddleMs, highMs: waitHighMs };
}
