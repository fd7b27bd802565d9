import type { Change } from "../../protocol/event.ts";
import type { TicketState } from "../../protocol/ticket.ts";

/** What may happen to a ticket, as pure rules: the states and guards that ZMS and OpenMRS taught (docs/tickets.md). */

export interface TicketFacts {
	id: string;
	state: TicketState;
	version: number;
	counter: string | null;
	calls: number;
	restsUntil: number | null;
}

export type Act =
	| { kind: "call"; counter: string }
	| { kind: "recall" }
	| { kind: "start" }
	| { kind: "finish" }
	| { kind: "no-show" };

export interface LifeRules {
	/** How often a number is called before the ticket is missed. */
	mostCalls: number;
	/** How long "next" leaves a ticket alone that was called in vain, in milliseconds. */
	restAfterCall: number;
}

export const DEFAULT_LIFE_RULES: LifeRules = { mostCalls: 3, restAfterCall: 5 * 60_000 };

export type Outcome =
	| { kind: "changed"; ticket: TicketFacts; change: Change }
	/** The state does not allow the act; `allowed` are the states that do. */
	| { kind: "refused"; state: TicketState; allowed: readonly TicketState[] };

const ALLOWED: Readonly<Record<Act["kind"], readonly TicketState[]>> = {
	call: ["waiting"],
	recall: ["called"],
	start: ["called"],
	finish: ["serving"],
	"no-show": ["called"],
};

/** Applies an act at an instant (UTC ms). The ticket given is not altered. */
export function applyAct(ticket: TicketFacts, act: Act, rules: LifeRules, now: number): Outcome {
	const allowed = ALLOWED[act.kind];
	const counter = act.kind === "call" ? act.counter : ticket.counter;
	if (!allowed.includes(ticket.state) || counter === null) return { kind: "refused", state: ticket.state, allowed };
	const version = ticket.version + 1;
	const at = { ticket: ticket.id, version, counter };
	switch (act.kind) {
		case "call": {
			const calls = ticket.calls + 1;
			return {
				kind: "changed",
				ticket: { ...ticket, version, state: "called", counter, calls, restsUntil: null },
				change: { type: "ticket.called", data: { ...at, calls } },
			};
		}
		case "recall": {
			const calls = ticket.calls + 1;
			return {
				kind: "changed",
				ticket: { ...ticket, version, calls },
				change: { type: "ticket.recalled", data: { ...at, calls } },
			};
		}
		case "start":
			return {
				kind: "changed",
				ticket: { ...ticket, version, state: "serving" },
				change: { type: "ticket.started", data: at },
			};
		case "finish":
			return {
				kind: "changed",
				ticket: { ...ticket, version, state: "finished" },
				change: { type: "ticket.finished", data: at },
			};
		case "no-show": {
			if (ticket.calls >= rules.mostCalls) {
				return {
					kind: "changed",
					ticket: { ...ticket, version, state: "missed", counter: null },
					change: { type: "ticket.missed", data: at },
				};
			}
			const restsUntil = now + rules.restAfterCall;
			return {
				kind: "changed",
				ticket: { ...ticket, version, state: "waiting", counter: null, restsUntil },
				change: { type: "ticket.returned", data: { ...at, restsUntil } },
			};
		}
	}
}
