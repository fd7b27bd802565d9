import type { Change, Restorable } from "../../protocol/events/event.ts";
import type { CounterNumber, SiteId, TicketId, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { CancelReason, TicketClass, TicketOutcome, TicketState } from "../../protocol/model/ticket.ts";

/** What may happen to a ticket, as pure rules: the states and guards that ZMS and OpenMRS taught (docs/internals/tickets.md). */

export interface TicketFacts extends Restorable {
	id: TicketId;
	version: number;
	calls: number;
	/** Until when the visitor said to be late; null where they did not. An undo leaves it: it can be said once. */
	delayedUntil: number | null;
	/** As it was before the last act; null where there is nothing to undo. */
	before: Restorable | null;
}

export type Action =
	| { kind: "call"; counter: CounterNumber }
	| { kind: "recall" }
	| { kind: "start" }
	/** `staysHere`: where the ticket has a further topic, the counter serves it too and goes on with it at once. */
	| { kind: "finish"; outcome: TicketOutcome; staysHere?: boolean }
	/** Another site goes on with the visit; `codeDigest` lets it know the visitor by the code on the paper. */
	| {
			kind: "refer";
			site: SiteId;
			codeDigest: string;
			/** What the other site goes on from. */
			visitor?: { arrivedAt: number; language: Language | null; partySize: number };
	  }
	| { kind: "no-show" }
	/** Back to the line, in its old place. */
	| { kind: "return" }
	| { kind: "park" }
	/** Another topic (undefined: the same), one counter only, or both; `reservedFor` null is any counter. */
	| { kind: "transfer"; topic: TopicId | undefined; reservedFor: CounterNumber | null }
	| { kind: "set-priority"; class: TicketClass; queuePosition: number }
	/** To the place `behind`, right after another ticket's. */
	| { kind: "give-way"; behind: number; queuePosition: number }
	/** The visitor is late: "next" leaves the ticket alone until then, UTC ms, and its place stays. */
	| { kind: "delay"; until: number }
	| { kind: "cancel"; reason: CancelReason }
	| { kind: "undo" };

export interface TransitionRules {
	/** How often a number is called in one leg of the visit before the ticket is missed. */
	maxCalls: number;
	/** How long "next" leaves a ticket alone whose visitor did not come, in milliseconds. */
	holdBackMs: number;
}

export const DEFAULT_TRANSITION_RULES: TransitionRules = { maxCalls: 3, holdBackMs: 5 * 60_000 };

export type Outcome =
	| { kind: "changed"; ticket: TicketFacts; change: Change }
	/** The state does not allow the act; `allowed` are the states that do. */
	| { kind: "refused"; state: TicketState; allowed: readonly TicketState[] }
	| { kind: "nothing-to-undo" };

const ALLOWED: Readonly<Record<Exclude<Action["kind"], "undo">, readonly TicketState[]>> = {
	call: ["waiting", "parked", "missed"],
	recall: ["called"],
	start: ["called"],
	finish: ["serving"],
	"no-show": ["called"],
	return: ["called", "serving", "parked", "missed"],
	park: ["waiting", "called", "serving"],
	refer: ["waiting", "called", "serving", "parked"],
	transfer: ["waiting", "called", "serving", "parked"],
	"set-priority": ["waiting"],
	"give-way": ["waiting"],
	delay: ["waiting"],
	cancel: ["waiting", "called", "serving", "parked", "missed"],
};

/** States after which nothing more happens to a ticket, but for an undo. */
export function isOver(state: TicketState): boolean {
	return state === "finished" || state === "cancelled";
}

/** Applies an act at an instant (UTC ms). The ticket given is not altered. */
export function transition(ticket: TicketFacts, action: Action, rules: TransitionRules, now: number): Outcome {
	if (action.kind === "undo") return undo(ticket);
	const allowed = ALLOWED[action.kind];
	if (!allowed.includes(ticket.state)) return { kind: "refused", state: ticket.state, allowed };
	const version = ticket.version + 1;
	const { facts, change } = isAtCounter(action)
		? changeAtCounter(action, ticket, { ticket: ticket.id, version, counter: counterOf(ticket) }, { rules, now })
		: changeElsewhere(action, ticket, { ticket: ticket.id, version });
	return { kind: "changed", ticket: { ...ticket, ...facts, version, before: restorableOf(ticket) }, change };
}

interface Step {
	facts: Partial<Restorable> & Partial<Pick<TicketFacts, "calls" | "delayedUntil">>;
	change: Change;
}

/** Acts of the counter that the ticket is at. */
type CounterAction = Extract<Action, { kind: "recall" | "start" | "finish" | "no-show" }>;

function isAtCounter(action: Action): action is CounterAction {
	return action.kind === "recall" || action.kind === "start" || action.kind === "finish" || action.kind === "no-show";
}

function changeAtCounter(
	action: CounterAction,
	ticket: TicketFacts,
	data: { ticket: TicketId; version: number; counter: CounterNumber },
	{ rules, now }: { rules: TransitionRules; now: number },
): Step {
	switch (action.kind) {
		case "recall": {
			const calls = ticket.calls + 1;
			return { facts: { calls }, change: { type: "ticket.recalled", data: { ...data, calls } } };
		}
		case "start":
			return { facts: { state: "serving" }, change: { type: "ticket.started", data } };
		case "finish": {
			const { outcome, staysHere = false } = action;
			const [next, ...nextTopics] = ticket.nextTopics;
			if (next !== undefined) {
				const step = continueWithNextTopic({ ...data, outcome, next }, nextTopics, staysHere);
				return { ...step, facts: { ...step.facts, ...newLeg(ticket) } };
			}
			return {
				facts: { state: "finished", outcome },
				change: { type: "ticket.finished", data: { ...data, outcome } },
			};
		}
		case "no-show": {
			if (callsInLeg(ticket) >= rules.maxCalls)
				return { facts: { state: "missed", counter: null }, change: { type: "ticket.missed", data } };
			return returnToQueue({ ticket: data.ticket, version: data.version }, now + rules.holdBackMs);
		}
		default:
			return action satisfies never;
	}
}

function changeElsewhere(
	action: Exclude<Action, CounterAction | { kind: "undo" }>,
	ticket: TicketFacts,
	data: { ticket: TicketId; version: number },
): Step {
	switch (action.kind) {
		case "call": {
			const { counter } = action;
			const calls = ticket.calls + 1;
			return {
				facts: { state: "called", counter, calls, notBefore: null },
				change: { type: "ticket.called", data: { ...data, counter, calls } },
			};
		}
		case "return": {
			const step = returnToQueue(data, null);
			// The visitor has come back: the number is called as often as a new one.
			return ticket.state === "missed" ? { ...step, facts: { ...step.facts, ...newLeg(ticket) } } : step;
		}
		case "park":
			return {
				facts: { state: "parked", counter: null, notBefore: null },
				change: { type: "ticket.parked", data },
			};
		case "transfer": {
			const { topic = ticket.topic, reservedFor } = action;
			const nextTopics = ticket.nextTopics.filter((one) => one !== topic);
			return {
				facts: {
					...{ state: "waiting", counter: null, notBefore: null },
					...{ topic, nextTopics, reservedFor, ...newLeg(ticket) },
				},
				change: { type: "ticket.transferred", data: { ...data, topic, reservedFor } },
			};
		}
		case "refer": {
			const { site, codeDigest, visitor } = action;
			return {
				facts: { state: "finished", outcome: "referred", notBefore: null },
				change: {
					type: "ticket.referred",
					data: { ...data, site, topic: ticket.topic, codeDigest, ...(visitor && { visitor }) },
				},
			};
		}
		case "set-priority": {
			// A new class is a new place: who gave way before stands where it came.
			const place = { class: action.class, queuePosition: action.queuePosition };
			return {
				facts: { ...place, behind: null },
				change: { type: "ticket.priority-set", data: { ...data, ...place } },
			};
		}
		case "give-way": {
			const place = { behind: action.behind, queuePosition: action.queuePosition };
			return { facts: place, change: { type: "ticket.yielded", data: { ...data, ...place } } };
		}
		case "delay": {
			const { until: notBefore } = action;
			return {
				facts: { notBefore, delayedUntil: notBefore },
				change: { type: "ticket.delayed", data: { ...data, notBefore } },
			};
		}
		case "cancel":
			return {
				facts: { state: "cancelled", counter: null, notBefore: null },
				change: { type: "ticket.cancelled", data: { ...data, reason: action.reason } },
			};
		default:
			return action satisfies never;
	}
}

/** One topic is done: the next begins where the visitor sits, or is waited for in the old place. */
function continueWithNextTopic(
	data: { ticket: TicketId; version: number; counter: CounterNumber; outcome: TicketOutcome; next: TopicId },
	nextTopics: TopicId[],
	staysHere: boolean,
): Step {
	const { counter, next } = data;
	const place = staysHere
		? ({ state: "serving", counter } as const)
		: ({ state: "waiting", counter: null, reservedFor: null } as const);
	return {
		facts: { ...place, notBefore: null, topic: next, nextTopics },
		change: { type: "ticket.continued", data: { ...data, state: place.state } },
	};
}

function returnToQueue(data: { ticket: TicketId; version: number }, notBefore: number | null): Step {
	return {
		facts: { state: "waiting", counter: null, notBefore },
		change: { type: "ticket.returned", data: { ...data, notBefore } },
	};
}

/** Calls that were made in the current leg: since the ticket was issued, transferred, or went on to its next topic. */
function callsInLeg({ calls, callsBeforeLeg = 0 }: TicketFacts): number {
	return calls - callsBeforeLeg;
}

function newLeg({ calls }: TicketFacts): Pick<Restorable, "callsBeforeLeg"> {
	return { callsBeforeLeg: calls };
}

function counterOf({ id, state, counter }: TicketFacts): CounterNumber {
	if (counter === null) throw new Error(`Ticket ${id} is ${state} at no counter.`);
	return counter;
}

/** The calls stay: they were heard, and the board knows each by its count. */
function undo(ticket: TicketFacts): Outcome {
	const restored = ticket.before;
	if (restored === null) return { kind: "nothing-to-undo" };
	const version = ticket.version + 1;
	return {
		kind: "changed",
		ticket: { ...ticket, ...restored, callsBeforeLeg: restored.callsBeforeLeg ?? 0, version, before: null },
		change: { type: "ticket.undone", data: { ticket: ticket.id, version, restored } },
	};
}

function restorableOf(ticket: Restorable): Restorable {
	const {
		state,
		counter,
		topic,
		nextTopics,
		reservedFor,
		class: ticketClass,
		queuePosition,
		behind,
		notBefore,
		outcome,
		callsBeforeLeg = 0,
	} = ticket;
	return {
		state,
		counter,
		topic,
		nextTopics,
		reservedFor,
		class: ticketClass,
		queuePosition,
		behind,
		notBefore,
		outcome,
		...(callsBeforeLeg > 0 && { callsBeforeLeg }),
	};
}
