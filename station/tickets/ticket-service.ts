import { type Acts, openActs } from "./actions.ts";
import { type Issuing, openIssuing } from "./issue.ts";
import { Day } from "./service-day-cache.ts";
import { openViews, type Views } from "./ticket-queries.ts";
import { prepareStatements } from "./ticket-repository.ts";
import type { BookParts } from "./ticket-service-deps.ts";

/**
 * The book of tickets: the only place that reads and writes them. Every change is one durable
 * transaction that holds the change, its interval and its event. Times are UTC milliseconds.
 * Refuses with Refusal, and then nothing has changed.
 */
export type TicketBook = Issuing & Acts & Views;

export function openTicketBook(parts: BookParts): TicketBook {
	const statements = prepareStatements(parts.database);
	const day = new Day(parts, statements);
	const views = openViews(parts, statements, day);
	return { ...openIssuing(parts, statements, day, views), ...openActs(parts, statements, day, views), ...views };
}
