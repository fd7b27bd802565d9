import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import { staff } from "../../db/station/schema/staff.ts";
import { ticket as ticketTable } from "../../db/station/schema/tickets.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { TicketId } from "../../protocol/model/ids.ts";
import type { AuditEntry } from "../../protocol/model/staff.ts";

/** Who did what, latest first: the stream's events that a member of staff caused, before the sequence given. */
export function readAudit(
	database: StationDatabase,
	{ before, most, ticket }: { before: number; most: number; ticket?: TicketId | undefined },
): AuditEntry[] {
	const by = sql<string>`json_extract(${event.text}, '$.by')`;
	const about = sql<string>`json_extract(${event.text}, '$.data.ticket')`;
	return database
		.select({
			seq: event.seq,
			at: event.at,
			staff: sql<string>`coalesce(${staff.name}, ${by})`,
			number: ticketTable.number,
			type: event.type,
			text: event.text,
		})
		.from(event)
		.leftJoin(staff, eq(staff.id, by))
		.leftJoin(ticketTable, eq(ticketTable.id, about))
		.where(
			and(lt(event.seq, before), sql`${by} is not null`, ticket === undefined ? undefined : sql`${about} = ${ticket}`),
		)
		.orderBy(desc(event.seq))
		.limit(most)
		.all()
		.map(({ text, ...row }) => ({ ...row, data: { ...readEvent(text)?.data } }));
}
