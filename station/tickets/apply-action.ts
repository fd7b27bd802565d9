import type { CounterNumber, StaffId, TicketId } from "../../protocol/model/ids.ts";
import { Refusal } from "../refusal.ts";
import type { ServiceDayCache } from "./service-day-cache.ts";
import { type Action, isOver, transition } from "./state-machine.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import { describe, type TicketRow } from "./ticket-row.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

/** Who acts, and when (UTC ms); `by` is the member of staff's id. */
export interface Actor {
	now: number;
	by?: StaffId | undefined;
}

export interface ApplyAction {
	/** Applies an act to a ticket as it was read: its row, interval and event. Only to be called inside a transaction. */
	apply(before: TicketRow, act: Action, actor: Actor): TicketRow;
	/** Refuses with COUNTER_BUSY where another ticket than `except` is at the counter. */
	requireFree(counter: CounterNumber, except?: TicketId): void;
}

export function makeApplyAction(
	deps: TicketServiceDeps,
	repository: TicketRepository,
	day: ServiceDayCache,
): ApplyAction {
	const { eventLog } = deps;

	const requireFree = (counter: CounterNumber, except?: TicketId): void => {
		const busy = repository.atCounter.get({ counter });
		if (!busy || busy.ticket.id === except) return;
		const { id, number, state } = busy.ticket;
		throw new Refusal("COUNTER_BUSY", { counter, ticket: id, number, state });
	};

	/** Ends the interval of the state that was, and begins that of the state that is. */
	const moveInterval = (before: TicketRow, after: TicketRow, at: number): void => {
		if (isOver(before.state)) {
			// An undo: the time after the end becomes an interval too, so that there is no gap.
			const { id, version, state, topic, since } = before;
			repository.beginInterval.run({ ticket: id, version, state, topic, counter: null, now: since, end: at });
		} else repository.endInterval.run({ ticket: after.id, now: at });
		if (isOver(after.state)) return;
		const { id, version, state, topic, counter } = after;
		repository.beginInterval.run({ ticket: id, version, state, topic, counter, now: at, end: null });
	};

	/** After the day's turn only what was at a counter is undone: its place in yesterday's queue is nowhere now. */
	const requireUndoable = ({ serviceDay, state, before }: TicketRow, now: number): void => {
		if (!isOver(state) || serviceDay >= day.serviceDay(now) || before === null || before.counter !== null) return;
		throw new Refusal("TICKET_DAY_OVER", { serviceDay });
	};

	const apply = (before: TicketRow, act: Action, { now, by }: Actor): TicketRow => {
		if (act.kind === "undo") requireUndoable(before, now);
		const facts = { ...before, nextTopics: before.nextTopics ?? [] };
		const outcome = transition(facts, act, deps.rules, now);
		if (outcome.kind === "nothing-to-undo") throw new Refusal("NOTHING_TO_UNDO", describe(before));
		if (outcome.kind === "refused")
			throw new Refusal("TICKET_STATE", { ...describe(before), action: act.kind, allowed: outcome.allowed });
		const next = outcome.ticket;
		if (next.counter !== null) requireFree(next.counter, next.id);
		// An interval never ends before it began, even where the clock was set back.
		const at = Math.max(now, before.since);
		const moved = next.state !== before.state || next.topic !== before.topic;
		const called = outcome.change.type === "ticket.called" || outcome.change.type === "ticket.recalled";
		const after: TicketRow = {
			...before,
			...next,
			callsBeforeLeg: next.callsBeforeLeg ?? 0,
			since: moved ? at : before.since,
			calledAt: called ? now : before.calledAt,
		};
		eventLog.write((append) => append(outcome.change, now, by));
		const written = repository.changeTicket.run({
			id: after.id,
			seen: before.version,
			state: after.state,
			version: after.version,
			topic: after.topic,
			nextTopics: next.nextTopics.length > 0 ? JSON.stringify(next.nextTopics) : null,
			class: after.class,
			queuePosition: after.queuePosition,
			behind: after.behind,
			counter: after.counter,
			reservedFor: after.reservedFor,
			outcome: after.outcome,
			before: after.before && JSON.stringify(after.before),
			calls: after.calls,
			callsBeforeLeg: after.callsBeforeLeg,
			notBefore: after.notBefore,
			delayedUntil: after.delayedUntil,
			since: after.since,
			calledAt: after.calledAt,
		});
		if (written.changes !== 1) throw new Refusal("TICKET_CHANGED", describe(before));
		if (moved) moveInterval(before, after, at);
		return after;
	};

	return { apply, requireFree };
}

/** Applies one act to many tickets in one durable transaction. Returns how many. */
export type ApplyToAll = (
	find: () => TicketRow[],
	act: Action,
	actor: Actor,
	/** Writes what belongs to all of them. */
	done?: (count: number) => void,
) => number;

export function makeApplyToAll(
	deps: TicketServiceDeps,
	repository: TicketRepository,
	day: ServiceDayCache,
): ApplyToAll {
	const { apply } = makeApplyAction(deps, repository, day);
	return (find, act, actor, done) => {
		const moved = deps.database.transaction(
			() => {
				const steps = find().map((before) => ({ before, after: apply(before, act, actor) }));
				if (steps.length > 0) done?.(steps.length);
				return steps;
			},
			{ behavior: "immediate" },
		);
		// Of a past day nobody counts the queue any more.
		const today = day.serviceDay(actor.now);
		for (const { before, after } of moved) if (after.serviceDay === today) day.moved(before, after);
		if (moved.length > 0) deps.changed();
		return moved.length;
	};
}
