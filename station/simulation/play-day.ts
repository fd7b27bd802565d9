import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { chooseNext, Queued, QueueRules, queuePositionOf } from "../tickets/queue-order.ts";
import type { TransitionRules } from "../tickets/state-machine.ts";
import type { DayPlan, PlannedCounter, PlannedVisitor } from "./day-plan.ts";

/** The rules of the real queue, by which the day is played. */
export interface PlayRules {
	chooseNext: typeof chooseNext;
	queuePositionOf: typeof queuePositionOf;
	queue: QueueRules;
	transition: TransitionRules;
}

type Happening =
	| { kind: "sign-in" | "sign-out" | "pause" | "resume"; counter: CounterNumber }
	| { kind: "issue" | "leave"; visitor: number }
	| { kind: "call" | "start" | "finish" | "no-show"; visitor: number; counter: CounterNumber }
	| { kind: "transfer"; visitor: number; counter: CounterNumber; topic: TopicId };

/** What happens, in the order of time. `visitor` is a place in the plan. */
export type DayAction = { at: number } & Happening;

export interface WaitingVisitor extends Queued {
	visitor: number;
}

/** A counter that is signed in. */
export interface PlayedCounter {
	plan: PlannedCounter;
	busy: { visitor: number; topic: TopicId; since: number; isServing: boolean } | null;
	pausedSince: number | null;
	idleSince: number;
	gaps: number;
}

/** The queue at one moment of the day. */
export interface DayState {
	now: number;
	waiting: readonly WaitingVisitor[];
	counters: readonly PlayedCounter[];
}

/** Called after each action with the state that it made. */
export type Observe = (action: DayAction, live: DayState) => void;

interface Due {
	at: number;
	order: number;
	act(): void;
}

/**
 * Plays a planned day as the real queue would have gone: counters call by its rules, visitors come or do not, sit down,
 * leave. Everything that happens goes to `observe`. Whoever waits at the end is left waiting.
 */
export function playDay({ visitors, counters: planned, endsAt }: DayPlan, rules: PlayRules, observe: Observe): void {
	const due = new Agenda();
	const waiting: WaitingVisitor[] = [];
	const counters: PlayedCounter[] = [];
	const calls = new Map<number, number>();
	const transferred = new Map<number, number>();
	let now = 0;
	let issued = 0;
	const tell = (action: Happening) => observe({ at: now, ...action }, { now, waiting, counters });
	const remove = (visitor: number): WaitingVisitor | undefined => {
		const place = waiting.findIndex((one) => one.visitor === visitor);
		return place < 0 ? undefined : waiting.splice(place, 1)[0];
	};
	const visitorAt = (place: number): PlannedVisitor => {
		const visitor = visitors[place];
		if (!visitor) throw new Error(`There is no visitor ${place}.`);
		return visitor;
	};

	const offerAll = () => {
		for (const counter of counters) offer(counter);
	};
	/** A free counter calls who is next, a moment after it could. */
	const offer = (counter: PlayedCounter) => {
		if (counter.busy !== null || !counters.includes(counter) || now >= endsAt) return;
		const pause = counter.plan.breaks.find(({ from, to }) => from <= now && now < to);
		if (pause) {
			if (counter.pausedSince !== null) return;
			counter.pausedSince = now;
			tell({ kind: "pause", counter: counter.plan.counter });
			due.add(pause.to, () => {
				counter.pausedSince = null;
				counter.idleSince = now;
				tell({ kind: "resume", counter: counter.plan.counter });
				offer(counter);
			});
			return;
		}
		if (counter.pausedSince !== null) return;
		const next = chooseFor(counter);
		if (!next) return;
		const gap = counter.plan.gapsMs[counter.gaps % counter.plan.gapsMs.length] ?? 0;
		const readyAt = counter.idleSince + gap;
		if (readyAt > now) return due.add(readyAt, () => offer(counter));
		counter.gaps += 1;
		call(counter, next);
	};
	const chooseFor = ({ plan: { counter, skills } }: PlayedCounter) =>
		rules.chooseNext(waiting, { counter, skills, rules: rules.queue, now });

	const call = (counter: PlayedCounter, ticket: WaitingVisitor) => {
		const { visitor: place, topic } = ticket;
		const visitor = visitorAt(place);
		remove(place);
		const count = (calls.get(place) ?? 0) + 1;
		calls.set(place, count);
		counter.busy = { visitor: place, topic, since: now, isServing: false };
		const at = { visitor: place, counter: counter.plan.counter };
		tell({ kind: "call", ...at });
		const hasLeft = now - visitor.arrivesAt > visitor.patienceMs;
		if (hasLeft || count < visitor.comesAtCall) {
			due.add(now + 60_000 + visitor.walkMs, () => {
				if (count < rules.transition.maxCalls) {
					const notBefore = now + rules.transition.holdBackMs;
					waiting.push({ ...ticket, notBefore });
					due.add(notBefore, offerAll);
				}
				release(counter, { kind: "no-show", ...at });
			});
			return;
		}
		due.add(now + visitor.walkMs, () => {
			counter.busy = { visitor: place, topic, since: counter.busy?.since ?? now, isServing: true };
			tell({ kind: "start", ...at });
			const leg = transferred.get(place) ?? 0;
			const { serviceMs } = (leg === 0 ? undefined : visitor.transfers[leg - 1]) ?? visitor;
			const next = visitor.transfers[leg];
			due.add(now + serviceMs * counter.plan.slowness, () => {
				if (!next) return release(counter, { kind: "finish", ...at });
				transferred.set(place, leg + 1);
				waiting.push({ ...ticket, topic: next.topic, notBefore: null });
				release(counter, { kind: "transfer", ...at, topic: next.topic });
			});
		});
	};
	const release = (counter: PlayedCounter, action: Happening) => {
		counter.busy = null;
		counter.idleSince = now;
		tell(action);
		offerAll();
	};

	for (const plan of planned)
		due.add(plan.from, () => {
			const counter = { plan, busy: null, pausedSince: null, idleSince: now, gaps: 0 };
			counters.push(counter);
			tell({ kind: "sign-in", counter: plan.counter });
			offer(counter);
			for (const { from } of plan.breaks) due.add(from, () => offer(counter));
			due.add(plan.to, () => signOut(counter));
		});
	const signOut = (counter: PlayedCounter) => {
		// Whoever serves somebody stays until that visit is over.
		if (counter.busy !== null) return due.add(now + 60_000, () => signOut(counter));
		counters.splice(counters.indexOf(counter), 1);
		tell({ kind: "sign-out", counter: counter.plan.counter });
	};
	visitors.forEach((visitor, place) => {
		due.add(visitor.arrivesAt, () => {
			issued += 1;
			waiting.push({
				visitor: place,
				issuedSeq: issued,
				behind: null,
				class: visitor.class,
				queuePosition: visitor.queuePosition ?? rules.queuePositionOf(visitor.class, now, rules.queue),
				notBefore: null,
				topic: visitor.topic,
				language: visitor.language,
				reservedFor: null,
			});
			tell({ kind: "issue", visitor: place });
			if (visitor.tellsWhenLeaving)
				due.add(now + visitor.patienceMs, () => {
					if (remove(place)) tell({ kind: "leave", visitor: place });
				});
			offerAll();
		});
	});
	for (let next = due.take(); next; next = due.take()) {
		now = next.at;
		next.act();
	}
}

/** What comes, in the order of time and then of being added: a binary heap. */
class Agenda {
	readonly #heap: Due[] = [];
	#added = 0;

	add(at: number, act: () => void): void {
		this.#added += 1;
		const heap = this.#heap;
		heap.push({ at: Math.ceil(at), order: this.#added, act });
		for (let child = heap.length - 1; child > 0; ) {
			const parent = (child - 1) >> 1;
			if (!this.#isBefore(child, parent)) return;
			this.#swap(child, parent);
			child = parent;
		}
	}

	take(): Due | undefined {
		const heap = this.#heap;
		const first = heap[0];
		const last = heap.pop();
		if (!first || !last || heap.length === 0) return first;
		heap[0] = last;
		for (let parent = 0; ; ) {
			let least = parent;
			for (const child of [2 * parent + 1, 2 * parent + 2])
				if (child < heap.length && this.#isBefore(child, least)) least = child;
			if (least === parent) return first;
			this.#swap(parent, least);
			parent = least;
		}
	}

	#isBefore(one: number, other: number): boolean {
		const [a, b] = [this.#heap[one], this.#heap[other]];
		return a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order));
	}

	#swap(one: number, other: number): void {
		const [a, b] = [this.#heap[one], this.#heap[other]];
		if (!a || !b) return;
		this.#heap[one] = b;
		this.#heap[other] = a;
	}
}
