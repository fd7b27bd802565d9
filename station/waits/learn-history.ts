import { and, asc, between, desc, eq, inArray, max, min, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event } from "../../db/station/schema/events.ts";
import { numberCounter, ticket, ticketInterval } from "../../db/station/schema/tickets.ts";
import { type CounterNumber, counterNumberSchema } from "../../protocol/model/ids.ts";
import { RECORD_DAYS, type TicketChange, type WaitKnowledge } from "./wait-knowledge.ts";

type Moment = { at: number } & ({ change: TicketChange } | { counter: CounterNumber; type: string });

const COUNTER_EVENTS = ["counter.staffed", "counter.paused", "counter.resumed"] as const;

/** The service days of which something is to be learned, oldest first. */
export function listLearnableDays(database: StationDatabase): string[] {
	return database
		.selectDistinct({ day: numberCounter.serviceDay })
		.from(numberCounter)
		.orderBy(desc(numberCounter.serviceDay))
		.limit(RECORD_DAYS)
		.all()
		.map(({ day }) => day)
		.reverse();
}

/** Plays one service day of the database to what the station knows, as if it had followed it. */
export function learnDay(database: StationDatabase, serviceDay: string, knowledge: WaitKnowledge): void {
	const moments = [...ticketMoments(database, serviceDay), ...counterMoments(database, serviceDay)];
	moments.sort((one, other) => one.at - other.at);
	for (const moment of moments) {
		if ("change" in moment) knowledge.ticketChanged(moment.change);
		else if (moment.type === "counter.staffed") knowledge.counterStaffed(moment.counter);
		else if (moment.type === "counter.paused") knowledge.breakBegan(moment.counter, moment.at);
		else knowledge.breakEnded(moment.counter, moment.at);
	}
}

function ticketMoments(database: StationDatabase, serviceDay: string): Moment[] {
	const rows = database
		.select({ ticket, interval: ticketInterval })
		.from(ticket)
		.innerJoin(ticketInterval, eq(ticketInterval.ticket, ticket.id))
		.where(eq(ticket.serviceDay, serviceDay))
		.orderBy(asc(ticketInterval.ticket), asc(ticketInterval.version))
		.all();
	return rows.flatMap(({ ticket: own, interval }, index) => {
		const { waitLowMs: lowMs, waitMiddleMs: middleMs, waitHighMs: highMs } = own;
		const told = lowMs === null || middleMs === null || highMs === null ? null : { lowMs, middleMs, highMs };
		const of = { ticket: own.id, arrivedAt: own.arrivedAt, class: own.class, told };
		const { state: to, topic, counter, startedAt, endedAt } = interval;
		const began = { at: startedAt, change: { ...of, to, topic, counter, at: startedAt } };
		const isLast = rows[index + 1]?.ticket.id !== own.id;
		if (!isLast || endedAt === null) return [began];
		return [began, { at: endedAt, change: { ...of, to: own.state, topic, counter: null, at: endedAt } }];
	});
}

/** Breaks are in the events alone; those of a day lie between its tickets. */
function counterMoments(database: StationDatabase, serviceDay: string): Moment[] {
	const [range] = database
		.select({ first: min(ticket.issuedSeq), last: max(ticket.issuedSeq) })
		.from(ticket)
		.where(eq(ticket.serviceDay, serviceDay))
		.all();
	if (!range || range.first === null || range.last === null) return [];
	return database
		.select({ at: event.at, type: event.type, counter: sql<string>`json_extract(${event.text}, '$.data.counter')` })
		.from(event)
		.where(
			and(
				between(event.seq, range.first - SIGN_INS_BEFORE, range.last + EVENTS_AFTER),
				inArray(event.type, [...COUNTER_EVENTS]),
			),
		)
		.orderBy(asc(event.seq))
		.all()
		.flatMap(({ at, type, counter }) => {
			const known = counterNumberSchema.safeParse(counter);
			return known.success ? [{ at, type, counter: known.data }] : [];
		});
}

/** Events before the first ticket of a day, in which staff signed in; and after the last, in which it was served. */
const [SIGN_INS_BEFORE, EVENTS_AFTER] = [20, 100];
