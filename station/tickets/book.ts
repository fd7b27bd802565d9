import { type Acts, openActs } from "./acts.ts";
import type { BookParts } from "./book-parts.ts";
import { Day } from "./day.ts";
import { type Issuing, openIssuing } from "./issuing.ts";
import { prepareStatements } from "./statements.ts";
import { openViews, type Views } from "./views.ts";

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
