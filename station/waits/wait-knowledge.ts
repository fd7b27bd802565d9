import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { TicketClass } from "../../protocol/model/ticket.ts";
import { type Calibration, calibrate, type RawEstimate, type Score, scoreOf } from "./calibration.ts";
import { type QueueChange, QueueObserver } from "./queue-observer.ts";
import { QUANTILE_STEPS, type ServiceTimes, ServiceTimesLearner } from "./service-times.ts";

/** Days of its own record that the station looks back on. */
export const RECORD_DAYS = 60;

/** A ticket came into a state, with what it was told at its issue. */
export interface TicketChange extends QueueChange {
	class: TicketClass;
	/** Null where the ticket was told nothing. */
	told: RawEstimate | null;
}

/** What the station has learned of its visits, and of its own estimates. It follows the queue from change to change. */
export class WaitKnowledge {
	readonly #learner: ServiceTimesLearner;
	readonly #observer: QueueObserver;
	readonly #timeOfDayMs: (at: number) => number;
	readonly #days: Score[][] = [];
	readonly #calledTickets = new Set<string>();
	readonly #pausedAt = new Map<CounterNumber, number>();
	#today: Score[] = [];
	#calibration: Calibration = calibrate([]);

	/** `minutesOf` is the catalogue's; `timeOfDayMs` by the site's clock on the wall. */
	constructor(minutesOf: (topic: TopicId) => number, timeOfDayMs: (at: number) => number) {
		this.#learner = new ServiceTimesLearner(minutesOf);
		this.#observer = new QueueObserver(this.#learner);
		this.#timeOfDayMs = timeOfDayMs;
	}

	get times(): ServiceTimes {
		return this.#learner;
	}

	/** From the record of the days before: within a day it stays. */
	calibration(): Calibration {
		return this.#calibration;
	}

	meanMs(topic: TopicId): number {
		const table = this.#learner.visit(topic);
		return table.reduce((sum, ms) => sum + ms, 0) / QUANTILE_STEPS;
	}

	timeOfDayMs(at: number): number {
		return this.#timeOfDayMs(at);
	}

	freeSince(counter: CounterNumber): number | undefined {
		return this.#observer.freeSince(counter);
	}

	breaksBegun(counter: CounterNumber): number {
		return this.#observer.breaksBegun(counter);
	}

	ticketChanged(change: TicketChange): void {
		this.#observer.ticketChanged(change);
		if (change.to !== "called" || this.#calledTickets.has(change.ticket)) return;
		this.#calledTickets.add(change.ticket);
		// Only walk-ins: what a booked visitor waits is decided by the booking.
		if (change.told !== null && change.class === "ordinary")
			this.#today.push(scoreOf(change.told, Math.max(0, change.at - change.arrivedAt)));
	}

	counterStaffed(counter: CounterNumber): void {
		this.#observer.counterStaffed(counter);
	}

	breakBegan(counter: CounterNumber, at: number): void {
		this.#pausedAt.set(counter, at);
		this.#observer.breakBegan(counter, this.#timeOfDayMs(at));
	}

	breakEnded(counter: CounterNumber, at: number): void {
		if (this.#pausedAt.delete(counter)) this.#observer.breakEnded(counter, this.#timeOfDayMs(at));
	}

	/** What the sessions show of breaks that began or ended since they were last seen. */
	noteBreaks(staffed: readonly { counter: CounterNumber; pausedAt: number | null }[], now: number): void {
		for (const { counter, pausedAt } of staffed) {
			this.#observer.counterStaffed(counter);
			const before = this.#pausedAt.get(counter);
			if (pausedAt !== null && before === undefined) this.breakBegan(counter, pausedAt);
			if (pausedAt === null && before !== undefined) this.breakEnded(counter, now);
		}
	}

	dayEnded(): void {
		this.#observer.dayEnded();
		this.#calledTickets.clear();
		this.#pausedAt.clear();
		this.#days.push(this.#today);
		if (this.#days.length > RECORD_DAYS) this.#days.shift();
		this.#today = [];
		this.#calibration = calibrate(this.#days);
	}
}
