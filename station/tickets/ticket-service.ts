import { type Actions, openTicketActions } from "./actions.ts";
import { type Issuing, openIssuing } from "./issue.ts";
import { Day } from "./service-day-cache.ts";
import { openTicketQueries, type TicketQueries } from "./ticket-queries.ts";
import { prepareTicketRepository } from "./ticket-repository.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

/**
 * The book of tickets: the only place that reads and writes them. Every change is one durable
 * transaction that holds the change, its interval and its event. Times are UTC milliseconds.
 * Refuses with Refusal, and then nothing has changed.
 */
export type TicketService = Issuing & Actions & TicketQueries;

export function openTicketService(deps: TicketServiceDeps): TicketService {
	const statements = prepareTicketRepository(deps.database);
	const day = new Day(deps, statements);
	const views = openTicketQueries(deps, statements, day);
	return { ...openIssuing(deps, statements, day, views), ...openTicketActions(deps, statements, day, views), ...views };
}
