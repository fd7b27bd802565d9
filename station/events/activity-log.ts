import { and, desc, eq, inArray, isNotNull, lt, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import { staff } from "../../db/station/schema/staff.ts";
import { ticket as ticketTable } from "../../db/station/schema/tickets.ts";
import type { EventType } from "../../protocol/events/event.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { TicketId } from "../../protocol/model/ids.ts";
import type { AuditEntry } from "../../protocol/model/staff.ts";

export interface ActivityPage {
	/** Entries before this place of the log. */
	before: number;
	limit: number;
	/** Everything that happened to one ticket, whoever did it. */
	ticket?: TicketId | undefined;
	/** Visitors' own acts and imports as well. */
	isComplete?: boolean;
}

/** What people do without signing in: at the kiosk, on the phone, by an import. */
const UNSIGNED: readonly EventType[] = [
	"ticket.issued",
	"ticket.cancelled",
	"ticket.delayed",
	"ticket.yielded",
	"ticket.rated",
	"help.requested",
	"visit.expected",
	"visit.withdrawn",
	"staff.saved",
	"staff.removed",
	"staff.locked",
	"topic.configured",
	"device.paired",
	"printer.roll-changed",
];

/** The activity log, latest first. */
export function readAudit(
	database: StationDatabase,
	{ before, limit, ticket, isComplete = false }: ActivityPage,
): AuditEntry[] {
	const by = sql<string>`json_extract(${event.text}, '$.by')`;
	const about = sql<string>`json_extract(${event.text}, '$.data.ticket')`;
	const account = alias(staff, "account");
	const wanted = (): SQL | undefined => {
		if (ticket !== undefined) return eq(about, ticket);
		return isComplete ? or(isNotNull(by), inArray(event.type, [...UNSIGNED])) : isNotNull(by);
	};
	return database
		.select({
			seq: event.seq,
			at: event.at,
			staff: sql<string | null>`coalesce(${staff.name}, ${by})`,
			number: ticketTable.number,
			account: account.name,
			type: event.type,
			text: event.text,
		})
		.from(event)
		.leftJoin(staff, eq(staff.id, by))
		.leftJoin(account, eq(account.id, sql`json_extract(${event.text}, '$.data.staff')`))
		.leftJoin(ticketTable, eq(ticketTable.id, about))
		.where(and(lt(event.seq, before), wanted()))
		.orderBy(desc(event.seq))
		.limit(limit)
		.all()
		.map(({ text, ...row }) => ({ ...row, data: { ...readEvent(text)?.data } }));
}

/** The ticket of a number on a service day. */
export function findTicketByNumber(
	database: StationDatabase,
	{ number, serviceDay }: { number: string; serviceDay: string },
): TicketId | undefined {
	return database
		.select({ id: ticketTable.id })
		.from(ticketTable)
		.where(and(eq(ticketTable.serviceDay, serviceDay), eq(ticketTable.number, number)))
		.get()?.id;
}
