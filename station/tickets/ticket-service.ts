import { type Actions, openTicketActions } from "./actions.ts";
import { type ClearQueue, openClearQueue } from "./clear-queue.ts";
import { openPastDays, type PastDays } from "./close-past-days.ts";
import { type Issuing, openIssuing } from "./issue.ts";
import { makeFindNext } from "./next-ticket.ts";
import { ServiceDayCache } from "./service-day-cache.ts";
import { openTicketQueries, type TicketQueries } from "./ticket-queries.ts";
import { prepareTicketRepository } from "./ticket-repository.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

/**
 * Issues tickets, moves them through their states and reads them. Every change is one durable transaction with its
 * interval and its event. Times are UTC milliseconds. A Refusal leaves everything as it was.
 */
export type TicketService = Issuing & Actions & PastDays & ClearQueue & TicketQueries;

export function openTicketService(deps: TicketServiceDeps): TicketService {
	const repository = prepareTicketRepository(deps.database);
	const day = new ServiceDayCache(deps, repository);
	const findNext = makeFindNext(deps, day);
	const queries = openTicketQueries(deps, repository, day, findNext);
	return {
		...openIssuing(deps, repository, day, queries),
		...openTicketActions(deps, repository, day, queries, findNext),
		...openPastDays(deps, repository, day),
		...openClearQueue(deps, repository, day),
		...queries,
	};
}
