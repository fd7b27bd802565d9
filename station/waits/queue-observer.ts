import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { TicketState } from "../../protocol/model/ticket.ts";
import type { ServiceTimesLearner } from "./service-times.ts";

/** A ticket came into a state. */
export interface QueueChange {
	/** Any name of the ticket. */
	ticket: string;
	to: TicketState;
	topic: TopicId;
	counter: CounterNumber | null;
	arrivedAt: number;
	at: number;
}

interface AtCounter {
	ticket: string;
	topic: TopicId;
	calledAt: number;
	arrivedAt: number;
	wasCalled: boolean;
	isServing: boolean;
}

/** Whoever is cancelled later than this was closed at the end of the day: nobody knows when they left. */
const LONGEST_WAIT_MS = 4 * 3_600_000;

/** Follows the queue from change to change, live or from the past, and teaches what the changes show. */
export class QueueObserver {
	readonly #learner: ServiceTimesLearner;
	readonly #atCounter = new Map<CounterNumber, AtCounter>();
	readonly #calledTickets = new Set<string>();
	readonly #freeSince = new Map<CounterNumber, number>();
	readonly #breaks = new Map<CounterNumber, { startOfDayMs: number; durationMs: number }[]>();

	constructor(learner: ServiceTimesLearner) {
		this.#learner = learner;
	}

	/** Since when a counter has no ticket; undefined where it has one, is on a break or was not seen. */
	freeSince(counter: CounterNumber): number | undefined {
		return this.#freeSince.get(counter);
	}

	breaksBegun(counter: CounterNumber): number {
		return this.#breaks.get(counter)?.length ?? 0;
	}

	ticketChanged(change: QueueChange): void {
		const counter = this.#counterWith(change.ticket);
		if (change.to === "called") this.#called(change);
		else if (counter === undefined) this.#leftQueue(change);
		else if (change.to === "serving") this.#serves(counter, change);
		else this.#left(counter, change);
	}

	counterStaffed(counter: CounterNumber): void {
		if (!this.#breaks.has(counter)) this.#breaks.set(counter, []);
	}

	breakBegan(counter: CounterNumber, startOfDayMs: number): void {
		this.#freeSince.delete(counter);
		this.#breaks.set(counter, [...(this.#breaks.get(counter) ?? []), { startOfDayMs, durationMs: 0 }]);
	}

	breakEnded(counter: CounterNumber, timeOfDayMs: number): void {
		const last = this.#breaks.get(counter)?.at(-1);
		if (last) last.durationMs = Math.max(0, timeOfDayMs - last.startOfDayMs);
	}

	/** Nothing of the day comes any more. */
	dayEnded(): void {
		for (const [counter, breaks] of this.#breaks) this.#learner.learnBreakDay(counter, breaks);
		this.#breaks.clear();
		this.#calledTickets.clear();
		this.#freeSince.clear();
	}

	#called({ ticket, topic, counter, arrivedAt, at }: QueueChange): void {
		const wasCalled = this.#calledTickets.has(ticket);
		if (!wasCalled) this.#learner.learnWait({ waitedMs: at - arrivedAt, hasLeft: false });
		this.#calledTickets.add(ticket);
		if (counter === null) return;
		const freeSince = this.#freeSince.get(counter);
		// While nobody waited, the counter lost no time.
		if (freeSince !== undefined && arrivedAt < freeSince) this.#learner.learnGap(at - freeSince);
		this.#freeSince.delete(counter);
		this.#atCounter.set(counter, { ticket, topic, calledAt: at, arrivedAt, wasCalled, isServing: false });
	}

	#serves(counter: CounterNumber, change: QueueChange): void {
		const own = this.#atCounter.get(counter);
		if (!own) return;
		if (!own.isServing) {
			own.isServing = true;
			return;
		}
		// Another topic of the same visit.
		this.#left(counter, change);
		this.#freeSince.delete(counter);
		this.#atCounter.set(counter, { ...own, topic: change.topic, calledAt: change.at });
	}

	#left(counter: CounterNumber, { to, at }: QueueChange): void {
		const own = this.#atCounter.get(counter);
		this.#atCounter.delete(counter);
		this.#freeSince.set(counter, at);
		if (!own) return;
		const { topic, calledAt, wasCalled, arrivedAt } = own;
		const call = { durationMs: at - calledAt, wasCalled, waitedMs: calledAt - arrivedAt };
		if (own.isServing) this.#learner.learnVisit({ topic, counter, ...call });
		else if (to === "waiting" || to === "missed") this.#learner.learnNoShow(call);
	}

	#leftQueue({ ticket, to, arrivedAt, at }: QueueChange): void {
		const waitedMs = at - arrivedAt;
		if (to !== "cancelled" || this.#calledTickets.has(ticket) || waitedMs > LONGEST_WAIT_MS) return;
		this.#learner.learnWait({ waitedMs, hasLeft: true });
	}

	#counterWith(ticket: string): CounterNumber | undefined {
		for (const [counter, own] of this.#atCounter) if (own.ticket === ticket) return counter;
		return undefined;
	}
}
