import { seededRandom } from "../../lib/seeded-random.ts";
import type { TopicId } from "../../protocol/model/ids.ts";
import { type CounterSnapshot, isAtWork, type LineTicket, mayCall, type QueueSnapshot } from "./queue-snapshot.ts";
import {
	type BreakDay,
	QUANTILE_STEPS,
	type Quantiles,
	type ServiceTimes,
	waitedInSteps,
	waitedStep,
} from "./service-times.ts";
import { finish, type Slices } from "./slices.ts";

/** Waits from now, in milliseconds, one for each run. Infinity: not within the horizon. */
export type Samples = Float64Array;

export interface SimulatedWaits {
	/** Of a visitor who takes a ticket of the topic now; absent where no counter at work serves it. */
	topics: ReadonlyMap<TopicId, Samples>;
	/** Of the tickets in the line, in its order; undefined where no counter at work may call it. */
	tickets: readonly (Samples | undefined)[];
}

/** Enough for the 10th and 90th percentile within a minute. */
const MOST_RUNS = 200;
/** A long queue needs fewer: of many visits the sum varies less. 200 people in 5 ms. */
const CALLS = 16_000;
/** Some tenths of a millisecond: a desk's request comes in between. */
const SLICE_CALLS = 2_000;
const runsFor = (people: number) => Math.max(60, Math.min(MOST_RUNS, Math.floor(CALLS / Math.max(1, people))));
/** Nobody waits for longer than a working day. */
const HORIZON_MS = 10 * 3_600_000;
const OVERDUE_MS = 45 * 60_000;
/** The same for the same state, so that an estimate changes only when the queue does. */
const SEED = 1;

/**
 * Plays the queue to its end many times, each time with other service times, and notes when everybody is called. A new
 * ticket of a topic would be called when the first counter that serves it finds nobody before it: one run gives the wait
 * of every topic at once, since new tickets come after all others.
 */
export function simulateWaits(
	snapshot: QueueSnapshot,
	topics: readonly TopicId[],
	times: ServiceTimes,
	runs?: number,
): SimulatedWaits {
	return finish(simulateInSlices(snapshot, topics, times, runs));
}

/** The same in slices: with five hundred people in the line it takes long enough to keep a desk waiting. */
export function* simulateInSlices(
	snapshot: QueueSnapshot,
	topics: readonly TopicId[],
	times: ServiceTimes,
	runs = runsFor(snapshot.line.length),
): Slices<SimulatedWaits> {
	const plan = planRuns(snapshot, topics, times, runs);
	const random = seededRandom(SEED);
	const slice = Math.ceil(SLICE_CALLS / Math.max(1, snapshot.line.length));
	for (let run = 0; run < runs; run += 1) {
		if (run % slice === 0) yield;
		playRun(plan, snapshot, run, random);
	}
	return {
		topics: new Map(plan.topics.map(({ topic, samples }) => [topic, samples])),
		tickets: plan.tickets.map((ticket) => ticket?.samples),
	};
}

/** A ticket in the line with what a run needs of it. */
interface PlannedTicket {
	ticket: LineTicket;
	samples: Samples;
	visits: readonly { topic: TopicId; table: Quantiles }[];
}

interface PlannedCounter {
	snapshot: CounterSnapshot;
	factor: number;
	breakDays: readonly BreakDay[];
	/** What its present visit is drawn from. */
	present: Quantiles | undefined;
	/** Its queues: those of the tickets that it may call. */
	queues: readonly Queue[];
	/** Places in the plan's topics. */
	topics: readonly number[];
}

/** Tickets that the same counters may call, as places in the line. */
interface Queue {
	places: number[];
	/** Before it all are called, in this run. */
	head: number;
}

interface Plan {
	tickets: readonly (PlannedTicket | undefined)[];
	counters: readonly PlannedCounter[];
	queues: readonly Queue[];
	topics: readonly { topic: TopicId; samples: Samples }[];
	times: Pick<ServiceTimes, "gap" | "noShow" | "pause" | "noShowShares" | "secondNoShowShare" | "leavingRates">;
	/** Scratch of a run. */
	isCalled: Uint8Array;
	freeAt: Float64Array;
	/** For each counter the breaks of the earlier day that this run takes for today, and how many of them are over. */
	breaks: { day: BreakDay; begun: number }[];
}

function planRuns(snapshot: QueueSnapshot, asked: readonly TopicId[], times: ServiceTimes, runs: number): Plan {
	const atWork = snapshot.counters.filter((counter) => isAtWork(counter, snapshot.now));
	const emptySamples = () => new Float64Array(runs).fill(Number.POSITIVE_INFINITY);
	const topics = asked
		.filter((topic) => atWork.some((counter) => mayCall(counter, { topic, reservedFor: null })))
		.map((topic) => ({ topic, samples: emptySamples() }));

	const queueOf = new Map<string, Queue>();
	const queuesOf = atWork.map((): Queue[] => []);
	// Who may call a ticket depends on its topic and its counter alone.
	const queueOfKind = new Map<string, Queue | undefined>();
	const findQueue = (ticket: LineTicket): Queue | undefined => {
		const able = atWork.map((counter) => mayCall(counter, ticket));
		if (!able.includes(true)) return undefined;
		const key = able.join();
		const found = queueOf.get(key);
		if (found) return found;
		const queue: Queue = { places: [], head: 0 };
		queueOf.set(key, queue);
		for (const [index, isAble] of able.entries()) if (isAble) queuesOf[index]?.push(queue);
		return queue;
	};
	const tickets = snapshot.line.map((ticket, place): PlannedTicket | undefined => {
		const kind = `${ticket.topic} ${ticket.reservedFor}`;
		if (!queueOfKind.has(kind)) queueOfKind.set(kind, findQueue(ticket));
		const queue = queueOfKind.get(kind);
		if (!queue) return undefined;
		queue.places.push(place);
		const visits = [ticket.topic, ...ticket.nextTopics].map((topic) => ({ topic, table: times.visit(topic) }));
		return { ticket, samples: emptySamples(), visits };
	});
	const counters = atWork.map(
		(counter, index): PlannedCounter => ({
			snapshot: counter,
			factor: times.counterFactor(counter.counter),
			breakDays: times.breakDays(counter.counter),
			present: counter.busy ? times.visit(counter.busy.topic) : undefined,
			queues: queuesOf[index] ?? [],
			topics: topics.flatMap(({ topic }, place) => (mayCall(counter, { topic, reservedFor: null }) ? [place] : [])),
		}),
	);
	const { gap, noShow, pause, noShowShares, secondNoShowShare, leavingRates } = times;
	return {
		...{ tickets, counters, topics, times: { gap, noShow, pause, noShowShares, secondNoShowShare, leavingRates } },
		queues: [...queueOf.values()],
		isCalled: new Uint8Array(tickets.length),
		freeAt: new Float64Array(counters.length),
		breaks: counters.map(() => ({ day: [], begun: 0 })),
	};
}

function playRun(plan: Plan, snapshot: QueueSnapshot, run: number, random: () => number): void {
	const { tickets, counters, queues, topics, times, isCalled, freeAt, breaks } = plan;
	const { now, timeOfDayMs, languageReachMs } = snapshot;
	const midnight = now - timeOfDayMs;
	for (const queue of queues) queue.head = 0;
	for (let place = 0; place < tickets.length; place += 1) {
		const probability = tickets[place]?.ticket.probability ?? 1;
		isCalled[place] = probability < 1 && random() > probability ? 1 : 0;
	}
	for (let index = 0; index < counters.length; index += 1) {
		const counter = counters[index];
		const own = breaks[index];
		if (!counter || !own) continue;
		const { breakDays } = counter;
		own.day = breakDays[Math.floor(random() * breakDays.length)] ?? [];
		own.begun = counter.snapshot.breaksBegun;
		freeAt[index] = now + firstFree(counter, own, times, now, random);
	}
	for (;;) {
		const index = indexOfLeast(freeAt);
		const counter = counters[index];
		const at = freeAt[index] ?? Number.POSITIVE_INFINITY;
		if (!counter || at > now + HORIZON_MS) return;
		const pauseMs = breakDue(breaks[index], at - midnight);
		if (pauseMs > 0) {
			freeAt[index] = at + pauseMs;
			continue;
		}
		const place = choosePlace(plan, counter, at, languageReachMs);
		const chosen = tickets[place];
		if (!chosen) {
			for (const topic of counter.topics) {
				const samples = topics[topic]?.samples;
				if (samples && (samples[run] ?? 0) > at - now) samples[run] = at - now;
			}
			freeAt[index] = nextAvailable(plan, counter, at);
			continue;
		}
		isCalled[place] = 1;
		if (random() < leavingShare(chosen.ticket, times.leavingRates, now, at)) continue;
		chosen.samples[run] = at - now;
		freeAt[index] = at + occupancy(chosen, counter, times, at, random);
	}
}

/** From now until a counter can call. */
function firstFree(
	{ snapshot: { busy, pausedSince, freeSince }, present, factor }: PlannedCounter,
	breaks: { day: BreakDay; begun: number },
	{ gap, pause }: Plan["times"],
	now: number,
	random: () => number,
): number {
	if (busy && present) return remaining(present, factor, now - busy.since, random) + draw(gap, random);
	if (pausedSince !== null) {
		const usualMs = (breaks.day[breaks.begun - 1]?.durationMs ?? 0) - (now - pausedSince);
		if (usualMs > 0) return usualMs;
	}
	if (pausedSince !== null) return remaining(pause, 1, now - pausedSince, random);
	// A counter that has been free for a while calls at once.
	const gapMs = freeSince === null ? 0 : draw(gap, random);
	return Math.max(0, gapMs - (now - (freeSince ?? now)));
}

/** How likely a visitor leaves, and says so, between now and an instant. */
function leavingShare({ arrivedAt }: LineTicket, rates: readonly number[], now: number, at: number): number {
	let expected = 0;
	if (at === now) return 0;
	for (let step = 0; step < rates.length; step += 1)
		expected += (rates[step] ?? 0) * waitedInSteps(now - arrivedAt, at - arrivedAt, step);
	return 1 - Math.exp(-expected);
}

/** How long one ticket keeps a counter from calling the next. */
function occupancy(
	{ visits, ticket }: PlannedTicket,
	{ snapshot: { topics }, factor }: PlannedCounter,
	{ gap, noShow, noShowShares, secondNoShowShare }: Plan["times"],
	at: number,
	random: () => number,
): number {
	const noShowShare = ticket.wasCalled ? secondNoShowShare : (noShowShares[waitedStep(at - ticket.arrivedAt)] ?? 0);
	if (random() < noShowShare) return draw(noShow, random) + draw(gap, random);
	let duration = draw(gap, random);
	for (let index = 0; index < visits.length; index += 1) {
		const visit = visits[index];
		if (visit && (index === 0 || topics === undefined || topics.has(visit.topic)))
			duration += draw(visit.table, random) * factor;
	}
	return duration;
}

/** How long the break lasts that a free counter begins now, by the day that the run takes for today; 0 where none is due. */
function breakDue(breaks: { day: BreakDay; begun: number } | undefined, timeOfDayMs: number): number {
	const next = breaks?.day[breaks.begun];
	if (!breaks || !next || next.startOfDayMs > timeOfDayMs) return 0;
	breaks.begun += 1;
	// Long overdue: today is not like that day.
	return timeOfDayMs - next.startOfDayMs > OVERDUE_MS ? 0 : next.durationMs;
}

function draw(table: Quantiles, random: () => number): number {
	return table[Math.floor(random() * QUANTILE_STEPS)] ?? 0;
}

/** What is left of something that has taken so long already. */
function remaining(table: Quantiles, factor: number, elapsedMs: number, random: () => number): number {
	let first = 0;
	while (first < QUANTILE_STEPS && (table[first] ?? 0) * factor <= elapsedMs) first += 1;
	// Longer than anything known: the longer it has taken, the longer it may still take.
	if (first === QUANTILE_STEPS) return elapsedMs * (0.05 + 0.45 * random());
	const step = first + Math.floor(random() * (QUANTILE_STEPS - first));
	return (table[step] ?? 0) * factor - elapsedMs;
}

function indexOfLeast(values: Float64Array): number {
	let least = -1;
	for (let index = 0; index < values.length; index += 1)
		if (least < 0 || (values[index] ?? 0) < (values[least] ?? 0)) least = index;
	return least;
}

/** The place of the ticket that a counter calls at an instant; -1 where there is none. */
function choosePlace(
	{ tickets, isCalled }: Plan,
	counter: PlannedCounter,
	at: number,
	languageReachMs: number,
): number {
	let first = -1;
	for (const queue of counter.queues) {
		while (queue.head < queue.places.length && isCalled[queue.places[queue.head] ?? 0] === 1) queue.head += 1;
		for (let index = queue.head; index < queue.places.length; index += 1) {
			const place = queue.places[index] ?? 0;
			if (first >= 0 && place > first) break;
			if (isCalled[place] === 1 || (tickets[place]?.ticket.availableFrom ?? 0) > at) continue;
			first = place;
			break;
		}
	}
	const { languages } = counter.snapshot;
	if (first < 0 || languages.size === 0) return first;
	return chooseSpoken({ tickets, isCalled }, counter, { first, at, languageReachMs });
}

/** Whose language is spoken at the counter, if that is the first one or somebody close behind. */
function chooseSpoken(
	{ tickets, isCalled }: Pick<Plan, "tickets" | "isCalled">,
	{ queues, snapshot: { languages } }: PlannedCounter,
	{ first, at, languageReachMs }: { first: number; at: number; languageReachMs: number },
): number {
	const isSpoken = (place: number) => {
		const language = tickets[place]?.ticket.language;
		return language !== undefined && language !== null && languages.has(language);
	};
	if (isSpoken(first)) return first;
	const limit = (tickets[first]?.ticket.queuePosition ?? 0) + languageReachMs;
	let chosen = -1;
	for (const queue of queues) {
		for (let index = queue.head; index < queue.places.length; index += 1) {
			const place = queue.places[index] ?? 0;
			const ticket = tickets[place]?.ticket;
			if (!ticket || ticket.queuePosition > limit || (chosen >= 0 && place > chosen)) break;
			if (isCalled[place] === 0 && ticket.availableFrom <= at && isSpoken(place)) {
				chosen = place;
				break;
			}
		}
	}
	return chosen >= 0 ? chosen : first;
}

/** When a ticket that a counter may call is there next; Infinity where none is left. */
function nextAvailable({ tickets, isCalled }: Plan, { queues }: PlannedCounter, after: number): number {
	let next = Number.POSITIVE_INFINITY;
	for (const queue of queues)
		for (let index = queue.head; index < queue.places.length; index += 1) {
			const place = queue.places[index] ?? 0;
			const availableFrom = tickets[place]?.ticket.availableFrom ?? 0;
			if (isCalled[place] === 0 && availableFrom > after) next = Math.min(next, availableFrom);
		}
	return next;
}
