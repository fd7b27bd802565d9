import type { CancelReason } from "../../protocol/model/ticket.ts";
import { type Actor, makeApplyToAll } from "./apply-action.ts";
import { type ClearedTicket, openClearedTickets } from "./cleared-tickets.ts";
import type { ServiceDayCache } from "./service-day-cache.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import type { TicketRow } from "./ticket-row.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

/** A supervisor closes the day: whoever is at no counter is cancelled, and can be put back. */
export interface ClearQueue {
	/** Cancels everybody who is at no counter: waiting, on hold or missed. Returns how many. */
	clearQueue(reason: CancelReason, actor: Actor): number;
	/** How many of today's cleared tickets are still as they were left. */
	restorable(now: number): number;
	/** Puts those back where they were. Returns how many. */
	restoreCleared(actor: Actor): number;
}

export function openClearQueue(
	deps: TicketServiceDeps,
	repository: TicketRepository,
	day: ServiceDayCache,
): ClearQueue {
	const { database, eventLog } = deps;
	const applyToAll = makeApplyToAll(deps, repository, day);
	const cleared = openClearedTickets(database);

	const restorableTickets = (now: number): TicketRow[] =>
		cleared.since(day.serviceDay(now)).flatMap(({ id, version }: ClearedTicket) => {
			const row = repository.byId.get({ id })?.ticket;
			return row?.state === "cancelled" && row.version === version ? [row] : [];
		});

	return {
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
