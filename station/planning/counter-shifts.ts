import type { CounterNumber } from "../../protocol/model/ids.ts";
import { LONGEST_SERVICE_MS } from "../../protocol/statistics/leg.ts";
import type { CounterSkills } from "../tickets/queue-order.ts";
import type { RecordedVisit, Span, Stay } from "./recorded-day.ts";

/** When a counter was at work on a past day. */
export interface CounterShift extends Span {
	counter: CounterNumber;
	skills: CounterSkills;
	/** Breaks, and times in which it called nobody though somebody waited for it. */
	away: readonly Span[];
}

export interface CounterEvent {
	counter: CounterNumber;
	at: number;
	type: "counter.staffed" | "counter.left" | "counter.paused" | "counter.resumed";
}

/** Whoever could call somebody for so long and did not was not there, whatever the session said. */
const AWAY_AFTER_MS = 10 * 60_000;

/** Sessions say when staff were there, the visits say more: some forget to sign out, or to say that they have a break. */
export function findShifts(
	visits: readonly RecordedVisit[],
	events: readonly CounterEvent[],
	skillsOf: (counter: CounterNumber) => CounterSkills,
): CounterShift[] {
	const stays = Map.groupBy(
		visits.flatMap(({ atCounter }) => atCounter).toSorted((one, other) => one.from - other.from),
		({ counter }) => counter,
	);
	const told = Map.groupBy(events, ({ counter }) => counter);
	const ends = [...[...stays.values()].flat().map(endOf), ...events.map(({ at }) => at)];
	const dayEnd = ends.reduce((latest, at) => Math.max(latest, at), 0);
	return [...stays].map(([counter, own]) => {
		const skills = withServed(skillsOf(counter), own);
		const shift = sessionSpan(told.get(counter) ?? [], own, dayEnd);
		const away = [...pausesOf(told.get(counter) ?? [], dayEnd), ...idleSpans(own, shift, { visits, skills })];
		return { counter, skills, ...shift, away };
	});
}

/** A visit that nobody finished kept nobody at the counter. */
const endOf = ({ from, to }: Stay) => (to - from > LONGEST_SERVICE_MS ? from : to);

/** Settings of today, and what the counter did on that day. */
function withServed({ topics, languages }: CounterSkills, stays: readonly Stay[]): CounterSkills {
	if (topics === undefined) return { topics, languages };
	return { topics: new Set([...topics, ...stays.map(({ topic }) => topic)]), languages };
}

function sessionSpan(events: readonly CounterEvent[], stays: readonly Stay[], dayEnd: number): Span {
	const firstCall = stays[0]?.from ?? dayEnd;
	const lastEnd = stays.reduce((latest, stay) => Math.max(latest, endOf(stay)), 0);
	const came = events.find(({ type }) => type === "counter.staffed")?.at ?? firstCall;
	const last = events.findLast(({ type }) => type === "counter.staffed" || type === "counter.left");
	return {
		from: Math.min(came, firstCall),
		to: last?.type === "counter.left" ? Math.max(last.at, lastEnd) : dayEnd,
	};
}

/** Breaks, and the time between two members of staff. */
function pausesOf(events: readonly CounterEvent[], dayEnd: number): Span[] {
	const pauses: Span[] = [];
	let since: number | null = null;
	for (const { type, at } of events) {
		if (type === "counter.paused" || type === "counter.left") since ??= at;
		else if (since !== null) {
			pauses.push({ from: since, to: at });
			since = null;
		}
	}
	return since === null ? pauses : [...pauses, { from: since, to: dayEnd }];
}

/** When the counter was free for long though somebody waited for it, and when it had a visit that nobody finished. */
function idleSpans(
	stays: readonly Stay[],
	{ from, to }: Span,
	{ visits, skills: { topics } }: { visits: readonly RecordedVisit[]; skills: CounterSkills },
): Span[] {
	const waits = visits.flatMap((visit) => visit.waits).filter(({ topic }) => topics === undefined || topics.has(topic));
	const ignores = (free: Span) => waits.some((wait) => wait.from <= free.from && wait.to >= free.to);
	const free = freeSpans(stays, { from, to }).filter((span) => span.to - span.from > AWAY_AFTER_MS && ignores(span));
	return [...free, ...stays.filter((stay) => stay.to - stay.from > LONGEST_SERVICE_MS)];
}

/** Between a counter's visits. */
function freeSpans(stays: readonly Stay[], { from, to }: Span): Span[] {
	const free: Span[] = [];
	let since = from;
	for (const stay of stays) {
		if (stay.from > since) free.push({ from: since, to: stay.from });
		since = Math.max(since, stay.to);
	}
	return to > since ? [...free, { from: since, to }] : free;
}

/** How long counters take from one visit to the next while somebody waits. */
export function gapsBetween(visits: readonly RecordedVisit[]): number[] {
	const byCounter = Map.groupBy(
		visits
			.flatMap((visit) => visit.atCounter.map((stay) => ({ ...stay, arrivedAt: visit.arrivedAt })))
			.toSorted((one, other) => one.from - other.from),
		({ counter }) => counter,
	);
	return [...byCounter.values()].flatMap((stays) =>
		stays.flatMap((stay, place) => {
			const before = stays[place - 1];
			if (!before || stay.arrivedAt > before.to || stay.from < before.to) return [];
			return stay.from - before.to > AWAY_AFTER_MS ? [] : [stay.from - before.to];
		}),
	);
}
