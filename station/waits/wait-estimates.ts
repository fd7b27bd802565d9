import type { CounterNumber, TicketId, TopicId } from "../../protocol/model/ids.ts";
import type { Wait, WaitStatus } from "../../protocol/model/ticket.ts";
import { applyCalibration, type RawEstimate, summarize } from "./calibration.ts";
import { type CounterSnapshot, type LineTicket, mayCall, type QueueSnapshot } from "./queue-snapshot.ts";
import { roundWait } from "./round-wait.ts";
import { simulateInSlices } from "./simulate-waits.ts";
import { finish, finishInBetween, type Slices } from "./slices.ts";
import type { WaitKnowledge } from "./wait-knowledge.ts";

/** How long somebody will wait. */
export interface WaitEstimate {
	/** Null where nobody serves the topic, or nobody can tell. */
	wait: Wait | null;
	status: WaitStatus;
	/** As simulated, before the record corrects it: kept with the ticket, so that the record can be made. */
	raw: RawEstimate | null;
}

/** The live queue as the tickets' room reads it. */
export interface CurrentQueue {
	/** In the order in which any counter would call. */
	line: readonly (LineTicket & { id: TicketId })[];
	atCounters: readonly { counter: CounterNumber; topic: TopicId; since: number; isServing: boolean }[];
}

export interface StaffedCounterNow {
	counter: CounterNumber;
	openedAt: number;
	pausedAt: number | null;
	topics: CounterSnapshot["topics"];
	languages: CounterSnapshot["languages"];
}

export interface WaitEstimatesDeps {
	knowledge: WaitKnowledge;
	topics(): readonly TopicId[];
	readQueue(now: number): CurrentQueue;
	staffed(now: number): readonly StaffedCounterNow[];
	/** Bookings whose visitors are not here yet and have their place before whoever comes now. */
	expected(now: number): readonly LineTicket[];
	languageReachMs: number;
	/** How often the queue is played for one estimate; as often as it needs unless given. */
	runs?: number;
	/**
	 * With it an estimate is made a moment after a change, and until then the last one holds; without it a change is
	 * followed by a new estimate as soon as one is asked for.
	 */
	clock?: (() => number) | undefined;
	/** A new estimate was made a moment after a change. */
	refreshed?: () => void;
}

export interface WaitEstimates {
	/** Of a visitor who takes a ticket of the topic now. */
	ofTopic(topic: TopicId, now: number): WaitEstimate;
	/**
	 * The same while a ticket is issued: the last estimate, moved by those who came since. `people` are before the new one.
	 * Issuing does not wait for a simulation, but for the first of a day.
	 */
	atIssue(topic: TopicId, people: number, now: number): WaitEstimate;
	/** Of a ticket that waits. */
	ofTicket(id: TicketId, now: number): WaitEstimate;
	/** Something changed that decides how long people wait. */
	invalidate(): void;
	close(): void;
}

const UNSERVED: WaitEstimate = { wait: null, status: "unserved", raw: null };
const UNKNOWN: WaitEstimate = { wait: null, status: "unknown", raw: null };

/** Time passes in a queue that does not change: a service under way takes longer than it did. */
const OLDEST_MS = 30_000;
/** A burst of changes is simulated once, and however many phones ask: reading and playing five hundred takes 10 ms. */
const REFRESH_AFTER_MS = 250;

interface Current {
	version: number;
	at: number;
	snapshot: QueueSnapshot;
	topics: Map<TopicId, WaitEstimate & { people: number; free: number; msForEach: number }>;
	tickets: Map<TicketId, { ticket: LineTicket; samples: Float64Array | undefined; estimate?: WaitEstimate }>;
}

/** The one computation of waits: kiosk, ticket, board, phone, desk and server all read what it gives. */
export function openWaitEstimates(deps: WaitEstimatesDeps): WaitEstimates {
	const { knowledge, clock } = deps;
	let version = 0;
	let current: Current | undefined;
	/** Stops the refresh that is due or under way. */
	let cancelRefresh: (() => void) | undefined;

	const estimate = function* (now: number): Slices<Current> {
		const made = version;
		const queue = deps.readQueue(now);
		const snapshot = takeSnapshot(deps, queue, now);
		const topics = deps.topics();
		const simulated = yield* simulateInSlices(snapshot, topics, knowledge.times, deps.runs);
		yield;
		const known = new Map(
			topics.map((topic) => {
				const own = toEstimate(
					simulated.topics.get(topic),
					isCallable(snapshot, { topic, reservedFor: null }),
					knowledge,
				);
				const counters = snapshot.counters.filter((one) => mayCall(one, { topic, reservedFor: null }));
				const people = snapshot.line.filter((ticket) => counters.some((one) => mayCall(one, ticket))).length;
				const free = counters.filter(({ freeSince }) => freeSince !== null).length;
				return [topic, { ...own, people, free, msForEach: knowledge.meanMs(topic) / Math.max(1, counters.length) }];
			}),
		);
		const tickets = new Map(
			queue.line.map((ticket, place) => [ticket.id, { ticket, samples: simulated.tickets[place] }]),
		);
		return { version: made, at: now, snapshot, topics: known, tickets };
	};
	const read = (now: number, mayBeOld = cancelRefresh !== undefined): Current => {
		const isFresh = current !== undefined && (mayBeOld || current.version === version);
		const age = now - (current?.at ?? 0);
		// A clock that was set back makes it of the future.
		if (current && isFresh && age >= 0 && age < OLDEST_MS) return current;
		current = finish(estimate(now));
		return current;
	};
	const refreshSoon = (now: () => number): void => {
		const timer = setTimeout(() => {
			cancelRefresh = finishInBetween(estimate(now()), (made) => {
				cancelRefresh = undefined;
				// Somebody may have needed a later one meanwhile.
				if (made.version >= (current?.version ?? 0)) current = made;
				if (made.version !== version) refreshSoon(now);
				deps.refreshed?.();
			});
		}, REFRESH_AFTER_MS);
		timer.unref();
		cancelRefresh = () => clearTimeout(timer);
	};

	return {
		ofTopic: (topic, now) => read(now).topics.get(topic) ?? UNSERVED,
		atIssue(topic, people, now) {
			const last = read(now, true).topics.get(topic);
			if (!last?.raw) return last ?? UNSERVED;
			const more = people - last.people;
			// Free counters took the first of those who came since.
			const moved = shift(last.raw, (more > 0 ? Math.max(0, more - last.free) : more) * last.msForEach);
			return { wait: roundWait(applyCalibration(moved, knowledge.calibration())), status: "known", raw: moved };
		},
		ofTicket(id, now) {
			const last = read(now);
			// A ticket that came into the line since the last estimate is in a new one only.
			const { tickets, snapshot } = last.tickets.has(id) ? last : read(now, false);
			const found = tickets.get(id);
			if (!found) return UNKNOWN;
			found.estimate ??= toEstimate(found.samples, isCallable(snapshot, found.ticket), knowledge);
			return found.estimate;
		},
		invalidate() {
			version += 1;
			if (clock && !cancelRefresh) refreshSoon(clock);
		},
		close: () => cancelRefresh?.(),
	};
}

function takeSnapshot(deps: WaitEstimatesDeps, { line, atCounters }: CurrentQueue, now: number): QueueSnapshot {
	const { knowledge } = deps;
	const staffed = deps.staffed(now);
	knowledge.noteBreaks(staffed, now);
	const whole = [...line, ...deps.expected(now)];
	const counters = staffed.map((one): CounterSnapshot => {
		const { counter, pausedAt, openedAt, topics, languages } = one;
		const at = atCounters.find((ticket) => ticket.counter === counter);
		const freeSince = at || pausedAt !== null ? null : (knowledge.freeSince(counter) ?? openedAt);
		const oldest = line.reduce(
			(least, ticket) =>
				mayCall(one, ticket) ? Math.min(least, Math.max(ticket.arrivedAt, ticket.availableFrom)) : least,
			Number.POSITIVE_INFINITY,
		);
		return {
			...{ counter, topics, languages, freeSince, pausedSince: at ? null : pausedAt },
			busy: at ? { topic: at.topic, since: at.since, isServing: at.isServing } : null,
			breaksBegun: knowledge.breaksBegun(counter),
			ignoresSince: freeSince === null || oldest > now ? null : Math.max(freeSince, oldest),
		};
	});
	return { now, timeOfDayMs: knowledge.timeOfDayMs(now), line: whole, counters, languageReachMs: deps.languageReachMs };
}

function isCallable({ counters }: QueueSnapshot, ticket: Pick<LineTicket, "topic" | "reservedFor">): boolean {
	return counters.some((one) => mayCall(one, ticket));
}

function toEstimate(samples: Float64Array | undefined, served: boolean, knowledge: WaitKnowledge): WaitEstimate {
	if (!served) return UNSERVED;
	if (!samples) return UNKNOWN;
	const raw = summarize(samples);
	if (!Number.isFinite(raw.middleMs)) return UNKNOWN;
	const finite = { ...raw, highMs: Number.isFinite(raw.highMs) ? raw.highMs : 2 * raw.middleMs };
	return { wait: roundWait(applyCalibration(finite, knowledge.calibration())), status: "known", raw: finite };
}

function shift({ lowMs, middleMs, highMs }: RawEstimate, byMs: number): RawEstimate {
	const moved = (ms: number) => Math.max(0, Math.round(ms + byMs));
	return { lowMs: moved(lowMs), middleMs: moved(middleMs), highMs: moved(highMs) };
}
