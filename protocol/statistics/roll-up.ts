import { TICKET_CLASSES } from "../model/ticket.ts";
import { LEG_ENDS, type Leg, LONGEST_SERVICE_MS } from "./leg.ts";
import { BUCKETS, bucketOf } from "./sketch.ts";

/*
 * Service days summed up so that they can be added: of one station, or of all. A roll-up is nothing but counts, so a leg
 * that changes is taken away as it was and added as it is, and any order of events gives the same roll-up.
 */

/** Groups of legs, as "topic/work-permit", with what is counted of each: a place (PLACE) and how often. */
export type RollUp = Map<string, Map<number, number>>;

export const RATINGS = 6;
const KINDS = LEG_ENDS.length * 2 * RATINGS;

/** What is counted of a group: how legs ended, and lengths in buckets of a sketch. */
export const PLACE = {
	/** By end, whether the visitor came with it, and rating (0: none). */
	kinds: 0,
	/** Until the first call; until the visitor left before it; with the member of staff; from the call until the counter is free. */
	called: KINDS,
	left: KINDS + BUCKETS,
	served: KINDS + 2 * BUCKETS,
	atCounter: KINDS + 3 * BUCKETS,
	/** Legs whose lengths nobody can tell. */
	untimed: KINDS + 4 * BUCKETS,
} as const;

const kindPlace = (end: number, isArrival: boolean, rating: number) => (end * 2 + Number(isArrival)) * RATINGS + rating;

const QUARTER_MINUTES = 15;
const QUARTERS_A_DAY = 96;
const LONGEST_MINUTES = LONGEST_SERVICE_MS / 60_000;

const inDay = (minute: number) => ((minute % 1_440) + 1_440) % 1_440;

/** Adds a leg, or takes it away (`times` is -1). */
export function addLeg(rollUp: RollUp, leg: Leg, times: 1 | -1 = 1): void {
	const places = placesOf(leg);
	for (const group of groupsOf(leg)) for (const place of places) add(rollUp, group, place, times);
	if (leg.outcome !== null) add(rollUp, `outcome/${leg.outcome}`, 0, times);
	if (leg.end !== "withdrawn" && leg.isArrival)
		add(rollUp, "arrivals", Math.floor(inDay(leg.fromMinute) / QUARTER_MINUTES), times);
	const { counter, calledMinute: from, freeMinute: to } = leg;
	if (counter === null || from === null || to === null || to < from || to - from > LONGEST_MINUTES) return;
	for (let quarter = Math.floor(from / QUARTER_MINUTES); quarter * QUARTER_MINUTES <= to; quarter += 1)
		add(rollUp, `at-work/${counter}`, ((quarter % QUARTERS_A_DAY) + QUARTERS_A_DAY) % QUARTERS_A_DAY, times);
}

function groupsOf({ topic, language, class: ticketClass, counter, fromMinute }: Leg): string[] {
	return [
		...["all", `hour/${Math.floor(inDay(fromMinute) / 60)}`, `topic/${topic}`],
		...[`language/${language ?? ""}`, `class/${TICKET_CLASSES.indexOf(ticketClass)}`],
		...(counter === null ? [] : [`counter/${counter}`]),
	];
}

function placesOf(leg: Leg): number[] {
	const { end, wasCalled, waitMs, serviceMs, calledMinute: from, freeMinute: to } = leg;
	const sketched = (place: number, ms: number) => place + bucketOf(Math.round(ms / 1_000));
	const places = [kindPlace(LEG_ENDS.indexOf(end), leg.isArrival, leg.rating ?? 0)];
	if (waitMs !== null && end !== "withdrawn") places.push(sketched(wasCalled ? PLACE.called : PLACE.left, waitMs));
	if (serviceMs !== null) {
		places.push(sketched(PLACE.served, serviceMs));
		if (from !== null && to !== null && to >= from && to - from <= LONGEST_MINUTES)
			places.push(sketched(PLACE.atCounter, (to - from) * 60_000));
	}
	if ((wasCalled && waitMs === null) || (end === "served" && serviceMs === null)) places.push(PLACE.untimed);
	return places;
}

function add(rollUp: RollUp, group: string, place: number, count: number): void {
	const counts = rollUp.get(group) ?? new Map<number, number>();
	rollUp.set(group, counts);
	const sum = (counts.get(place) ?? 0) + count;
	if (sum !== 0) counts.set(place, sum);
	else if (counts.delete(place) && counts.size === 0) rollUp.delete(group);
}

/** Adds another day's or station's. Counters are a station's own: the counts of counter 1 are those of all counters 1. */
export function addRollUp(sum: RollUp, other: RollUp): void {
	for (const [group, counts] of other) for (const [place, count] of counts) add(sum, group, place, count);
}

/** As text: the same roll-up is always the same text. */
export function writeRollUp(rollUp: RollUp): string {
	const groups = [...rollUp].toSorted(([one], [other]) => (one < other ? -1 : 1));
	return JSON.stringify(
		Object.fromEntries(
			groups.map(([group, counts]) => [group, [...counts].toSorted(([one], [other]) => one - other).flat()]),
		),
	);
}

export function readRollUp(text: string): RollUp {
	const groups = JSON.parse(text) as Record<string, number[]>;
	return new Map(
		Object.entries(groups).map(([group, flat]) => {
			const counts = new Map<number, number>();
			for (let place = 0; place < flat.length; place += 2) counts.set(flat[place] ?? 0, flat[place + 1] ?? 0);
			return [group, counts];
		}),
	);
}

/** For a sum over stations: a counter means something at its own station alone. */
export function withoutCounters(rollUp: RollUp): RollUp {
	return new Map([...rollUp].filter(([group]) => !group.startsWith("counter/") && !group.startsWith("at-work/")));
}
