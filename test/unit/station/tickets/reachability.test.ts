import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TopicId } from "../../../../protocol/model/ids.ts";
import type { Language } from "../../../../protocol/model/language.ts";
import { chooseNext, DEFAULT_QUEUE_RULES, type Queued } from "../../../../station/tickets/queue-order.ts";
import {
	countsAsAhead,
	heldReservation,
	type StaffedCounter,
	strandedReason,
	unreachableTarget,
	withoutLapsed,
} from "../../../../station/tickets/reachability.ts";
import { asCounter, asTopicId } from "../../../fixtures/ids.ts";

const TOPICS = ["work-permit", "housing", "education"].map(asTopicId);
const COUNTERS = ["1", "2", "3"].map(asCounter);

const staffing: fc.Arbitrary<StaffedCounter[]> = fc.subarray(COUNTERS).chain((counters) =>
	fc.tuple(
		...counters.map((counter) =>
			fc.record<StaffedCounter>({
				counter: fc.constant(counter),
				isPaused: fc.boolean(),
				skills: fc.record({
					topics: fc.option(
						fc.subarray(TOPICS).map((topics) => new Set<TopicId>(topics)),
						{ nil: undefined },
					),
					languages: fc.subarray<Language>(["en", "ja"]).map((languages) => new Set(languages)),
				}),
			}),
		),
	),
);

const waiting: fc.Arbitrary<Queued> = fc.record({
	issuedSeq: fc.nat(),
	behind: fc.constant(null),
	class: fc.constant("ordinary"),
	queuePosition: fc.nat(),
	notBefore: fc.constant(null),
	topic: fc.constantFrom(...TOPICS),
	language: fc.constantFrom<Language>("en", "ja", "ar"),
	reservedFor: fc.constantFrom(null, ...COUNTERS),
});

/** What no rule of reachability is asked: whether "next" at a counter would call this ticket, were it alone in the queue. */
const wouldCall = (ticket: Queued, { counter, skills }: StaffedCounter, staffed: StaffedCounter[]) =>
	chooseNext(withoutLapsed([ticket], staffed), { counter, skills, rules: DEFAULT_QUEUE_RULES, now: 0 }) !== undefined;

test("a waiting ticket is stranded exactly when no counter at work would call it", () => {
	fc.assert(
		fc.property(waiting, staffing, (ticket, staffed) => {
			const callers = staffed.filter((one) => wouldCall(ticket, one, staffed));
			const reason = strandedReason({ ...ticket, state: "waiting", counter: null }, staffed);
			if (callers.length === 0) expect(reason).toBe("no-counter");
			else expect(reason).toBe(callers.every(({ isPaused }) => isPaused) ? "on-break" : null);
		}),
	);
});

test("others wait behind a ticket where a counter would call it, or where nobody is signed in yet", () => {
	fc.assert(
		fc.property(waiting, staffing, (ticket, staffed) => {
			const isCallable = staffed.some((one) => wouldCall(ticket, one, staffed));
			expect(countsAsAhead(ticket, staffed)).toBe(staffed.length === 0 || isCallable);
		}),
	);
});

test("a transfer that is let through is to a counter that would call the ticket", () => {
	fc.assert(
		fc.property(waiting, staffing, fc.constantFrom(null, ...COUNTERS), (ticket, staffed, counter) => {
			const moved = { ...ticket, reservedFor: counter };
			const callers = staffed.filter((one) => wouldCall(moved, one, staffed)).map((one) => one.counter);
			const found = unreachableTarget({ topic: ticket.topic, counter }, staffed);
			if (found === undefined) {
				expect(callers).not.toEqual([]);
				if (counter !== null) expect(callers).toEqual([counter]);
			} else {
				if (counter === null) expect(callers).toEqual([]);
				expect(found.counters).not.toContain(counter);
				expect(found.reason).toBe(
					counter !== null && !staffed.some((one) => one.counter === counter) ? "unstaffed" : "not-served",
				);
			}
		}),
	);
});

describe("a reservation", () => {
	const [, two] = COUNTERS;
	const at = (counter: StaffedCounter["counter"], topics?: TopicId[], isPaused = false): StaffedCounter => ({
		counter,
		isPaused,
		skills: { topics: topics && new Set(topics), languages: new Set() },
	});
	const ticket = { topic: TOPICS[0] as TopicId, reservedFor: asCounter("2") };

	test("holds while its counter is staffed, also during a break", () => {
		expect(heldReservation(ticket, [at(asCounter("1")), at(asCounter("2"), undefined, true)])).toBe(two);
	});

	test("lapses when its counter empties, or serves the topic no longer", () => {
		expect(heldReservation(ticket, [at(asCounter("1"))])).toBeNull();
		expect(heldReservation(ticket, [at(asCounter("1")), at(asCounter("2"), [asTopicId("housing")])])).toBeNull();
	});
});

test("a ticket at a counter that its member of staff has left is stranded", () => {
	const at = { topic: TOPICS[0] as TopicId, reservedFor: null, counter: asCounter("2") };
	const staffed = [
		{ counter: asCounter("1"), isPaused: false, skills: { topics: undefined, languages: new Set<Language>() } },
	];
	for (const state of ["called", "serving"] as const)
		expect(strandedReason({ ...at, state }, staffed)).toBe("counter-left");
	for (const state of ["parked", "missed", "finished"] as const)
		expect(strandedReason({ ...at, counter: null, state }, staffed)).toBeNull();
});
