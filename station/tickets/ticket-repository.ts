import { and, asc, count, desc, eq, gte, isNotNull, lt, or, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { expectedVisit, numberCounter, printJob, ticket, ticketInterval } from "../../db/station/schema/tickets.ts";
import { UNPROVEN_REASONS } from "../../protocol/model/print.ts";
import type { LastPrint } from "./ticket-row.ts";

/** Our own words, so that a statement needs no parameters for them. */
const UNPROVEN = sql.raw(UNPROVEN_REASONS.map((reason) => `'${reason}'`).join(", "));

export type TicketRepository = ReturnType<typeof prepareTicketRepository>;

/**
 * The tickets' prepared statements: drizzle unprepared takes twice as long (1,642 against 3,571 issues a second). Those
 * that every act and every phone needs have neither a join nor a bound LIMIT: SQLite plans such a statement anew for each
 * value that is bound to it, which took ten times as long as reading the row.
 */
export function prepareTicketRepository(database: StationDatabase) {
	const value = (name: string) => sql`${sql.placeholder(name)}`;
	// A reprint is a later copy: the last copy's state is the ticket's. Not a join, see above.
	const lastPrint = sql<LastPrint>`(select case when state = 'doubtful' and reason in (${UNPROVEN}) then 'sent-only' else state end from print_job where print_job.ticket = "ticket"."id" order by copy desc limit 1)`;
	const ticketsWithPrint = () => database.select({ ticket, lastPrint }).from(ticket);

	const lineColumns = {
		id: ticket.id,
		number: ticket.number,
		issuedSeq: ticket.issuedSeq,
		class: ticket.class,
		queuePosition: ticket.queuePosition,
		behind: ticket.behind,
		notBefore: ticket.notBefore,
		topic: ticket.topic,
		nextTopics: ticket.nextTopics,
		language: ticket.language,
		reservedFor: ticket.reservedFor,
		arrivedAt: ticket.arrivedAt,
		calls: ticket.calls,
	};

	return {
		latestServiceDay: database
			.select({ day: numberCounter.serviceDay })
			.from(numberCounter)
			.orderBy(desc(numberCounter.serviceDay))
			.limit(1)
			.prepare(),
		takeNumber: database
			.insert(numberCounter)
			.values({ serviceDay: sql.placeholder("serviceDay"), series: sql.placeholder("series"), last: 1 })
			.onConflictDoUpdate({
				target: [numberCounter.serviceDay, numberCounter.series],
				set: { last: sql`${numberCounter.last} + 1` },
			})
			.returning({ ordinal: numberCounter.last })
			.prepare(),
		insertTicket: database
			.insert(ticket)
			.values({
				id: sql.placeholder("id"),
				requestKey: sql.placeholder("requestKey"),
				code: sql.placeholder("code"),
				serviceDay: sql.placeholder("serviceDay"),
				series: sql.placeholder("series"),
				ordinal: sql.placeholder("ordinal"),
				number: sql.placeholder("number"),
				topic: sql.placeholder("topic"),
				nextTopics: value("nextTopics"),
				language: sql.placeholder("language"),
				partySize: sql.placeholder("partySize"),
				class: sql.placeholder("class"),
				queuePosition: sql.placeholder("queuePosition"),
				bookedAt: value("bookedAt"),
				state: "waiting",
				version: 1,
				calls: 0,
				issuedSeq: sql.placeholder("issuedSeq"),
				arrivedAt: sql.placeholder("now"),
				since: sql.placeholder("now"),
				aheadAtIssue: sql.placeholder("ahead"),
				waitMinMinutes: sql.placeholder("waitMinMinutes"),
				waitMaxMinutes: sql.placeholder("waitMaxMinutes"),
				waitLowMs: sql.placeholder("waitLowMs"),
				waitMiddleMs: sql.placeholder("waitMiddleMs"),
				waitHighMs: sql.placeholder("waitHighMs"),
			})
			.prepare(),
		insertJob: database
			.insert(printJob)
			.values({
				id: sql.placeholder("id"),
				ticket: sql.placeholder("ticket"),
				copy: 1,
				printer: sql`${sql.placeholder("printer")}`,
				state: "queued",
				attempts: 0,
				createdAt: sql.placeholder("now"),
				changedAt: sql.placeholder("now"),
			})
			.prepare(),
		beginInterval: database
			.insert(ticketInterval)
			.values({
				ticket: sql.placeholder("ticket"),
				version: sql.placeholder("version"),
				state: sql.placeholder("state"),
				topic: sql.placeholder("topic"),
				counter: sql.placeholder("counter"),
				startedAt: sql.placeholder("now"),
				endedAt: sql.placeholder("end"),
			})
			.prepare(),
		endInterval: database
			.update(ticketInterval)
			.set({ endedAt: value("now") })
			.where(and(eq(ticketInterval.ticket, sql.placeholder("ticket")), sql`${ticketInterval.endedAt} is null`))
			.prepare(),
		changeTicket: database
			.update(ticket)
			.set({
				state: value("state"),
				version: value("version"),
				topic: value("topic"),
				nextTopics: value("nextTopics"),
				class: value("class"),
				queuePosition: value("queuePosition"),
				behind: value("behind"),
				counter: value("counter"),
				reservedFor: value("reservedFor"),
				outcome: value("outcome"),
				before: value("before"),
				calls: value("calls"),
				callsBeforeLeg: value("callsBeforeLeg"),
				notBefore: value("notBefore"),
				delayedUntil: value("delayedUntil"),
				since: value("since"),
				calledAt: value("calledAt"),
			})
			.where(and(eq(ticket.id, sql.placeholder("id")), eq(ticket.version, sql.placeholder("seen"))))
			.prepare(),
		// Only what is asked for: almost every request is new, and reading the whole ticket costs five times as much.
		idOfRequestKey: database
			.select({ id: ticket.id, code: ticket.code })
			.from(ticket)
			.where(eq(ticket.requestKey, sql.placeholder("requestKey")))
			.prepare(),
		byId: ticketsWithPrint()
			.where(eq(ticket.id, sql.placeholder("id")))
			.prepare(),
		// Within few service days: a random code has no index of its own.
		byCode: database
			.select({ id: ticket.id })
			.from(ticket)
			.where(and(gte(ticket.serviceDay, sql.placeholder("from")), eq(ticket.code, sql.placeholder("code"))))
			.prepare(),
		codes: database
			.select({ id: ticket.id, code: ticket.code })
			.from(ticket)
			.where(gte(ticket.serviceDay, sql.placeholder("from")))
			.prepare(),
		note: database
			.update(ticket)
			.set({ version: value("version"), note: value("note") })
			.where(eq(ticket.id, sql.placeholder("id")))
			.prepare(),
		rate: database
			.update(ticket)
			.set({ rating: value("rating") })
			.where(and(eq(ticket.id, sql.placeholder("id")), sql`${ticket.rating} is null`))
			.prepare(),
		atCounter: ticketsWithPrint()
			.where(and(eq(ticket.counter, sql.placeholder("counter")), sql`${ticket.state} in ('called', 'serving')`))
			.prepare(),
		line: database
			.select(lineColumns)
			.from(ticket)
			.where(and(eq(ticket.serviceDay, sql.placeholder("serviceDay")), sql`${ticket.state} = 'waiting'`))
			.orderBy(asc(ticket.issuedSeq))
			.prepare(),
		/** Where visitors who gave way stand. */
		placesTaken: database
			.select({ behind: ticket.behind })
			.from(ticket)
			.where(and(eq(ticket.serviceDay, sql.placeholder("serviceDay")), isNotNull(ticket.behind)))
			.prepare(),
		/** What earlier days left. */
		liveOfPastDays: database
			.select()
			.from(ticket)
			.where(
				and(
					lt(ticket.serviceDay, sql.placeholder("serviceDay")),
					or(sql`${ticket.state} = 'waiting'`, sql`${ticket.state} in ('called', 'serving', 'parked', 'missed')`),
				),
			)
			.prepare(),
		cancelledBetween: database
			.select()
			.from(ticket)
			.where(
				and(
					gte(ticket.serviceDay, sql.placeholder("from")),
					lt(ticket.serviceDay, sql.placeholder("to")),
					eq(ticket.state, "cancelled"),
				),
			)
			.orderBy(asc(ticket.issuedSeq))
			.prepare(),
		endedOfOrdinal: database
			.select({ number: ticket.number, series: ticket.series, state: ticket.state, since: ticket.since })
			.from(ticket)
			.where(
				and(
					eq(ticket.serviceDay, sql.placeholder("serviceDay")),
					eq(ticket.ordinal, sql.placeholder("ordinal")),
					sql`${ticket.state} in ('finished', 'cancelled')`,
				),
			)
			.orderBy(asc(ticket.series))
			.prepare(),
		visitCame: database
			.update(expectedVisit)
			.set({ ticket: value("ticket") })
			.where(eq(expectedVisit.id, sql.placeholder("visit")))
			.prepare(),
		live: ticketsWithPrint()
			.where(
				or(
					and(eq(ticket.serviceDay, sql.placeholder("serviceDay")), sql`${ticket.state} = 'waiting'`),
					and(
						eq(ticket.serviceDay, sql.placeholder("serviceDay")),
						sql`${ticket.state} in ('called', 'serving', 'parked', 'missed')`,
					),
					sql`${ticket.counter} is not null and ${ticket.state} in ('called', 'serving')`,
				),
			)
			.orderBy(asc(ticket.issuedSeq))
			.prepare(),
		/** By the index ticket_at_counter alone. */
		atCounters: database
			.select({ tickets: count() })
			.from(ticket)
			.where(sql`${ticket.counter} is not null and ${ticket.state} in ('called', 'serving')`)
			.prepare(),
		openCalls: database
			.select()
			.from(ticket)
			// Written out, not bound: a partial index serves only what SQLite can see to be in it.
			.where(sql`${ticket.counter} is not null and ${ticket.state} in ('called', 'serving')`)
			.orderBy(asc(ticket.state), desc(ticket.calledAt), desc(ticket.issuedSeq))
			.prepare(),
		missed: database
			.select({ number: ticket.number })
			.from(ticket)
			.where(
				and(
					eq(ticket.serviceDay, sql.placeholder("serviceDay")),
					// The words of the index: without them all tickets of the day are read.
					sql`${ticket.state} in ('called', 'serving', 'parked', 'missed')`,
					sql`${ticket.state} = 'missed'`,
				),
			)
			.orderBy(desc(ticket.since), desc(ticket.issuedSeq))
			.prepare(),
	};
}
