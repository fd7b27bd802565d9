import type { CounterNumber, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { TicketClass } from "../../protocol/model/ticket.ts";
import { type LegStep, LONGEST_SERVICE_MS } from "../../protocol/statistics/leg.ts";
import type { DatedRecord } from "../statistics/read-day.ts";

/* A past day as it can be played again: who came when and for what, and when each counter was at work. */

export interface RecordedVisit {
	arrivedAt: number;
	class: TicketClass;
	queuePosition: number;
	language: Language | null;
	/** What the visitor waited for, one after the other. */
	legs: readonly {
		topic: TopicId;
		/** Null where it was not served, or its length cannot be believed. */
		serviceMs: number | null;
	}[];
	/** From the call until the visitor sat down; null where they never did. */
	walkMs: number | null;
	/** At which call the visitor came; Infinity where never. */
	comesAtCall: number;
	/** When the visitor left and said so; null where they did not. */
	leftAt: number | null;
	/** The first call; null where there was none. */
	calledAt: number | null;
	/** Still waited when the day was closed. */
	isClosed: boolean;
	/** When it waited, for the last time included. */
	waits: readonly { topic: TopicId; from: number; to: number }[];
	/** When it was at a counter. */
	atCounter: readonly Stay[];
}

export interface Stay extends Span {
	counter: CounterNumber;
	topic: TopicId;
}

export interface Span {
	from: number;
	to: number;
}

/** A ticket as a visit; null where nobody came with it. */
export function recordVisit({ arrivedAt, queuePosition, record }: DatedRecord): RecordedVisit | null {
	if (record.cancelled === "withdrawn") return null;
	const { steps } = record;
	const calls = steps.filter(({ state }) => state === "called");
	const sat = steps.findIndex(({ state }) => state === "serving");
	const callsBefore = steps.slice(0, sat).filter(({ state }) => state === "called").length;
	const lastWait = steps.findLast(({ state }) => state === "waiting");
	const walk = steps[sat - 1];
	return {
		...{ arrivedAt, queuePosition, class: record.class, language: record.language },
		legs: legsOf(steps),
		walkMs: walk?.state === "called" ? lengthOf(walk) : null,
		comesAtCall: sat >= 0 ? Math.max(1, callsBefore) : calls.length > 0 ? Number.POSITIVE_INFINITY : 1,
		leftAt: record.cancelled === "left" ? (lastWait?.endedAt ?? null) : null,
		calledAt: (calls[0] ?? steps[sat])?.startedAt ?? null,
		isClosed: steps.at(-1)?.state === "waiting" && record.cancelled !== "left",
		waits: steps.flatMap(({ state, topic, startedAt, endedAt }) =>
			state === "waiting" ? [{ topic, from: startedAt, to: endedAt ?? Number.POSITIVE_INFINITY }] : [],
		),
		atCounter: staysOf(steps),
	};
}

/** Topics that went on at once at the same counter are one service: nobody waited between them. */
function legsOf(steps: readonly LegStep[]): RecordedVisit["legs"] {
	const legs: { topic: TopicId; serviceMs: number | null; isBelieved: boolean }[] = [];
	for (const [place, step] of steps.entries()) {
		const before = steps[place - 1];
		const isNew = before === undefined || (step.begins !== null && step.state !== "serving") || isMoved(before, step);
		if (isNew) legs.push({ topic: step.topic, serviceMs: null, isBelieved: true });
		const leg = legs.at(-1);
		if (!leg || step.state !== "serving") continue;
		const length = lengthOf(step);
		if (length === null) leg.isBelieved = false;
		else leg.serviceMs = (leg.serviceMs ?? 0) + length;
	}
	return legs.map(({ topic, serviceMs, isBelieved }) => ({ topic, serviceMs: isBelieved ? serviceMs : null }));
}

const isMoved = (before: LegStep, step: LegStep) => before.topic !== step.topic && step.state === "waiting";

/** Null where it cannot be believed, or is not over. */
function lengthOf({ startedAt, endedAt, isDoubtful }: LegStep): number | null {
	if (endedAt === null || isDoubtful || endedAt < startedAt || endedAt - startedAt > LONGEST_SERVICE_MS) return null;
	return endedAt - startedAt;
}

/** From a call to when the counter was free again. */
function staysOf(steps: readonly LegStep[]): Stay[] {
	const stays: Stay[] = [];
	for (const { state, counter, topic, startedAt, endedAt } of steps) {
		if ((state !== "called" && state !== "serving") || counter === null) continue;
		const to = endedAt ?? startedAt;
		const last = stays.at(-1);
		if (last?.counter === counter && last.to === startedAt) last.to = to;
		else stays.push({ counter, topic, from: startedAt, to });
	}
	return stays;
}
