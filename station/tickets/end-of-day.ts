import type { CancelReason } from "../../protocol/model/ticket.ts";
import { type Actor, makeApplyAction } from "./apply-action.ts";
import { type ClearedTicket, openClearedTickets } from "./cleared-tickets.ts";
import { countsOn } from "./service-day.ts";
import type { ServiceDayCache } from "./service-day-cache.ts";
import type { Action } from "./state-machine.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import type { TicketRow } from "./ticket-row.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

export interface EndOfDay {
	/**
	 * Ends what an earlier day left open: nobody comes for it, and no screen shows it. A ticket at a counter that is under
	 * way (countsOn) stays, for its member of staff to finish. Returns how many it ended.
	 */
	closePastDays(now: number): number;
	/** Cancels everybody who is at no counter: waiting, on hold or missed. Returns how many. */
	clearQueue(reason: CancelReason, actor: Actor): number;
	/** How many of today's cleared tickets are still as they were left. */
	restorable(now: number): number;
	/** Puts those back where they were. Returns how many. */
	restoreCleared(actor: Actor): number;
}

export function openEndOfDay(deps: TicketServiceDeps, repository: TicketRepository, day: ServiceDayCache): EndOfDay {
	const { database, eventLog } = deps;
	const { apply } = makeApplyAction(deps, repository, day);
	const cleared = openClearedTickets(database);

	/** One act on many tickets in one durable transaction; `done` writes what belongs to all of them. */
	const applyToAll = (
		find: () => TicketRow[],
		act: Action,
		actor: Actor,
		done: (count: number) => void = () => undefined,
	): number => {
		const moved = database.transaction(
			() => {
				const steps = find().map((before) => ({ before, after: apply(before, act, actor) }));
				if (steps.length > 0) done(steps.length);
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

	const restorableTickets = (now: number): TicketRow[] =>
		cleared.since(day.serviceDay(now)).flatMap(({ id, version }: ClearedTicket) => {
			const row = repository.byId.get({ id })?.ticket;
			return row?.state === "cancelled" && row.version === version ? [row] : [];
		});

	return {
		closePastDays(now) {
			const today = day.serviceDay(now);
			const left = () =>
				repository.liveOfPastDays.all({ serviceDay: today }).filter((row) => !countsOn(today, row, now));
			return applyToAll(left, { kind: "cancel", reason: "closed" }, { now });
		},
		clearQueue(reason, actor) {
			const serviceDay = day.serviceDay(actor.now);
			const open = () =>
				repository.live.all({ serviceDay }).flatMap(({ ticket }) => (ticket.counter === null ? [ticket] : []));
			return applyToAll(open, { kind: "cancel", reason }, actor, (tickets) => {
				const { now, by } = actor;
				eventLog.write((append) => append({ type: "queue.cleared", data: { reason, tickets } }, now, by));
			});
		},
		restorable: (now) => restorableTickets(now).length,
		restoreCleared: (actor) => applyToAll(() => restorableTickets(actor.now), { kind: "undo" }, actor),
	};
}
