import { seededRandom } from "../../lib/seeded-random.ts";
import { type CounterNumber, counterNumberSchema, type TopicId } from "../../protocol/model/ids.ts";
import type { DayMeasure } from "../../protocol/statistics/day-measures.ts";
import type { MeasureRange } from "../../protocol/statistics/day-replay.ts";
import type { DayPlan, PlannedCounter, PlannedVisitor } from "../simulation/day-plan.ts";
import type { Observe } from "../simulation/play-day.ts";
import { type CounterShift, gapsBetween } from "./counter-shifts.ts";
import type { RecordedVisit, Span } from "./recorded-day.ts";

/*
 * A past day played again. Who came when and for what is as it was; each topic's services are dealt out anew among its
 * visitors who came at about the same time, so that a day has as much work as it had, and luck has its say. The queue's own rules do the rest.
 */

export interface RecordedDay {
	visits: readonly RecordedVisit[];
	shifts: readonly CounterShift[];
}

/** Plays a plan by the rules of the queue. */
export type Play = (plan: DayPlan, observe: Observe) => void;

/** A change with its instants; null is the beginning or the end of the day. */
export type ReplayChange =
	| { kind: "open"; from: number | null; to: number | null; topics: readonly TopicId[] | null }
	| { kind: "serve"; counter: CounterNumber; topic: TopicId }
	| { kind: "absent"; counter: CounterNumber; from: number | null; to: number | null };

export type Measures = Record<DayMeasure, number>;

/** What is looked at, and the mean by which two ways of playing a day are compared. */
export interface PlayedMeasures extends Measures {
	meanWaitMs: number;
}

/** Where nobody was seen to sit down, or to call the next. */
const [USUAL_WALK_MS, USUAL_GAP_MS] = [30_000, 30_000];
const USUAL_SERVICE_MS = 10 * 60_000;
/** Gaps that are drawn for a counter before they come again. */
const GAPS = 40;

/** The staff of a changed day, and which changes did nothing. */
export function changeShifts(
	shifts: readonly CounterShift[],
	changes: readonly ReplayChange[],
): { shifts: CounterShift[]; remarks: { change: number; remark: "counter-not-open" | "served-already" }[] } {
	const day = daySpan(shifts);
	let changed = [...shifts];
	const remarks: ReturnType<typeof changeShifts>["remarks"] = [];
	for (const [place, change] of changes.entries()) {
		if (change.kind === "open") {
			changed.push(openedShift(change, changed, day));
			continue;
		}
		const own = changed.find(({ counter }) => counter === change.counter);
		if (!own) remarks.push({ change: place, remark: "counter-not-open" });
		else if (change.kind === "absent") {
			const away = { from: change.from ?? day.from, to: change.to ?? day.to };
			if (away.from >= own.to || away.to <= own.from) remarks.push({ change: place, remark: "counter-not-open" });
			changed = changed.map((one) => (one === own ? { ...own, away: [...own.away, away] } : one));
		} else if (own.skills.topics === undefined || own.skills.topics.has(change.topic)) {
			remarks.push({ change: place, remark: "served-already" });
		} else {
			const skills = { ...own.skills, topics: new Set([...own.skills.topics, change.topic]) };
			changed = changed.map((one) => (one === own ? { ...own, skills } : one));
		}
	}
	return { shifts: changed, remarks };
}

function daySpan(shifts: readonly CounterShift[]): Span {
	return {
		from: Math.min(...shifts.map(({ from }) => from)),
		to: Math.max(...shifts.map(({ to }) => to)),
	};
}

function openedShift(
	{ from, to, topics }: Extract<ReplayChange, { kind: "open" }>,
	shifts: readonly CounterShift[],
	day: Span,
): CounterShift {
	const taken = new Set<string>(shifts.map(({ counter }) => counter));
	let number = 99;
	while (taken.has(String(number)) && number > 1) number -= 1;
	return {
		counter: counterNumberSchema.parse(String(number)),
		skills: { topics: topics === null ? undefined : new Set(topics), languages: new Set() },
		...{ from: from ?? day.from, to: to ?? day.to, away: [] },
	};
}

/** Plays the visits of a day with some shifts. The same seed deals the services out alike, whatever the shifts. */
export function replayDay(day: RecordedDay, shifts: readonly CounterShift[], seed: number, play: Play): PlayedMeasures {
	const plan = planReplay(day, shifts, seededRandom(seed));
	const waits = new Map<number, number>();
	let [mostWaiting, closed] = [0, 0];
	play(plan, ({ at, ...action }, { waiting }) => {
		mostWaiting = Math.max(mostWaiting, waiting.length);
		closed = waiting.length;
		if ((action.kind !== "call" && action.kind !== "leave") || waits.has(action.visitor)) return;
		waits.set(action.visitor, at - (plan.visitors[action.visitor]?.arrivesAt ?? at));
	});
	const all = plan.visitors.map(({ arrivesAt }, visitor) => waits.get(visitor) ?? Math.max(0, plan.endsAt - arrivesAt));
	return { ...measureWaits(all), mostWaiting, closed };
}

function planReplay(
	{ visits, shifts: recorded }: RecordedDay,
	shifts: readonly CounterShift[],
	random: () => number,
): DayPlan {
	const visitors = planVisitors(visits, random).toSorted((one, other) => one.arrivesAt - other.arrivesAt);
	const gaps = gapsBetween(visits);
	const counters = shifts.map(
		({ counter, skills, from, to, away }, member): PlannedCounter => ({
			...{ counter, member, skills, from, to, breaks: away, slowness: 1 },
			gapsMs: Array.from({ length: GAPS }, () => gaps[Math.floor(random() * gaps.length)] ?? USUAL_GAP_MS),
		}),
	);
	return { visitors, counters, endsAt: daySpan(recorded).to };
}

function planVisitors(visits: readonly RecordedVisit[], random: () => number): PlannedVisitor[] {
	const serviceOf = dealServices(visits, random);
	return visits.flatMap((visit): PlannedVisitor[] => {
		const [first, ...transfers] = visit.legs.map((leg) => ({ topic: leg.topic, serviceMs: serviceOf(leg) }));
		if (!first) return [];
		return [
			{
				...{ arrivesAt: visit.arrivedAt, class: visit.class, queuePosition: visit.queuePosition, ...first, transfers },
				...{ language: visit.language, partySize: 1, outcome: "answered", rating: null },
				walkMs: visit.walkMs ?? USUAL_WALK_MS,
				comesAtCall: visit.comesAtCall,
				patienceMs: visit.leftAt === null ? Number.POSITIVE_INFINITY : visit.leftAt - visit.arrivedAt,
				tellsWhenLeaving: visit.leftAt !== null,
			},
		];
	});
}

type Leg = RecordedVisit["legs"][number];

/** So many places up or down, by arrival, may a service move: the course of the day stays what it was. */
const MOVED_PLACES = 4;

/** Each topic's services in another order; whoever was not served gets one of the topic's, or of any topic's. */
function dealServices(visits: readonly RecordedVisit[], random: () => number): (leg: Leg) => number {
	const legs = visits.toSorted((one, other) => one.arrivedAt - other.arrivedAt).flatMap((visit) => visit.legs);
	const dealt = new Map<Leg, number>();
	const pools = new Map<TopicId, number[]>();
	for (const [topic, own] of Map.groupBy(legs, ({ topic }) => topic)) {
		const served = own.flatMap((leg) => (leg.serviceMs === null ? [] : [{ leg, serviceMs: leg.serviceMs }]));
		const moved = served
			.map(({ serviceMs }, place) => ({ serviceMs, at: place + MOVED_PLACES * random() }))
			.toSorted((one, other) => one.at - other.at);
		for (const [place, { leg, serviceMs }] of served.entries()) dealt.set(leg, moved[place]?.serviceMs ?? serviceMs);
		if (served.length > 0)
			pools.set(
				topic,
				served.map(({ serviceMs }) => serviceMs),
			);
	}
	const all = [...pools.values()].flat();
	return (leg) => {
		const pool = pools.get(leg.topic) ?? all;
		return dealt.get(leg) ?? pool[Math.floor(random() * pool.length)] ?? USUAL_SERVICE_MS;
	};
}

/** What was so, by the same measures. */
export function measureDay({ visits, shifts }: RecordedDay): PlayedMeasures {
	const endsAt = daySpan(shifts).to;
	const waits = visits.map(({ arrivedAt, calledAt, leftAt }) =>
		Math.max(0, (calledAt ?? leftAt ?? endsAt) - arrivedAt),
	);
	return {
		...measureWaits(waits),
		mostWaiting: mostAtOnce(visits.flatMap((visit) => visit.waits)),
		closed: visits.filter(({ isClosed }) => isClosed).length,
	};
}

function mostAtOnce(spans: readonly Span[]): number {
	const steps = spans.flatMap(({ from, to }) =>
		to > from
			? [
					{ at: from, by: 1 },
					{ at: to, by: -1 },
				]
			: [],
	);
	steps.sort((one, other) => one.at - other.at || one.by - other.by);
	let [now, most] = [0, 0];
	for (const { by } of steps) {
		now += by;
		most = Math.max(most, now);
	}
	return most;
}

function measureWaits(waits: readonly number[]): Pick<PlayedMeasures, "medianWaitMs" | "p90WaitMs" | "meanWaitMs"> {
	return {
		medianWaitMs: nearestRank(waits, 0.5),
		p90WaitMs: nearestRank(waits, 0.9),
		meanWaitMs: waits.reduce((sum, wait) => sum + wait, 0) / Math.max(1, waits.length),
	};
}

/** The 10th, 50th and 90th percentile of each measure. */
export function rangesOf(played: readonly Measures[]): Record<DayMeasure, MeasureRange> {
	const range = (measure: DayMeasure): MeasureRange => {
		const values = played.map((one) => one[measure]);
		return { low: nearestRank(values, 0.1), middle: nearestRank(values, 0.5), high: nearestRank(values, 0.9) };
	};
	return {
		medianWaitMs: range("medianWaitMs"),
		p90WaitMs: range("p90WaitMs"),
		mostWaiting: range("mostWaiting"),
		closed: range("closed"),
	};
}

/** Nobody feels less than that. */
const LEAST_DIFFERENCE_MS = 30_000;

/** What a change does to the mean wait, replay by replay with the same services. */
export function effectOf(
	unchanged: readonly PlayedMeasures[],
	changed: readonly PlayedMeasures[],
): "shorter" | "longer" | "unclear" {
	const differences = changed.map(({ meanWaitMs }, run) => meanWaitMs - (unchanged[run]?.meanWaitMs ?? meanWaitMs));
	if (nearestRank(differences, 0.9) <= -LEAST_DIFFERENCE_MS) return "shorter";
	return nearestRank(differences, 0.1) >= LEAST_DIFFERENCE_MS ? "longer" : "unclear";
}

function nearestRank(values: readonly number[], share: number): number {
	const sorted = values.toSorted((one, other) => one - other);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
