import fc from "fast-check";
import { expect, test } from "vitest";
import type { Restorable } from "../../../../protocol/events/event.ts";
import { TICKET_CLASSES, TICKET_OUTCOMES, TICKET_STATES, type TicketState } from "../../../../protocol/model/ticket.ts";
import {
	type Action,
	DEFAULT_TRANSITION_RULES,
	isOver,
	type TicketFacts,
	transition,
} from "../../../../station/tickets/state-machine.ts";
import { asCounter, asSiteId, asTicketId, asTopicId } from "../../../fixtures/ids.ts";

const state: fc.Arbitrary<TicketState> = fc.constantFrom(...TICKET_STATES);

/** A counter belongs to a ticket that is called, served or finished, and to no other. */
function restorable(): fc.Arbitrary<Restorable> {
	return state.chain((state) =>
		fc.record<Restorable>({
			state: fc.constant(state),
			counter: ["called", "serving", "finished"].includes(state)
				? fc.constantFrom("1", "2").map(asCounter)
				: fc.constant(null),
			topic: fc.constantFrom("work-permit", "housing").map(asTopicId),
			nextTopics: fc.uniqueArray(fc.constantFrom("education", "talent").map(asTopicId), { maxLength: 2 }),
			reservedFor: fc.constantFrom(null, asCounter("1"), asCounter("2")),
			class: fc.constantFrom(...TICKET_CLASSES),
			queuePosition: fc.nat(),
			behind: fc.option(fc.integer({ min: 1, max: 9 })),
			notBefore: fc.option(fc.nat()),
			outcome: state === "finished" ? fc.constantFrom(...TICKET_OUTCOMES) : fc.constant(null),
		}),
	);
}

const facts: fc.Arbitrary<TicketFacts> = fc
	.tuple(
		restorable(),
		fc.record({
			id: fc.uuid().map(asTicketId),
			version: fc.integer({ min: 1, max: 100 }),
			calls: fc.integer({ min: 0, max: 5 }),
			delayedUntil: fc.option(fc.nat()),
			before: fc.option(restorable()),
		}),
	)
	.map(([now, more]) => ({ ...now, ...more }));

const action: fc.Arbitrary<Action> = fc.constantFrom<Action>(
	{ kind: "call", counter: asCounter("1") },
	{ kind: "recall" },
	{ kind: "start" },
	{ kind: "finish", outcome: "answered" },
	{ kind: "finish", outcome: "answered", staysHere: true },
	{ kind: "refer", site: asSiteId("a-site"), codeDigest: "0".repeat(64) },
	{ kind: "no-show" },
	{ kind: "return" },
	{ kind: "park" },
	{ kind: "transfer", topic: asTopicId("housing"), reservedFor: null },
	{ kind: "delay", until: 1_000 },
	{ kind: "give-way", behind: 3, queuePosition: 9 },
	{ kind: "set-priority", class: "priority", queuePosition: 7 },
	{ kind: "cancel", reason: "left" },
	{ kind: "undo" },
);

test("an action raises the version by one or is refused, and does not alter its input", () => {
	fc.assert(
		fc.property(facts, action, fc.nat(), (ticket, action, now) => {
			const before = structuredClone(ticket);
			const outcome = transition(ticket, action, DEFAULT_TRANSITION_RULES, now);
			expect(ticket).toEqual(before);
			if (outcome.kind === "refused") expect(outcome.allowed).not.toContain(ticket.state);
			else if (outcome.kind === "nothing-to-undo") expect(ticket.before).toBeNull();
			else {
				expect(outcome.ticket.version).toBe(ticket.version + 1);
				expect(outcome.change.data).toMatchObject({ ticket: ticket.id, version: ticket.version + 1 });
				expect(outcome.ticket.calls).toBeGreaterThanOrEqual(ticket.calls);
			}
		}),
	);
});

test("a ticket is at a counter exactly while it is called or served", () => {
	fc.assert(
		fc.property(facts, action, fc.nat(), (ticket, action, now) => {
			fc.pre(action.kind !== "undo");
			const outcome = transition(ticket, action, DEFAULT_TRANSITION_RULES, now);
			if (outcome.kind !== "changed" || isOver(outcome.ticket.state)) return;
			const here = outcome.ticket.state === "called" || outcome.ticket.state === "serving";
			expect(outcome.ticket.counter !== null).toBe(here);
		}),
	);
});

test("a ticket that is over accepts only an undo", () => {
	fc.assert(
		fc.property(facts, action, (ticket, action) => {
			fc.pre(isOver(ticket.state) && action.kind !== "undo");
			expect(transition(ticket, action, DEFAULT_TRANSITION_RULES, 0).kind).toBe("refused");
		}),
	);
});

test("undo restores the state before the last action, once", () => {
	fc.assert(
		fc.property(facts, action, fc.nat(), (ticket, action, now) => {
			fc.pre(action.kind !== "undo");
			const done = transition(ticket, action, DEFAULT_TRANSITION_RULES, now);
			fc.pre(done.kind === "changed");
			const undone = transition(done.ticket, { kind: "undo" }, DEFAULT_TRANSITION_RULES, now);
			expect(undone).toMatchObject({
				kind: "changed",
				ticket: {
					...ticket,
					...{ before: null, version: ticket.version + 2 },
					...{ calls: done.ticket.calls, delayedUntil: done.ticket.delayedUntil },
				},
			});
			if (undone.kind === "changed")
				expect(transition(undone.ticket, { kind: "undo" }, DEFAULT_TRANSITION_RULES, now).kind).toBe("nothing-to-undo");
		}),
	);
});

test("a no-show returns to waiting while calls are left, and is missed after the last", () => {
	const called = (calls: number): TicketFacts => ({
		id: asTicketId("t"),
		delayedUntil: null,
		state: "called",
		version: 2,
		counter: asCounter("1"),
		topic: asTopicId("housing"),
		nextTopics: [],
		reservedFor: null,
		class: "ordinary",
		queuePosition: 0,
		behind: null,
		outcome: null,
		before: null,
		calls,
		notBefore: null,
	});
	const { maxCalls: mostCalls, holdBackMs: restAfterCall } = DEFAULT_TRANSITION_RULES;
	const first = transition(called(1), { kind: "no-show" }, DEFAULT_TRANSITION_RULES, 1_000);
	expect(first).toMatchObject({
		kind: "changed",
		ticket: { state: "waiting", counter: null, notBefore: 1_000 + restAfterCall },
	});
	const last = transition(called(mostCalls), { kind: "no-show" }, DEFAULT_TRANSITION_RULES, 1_000);
	expect(last).toMatchObject({ kind: "changed", ticket: { state: "missed", counter: null } });
});
