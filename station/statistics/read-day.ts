import { and, asc, between, eq, inArray, max, min, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import { numberCounter, ticket, ticketInterval } from "../../db/station/schema/tickets.ts";
import type { EventType } from "../../protocol/events/event.ts";
import type { StaffId, TicketId } from "../../protocol/model/ids.ts";
import { type Leg, type LegStep, legsOf, type TicketRecord } from "../../protocol/statistics/leg.ts";

/** What the intervals do not say of a ticket: who did it, and why. */
const TOLD_BY_EVENTS = [
	"ticket.called",
	"ticket.started",
	"ticket.finished",
	"ticket.missed",
	"ticket.returned",
	"ticket.continued",
	"ticket.transferred",
	"ticket.referred",
	"ticket.cancelled",
	"ticket.parked",
	"ticket.undone",
] as const satisfies readonly EventType[];

/** A clock that goes back by less is only set right. */
const SET_BACK_MS = 60_000;

interface DayEvent {
	seq: number;
	type: EventType;
	by: StaffId | null;
	version: number;
	reason: string | null;
}

/** The legs of a service day's tickets, from tickets, intervals and events. `minuteOf` reads the site's wall clock. */
export function readDayLegs(
	database: StationDatabase,
	serviceDay: string,
	minuteOf: (instant: number, serviceDay: string) => number,
): Leg[] {
	return readTicketRecords(database, serviceDay).flatMap(({ record }) =>
		legsOf(record, (instant) => minuteOf(instant, serviceDay)),
	);
}

/** A ticket of a past day, with when it came and from when its place in the queue counted. */
export interface DatedRecord {
	arrivedAt: number;
	queuePosition: number;
	record: TicketRecord;
}

/** What tickets, intervals and events say of a service day's tickets. */
export function readTicketRecords(database: StationDatabase, serviceDay: string): DatedRecord[] {
	const log = readDayLog(database, serviceDay);
	if (log === null) return [];
	const rows = database
		.select({ ticket, interval: ticketInterval })
		.from(ticket)
		.innerJoin(ticketInterval, eq(ticketInterval.ticket, ticket.id))
		.where(eq(ticket.serviceDay, serviceDay))
		.orderBy(asc(ticketInterval.ticket), asc(ticketInterval.version))
		.all();
	const tickets = new Map<TicketId, { ticket: (typeof rows)[number]["ticket"]; intervals: Interval[] }>();
	for (const { ticket: own, interval } of rows) {
		const known = tickets.get(own.id);
		if (known) known.intervals.push(interval);
		else tickets.set(own.id, { ticket: own, intervals: [interval] });
	}
	return [...tickets.values()].map(({ ticket: own, intervals }) => ({
		...{ arrivedAt: own.arrivedAt, queuePosition: own.queuePosition },
		record: recordOf(own, intervals, log),
	}));
}

type Interval = typeof ticketInterval.$inferSelect;

interface DayLog {
	events: Map<TicketId, DayEvent[]>;
	/** Places of the log at which the clock had been set back. */
	setBack: readonly number[];
}

/** The events between the day's first ticket and the first of the next day; null where the day has no ticket. */
function readDayLog(database: StationDatabase, serviceDay: string): DayLog | null {
	const range = readLogRange(database, serviceDay);
	if (range === null) return null;
	const within = between(event.seq, range.first, range.last);
	const rows = database
		.select({
			seq: event.seq,
			type: event.type,
			by: sql<StaffId | null>`json_extract(${event.text}, '$.by')`,
			ticket: sql<TicketId>`json_extract(${event.text}, '$.data.ticket')`,
			version: sql<number>`json_extract(${event.text}, '$.data.version')`,
			reason: sql<string | null>`json_extract(${event.text}, '$.data.reason')`,
		})
		.from(event)
		.where(and(within, inArray(event.type, [...TOLD_BY_EVENTS])))
		.orderBy(asc(event.seq))
		.all();
	const setBack = database.all<{ seq: number }>(sql`
		select seq from (select seq, at, lag(at) over (order by seq) as before from ${event} where ${within})
		where at < before - ${SET_BACK_MS}`);
	const events = new Map<TicketId, DayEvent[]>();
	for (const { ticket: id, ...row } of rows) {
		const known = events.get(id);
		if (known) known.push(row);
		else events.set(id, [row]);
	}
	return { events, setBack: setBack.map(({ seq }) => seq) };
}

/**
 * Places of the log: of the day's first ticket, the last before that which is of another day, and the last event that is
 * of the day. Null where the day has no ticket.
 */
export function readLogRange(
	database: StationDatabase,
	serviceDay: string,
): { before: number; first: number; last: number } | null {
	const range = (day: string | null | undefined) =>
		day == null
			? undefined
			: database
					.select({ first: min(ticket.issuedSeq), last: max(ticket.issuedSeq) })
					.from(ticket)
					.where(eq(ticket.serviceDay, day))
					.get();
	const own = range(serviceDay);
	if (own?.first == null || own.last == null) return null;
	const neighbours = database
		.select({
			previous: sql<string | null>`max(service_day) filter (where service_day < ${serviceDay})`,
			next: sql<string | null>`min(service_day) filter (where service_day > ${serviceDay})`,
		})
		.from(numberCounter)
		.get();
	const nextFirst = range(neighbours?.next)?.first;
	const before = range(neighbours?.previous)?.last ?? 0;
	// Days that a wrong clock has mixed have no border in the log.
	const last = nextFirst != null && nextFirst > own.last ? nextFirst - 1 : Number.MAX_SAFE_INTEGER;
	return { before: before < own.first ? before : own.first - 1, first: own.first, last };
}

function recordOf(own: typeof ticket.$inferSelect, intervals: readonly Interval[], log: DayLog): TicketRecord {
	const events = log.events.get(own.id) ?? [];
	const { waitMinMinutes: minMinutes, waitMaxMinutes: maxMinutes } = own;
	return {
		...{ language: own.language, class: own.class, state: own.state, outcome: own.outcome, rating: own.rating },
		told: minMinutes === null || maxMinutes === null ? null : { minMinutes, maxMinutes },
		cancelled: cancelReasonOf(events),
		steps: intervals.map((interval, index) => stepOf(interval, intervals[index + 1], { own, events, log })),
	};
}

function stepOf(
	{ version, state, topic, counter, startedAt, endedAt }: Interval,
	next: Interval | undefined,
	{ own, events, log }: { own: typeof ticket.$inferSelect; events: readonly DayEvent[]; log: DayLog },
): LegStep {
	const began = events.find((one) => one.version === version);
	const ended = next ? events.find((one) => one.version === next.version) : events.at(-1);
	const from = began?.seq ?? (version === 1 ? own.issuedSeq : undefined);
	const isDoubtful =
		from !== undefined && ended !== undefined && log.setBack.some((seq) => from < seq && seq <= ended.seq);
	return {
		...{ state, topic, counter, startedAt, endedAt, isDoubtful },
		by: began?.by ?? null,
		begins:
			began?.type === "ticket.transferred" ? "transferred" : began?.type === "ticket.continued" ? "continued" : null,
	};
}

function cancelReasonOf(events: readonly DayEvent[]): TicketRecord["cancelled"] {
	const reason = events.findLast(({ type }) => type === "ticket.cancelled")?.reason;
	if (reason == null) return null;
	return reason === "left" || reason === "closed" ? reason : "withdrawn";
}
