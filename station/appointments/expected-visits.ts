import { hash } from "node:crypto";
import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { expectedVisit, ticket } from "../../db/station/schema/tickets.ts";
import { digestOfCode } from "../../lib/code-digest.ts";
import type { NewId, SiteId, StaffId, TicketId, TopicId, VisitId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { TicketClass } from "../../protocol/model/ticket.ts";
import type { ExpectedVisit } from "../../protocol/model/visit.ts";
import type { EventLog } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";

/** A visitor who is expected. Nobody is named: whoever brings the code is the one. */
export interface Expected {
	kind: "appointment" | "referral";
	/** Where it is known from, such as a calendar's UID: told again, it is the same visit. */
	source: string;
	/** SHA-256 of the code, hex: see digestOfCode. */
	codeDigest: string;
	/** The booked time; for a referral, when the visitor came to the first site. UTC milliseconds. */
	at: number;
	topic: TopicId;
	/** Null where the booking does not say. */
	language: Language | null;
	partySize: number;
	/** The first leg of a referral. */
	from?: { site: SiteId; ticket: TicketId } | undefined;
}

/** How a checked-in visitor's ticket is issued. */
export interface CheckIn {
	visit: VisitId;
	topic: TopicId;
	language: Language | null;
	partySize: number;
	class: "ordinary" | "appointment";
	queuePosition: number;
	/** The ticket that was issued for it before: the same check-in again. */
	ticket: TicketId | null;
}

export interface ImportResult {
	/** Visits that are new, or are not as they were. */
	kept: number;
	withdrawn: number;
	unchanged: number;
	/** Cancellations of bookings that the station does not have. */
	unmatched: number;
}

export interface Visits {
	/**
	 * Keeps expected visits in one durable transaction; those in `gone` (sources) are withdrawn, and those in `excluded` as
	 * well where they are there. A visit whose visitor has come stays as it is; once it is over, another time makes a new
	 * visit. Refuses with BOOKING_CODE_TAKEN where two bookings of a day have one code.
	 */
	expect(
		visits: Iterable<Expected>,
		gone: readonly string[],
		actor: { now: number; by?: StaffId | undefined },
		excluded?: readonly string[],
	): ImportResult;
	/** The visits of today, and referrals of any day that nobody came for yet, by time. */
	list(now: number): ExpectedVisit[];
	/** What a code stands for today. Refuses with VISIT_UNKNOWN, VISIT_OTHER_DAY, or VISIT_OVER once its ticket has ended. */
	checkIn(code: string, now: number): CheckIn;
}

export interface VisitsDeps {
	database: StationDatabase;
	eventLog: EventLog;
	/** The service day of any instant, also of a past one. */
	calendarServiceDay(at: number): string;
	/** The service day that tickets are issued for now. */
	serviceDay(now: number): string;
	/** The place in the queue of a visitor who checks in at `now` for a booked time. */
	placeOfAppointment(bookedAt: number, now: number): { class: TicketClass; queuePosition: number };
	newId: NewId;
}

export function openVisits({
	database,
	eventLog,
	calendarServiceDay,
	serviceDay,
	placeOfAppointment,
	newId,
}: VisitsDeps): Visits {
	const bySource = database
		.select()
		.from(expectedVisit)
		.where(eq(expectedVisit.source, sql.placeholder("source")))
		.prepare();
	const byCode = database
		.select()
		.from(expectedVisit)
		.where(and(eq(expectedVisit.codeDigest, sql.placeholder("codeDigest")), isNull(expectedVisit.withdrawnAt)))
		.prepare();

	const columns = {
		source: sql.placeholder("source"),
		kind: sql.placeholder("kind"),
		codeDigest: sql.placeholder("codeDigest"),
		serviceDay: sql.placeholder("serviceDay"),
		at: sql.placeholder("at"),
		topic: sql.placeholder("topic"),
		language: sql.placeholder("language"),
		partySize: sql.placeholder("partySize"),
		fromSite: sql.placeholder("fromSite"),
		fromTicket: sql.placeholder("fromTicket"),
		withdrawnAt: sql.placeholder("withdrawnAt"),
	};
	const insert = database
		.insert(expectedVisit)
		.values({ id: sql.placeholder("id"), ...columns })
		.prepare();
	const setOf = Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, sql`${value}`]));
	const update = database
		.update(expectedVisit)
		.set(setOf)
		.where(eq(expectedVisit.id, sql.placeholder("id")))
		.prepare();

	const withdraw = database
		.update(expectedVisit)
		.set({ withdrawnAt: sql`${sql.placeholder("now")}` })
		.where(eq(expectedVisit.id, sql.placeholder("id")))
		.prepare();

	const ofDay = database
		.select({ visit: expectedVisit, number: ticket.number, ticketId: ticket.id })
		.from(expectedVisit)
		.leftJoin(ticket, eq(ticket.id, expectedVisit.ticket))
		.where(
			and(
				isNull(expectedVisit.withdrawnAt),
				or(
					eq(expectedVisit.serviceDay, sql.placeholder("serviceDay")),
					and(eq(expectedVisit.kind, "referral"), isNull(expectedVisit.ticket)),
				),
			),
		)
		.orderBy(asc(expectedVisit.at))
		.prepare();

	const ticketById = database
		.select({ number: ticket.number, state: ticket.state })
		.from(ticket)
		.where(eq(ticket.id, sql.placeholder("id")))
		.prepare();
	/** The ticket of a visit that is over; undefined while it is live, or before the visitor came. */
	const endedTicket = (id: string | null) => {
		const found = id === null ? undefined : ticketById.get({ id });
		return found && (found.state === "finished" || found.state === "cancelled") ? found : undefined;
	};

	/** `named` is the source as the list has it, so that whoever imports it can tell which booking is meant. */
	const requireFreeCode = (
		{ source, codeDigest, kind, serviceDay }: Pick<Row, "source" | "codeDigest" | "kind" | "serviceDay">,
		named: string,
	) => {
		if (kind !== "appointment") return;
		const taken = byCode
			.all({ codeDigest })
			.find(
				(one) =>
					one.source !== source && one.kind === kind && one.serviceDay === serviceDay && !endedTicket(one.ticket),
			);
		if (taken) throw new Refusal("BOOKING_CODE_TAKEN", { serviceDay, source: named });
	};

	return {
		expect(visits, gone, { now, by }, excluded = []) {
			const result: ImportResult = { kept: 0, withdrawn: 0, unchanged: 0, unmatched: 0 };
			database.transaction(
				() =>
					eventLog.write((append) => {
						for (const { from, ...visit } of visits) {
							const source = hash("sha256", visit.source);
							const known = bySource.get({ source });
							const row = {
								...visit,
								source,
								// Never the past's day: a booking belongs to the day on which it is to be.
								serviceDay: calendarServiceDay(visit.at),
								fromSite: from?.site ?? null,
								fromTicket: from?.ticket ?? null,
								withdrawnAt: null,
							};
							const isMovedAfterEnd = known && known.at !== row.at && endedTicket(known.ticket) !== undefined;
							if (known && !isMovedAfterEnd && (known.ticket !== null || isSame(known, row))) {
								result.unchanged += 1;
								continue;
							}
							requireFreeCode(row, visit.source);
							// The visit that is over keeps its ticket, and gives its source to the new one.
							if (isMovedAfterEnd)
								database
									.update(expectedVisit)
									.set({ source: `${source} over ${known.id}` })
									.where(eq(expectedVisit.id, known.id))
									.run();
							const id = isMovedAfterEnd ? newId<VisitId>(now) : (known?.id ?? newId(now));
							const { kind, at, topic, language, partySize } = visit;
							append(
								{
									type: "visit.expected",
									data: {
										visit: id,
										kind,
										serviceDay: row.serviceDay,
										at,
										topic,
										language,
										partySize,
										...(from && { from }),
									},
								},
								now,
								by,
							);
							if (known && !isMovedAfterEnd) update.run({ id, ...row });
							else insert.run({ id, ...row });
							result.kept += 1;
						}
						const cancelled = new Set(gone);
						for (const source of [...gone, ...excluded]) {
							const known = bySource.get({ source: hash("sha256", source) });
							if (!known && cancelled.has(source)) result.unmatched += 1;
							if (!known || known.ticket !== null || known.withdrawnAt !== null) continue;
							append({ type: "visit.withdrawn", data: { visit: known.id } }, now, by);
							withdraw.run({ id: known.id, now });
							result.withdrawn += 1;
						}
					}),
				{ behavior: "immediate" },
			);
			return result;
		},
		list(now) {
			const rows = ofDay.all({ serviceDay: serviceDay(now) });
			return rows.map(({ visit: { id, kind, at, topic, language, partySize, fromSite }, number, ticketId }) => ({
				id,
				kind,
				at,
				topic,
				language,
				partySize,
				fromSite,
				ticket: number === null || ticketId === null ? null : { id: ticketId, number },
			}));
		},
		checkIn(code, now) {
			const found = byCode.all({ codeDigest: digestOfCode(code) });
			const today = serviceDay(now);
			const visit =
				found.find((one) => one.serviceDay === today && !endedTicket(one.ticket)) ??
				found.find((one) => one.serviceDay === today || one.kind === "referral");
			if (!visit) {
				const other = found[0];
				throw other ? new Refusal("VISIT_OTHER_DAY", { serviceDay: other.serviceDay }) : new Refusal("VISIT_UNKNOWN");
			}
			const ended = endedTicket(visit.ticket);
			if (ended) throw new Refusal("VISIT_OVER", { number: ended.number });
			const { id, kind, at, topic, language, partySize } = visit;
			// A referral keeps the arrival at the first site.
			const place =
				kind === "appointment" ? placeOfAppointment(at, now) : ({ class: "ordinary", queuePosition: at } as const);
			return {
				visit: id,
				topic,
				language,
				partySize,
				class: place.class === "appointment" ? "appointment" : "ordinary",
				queuePosition: place.queuePosition,
				ticket: visit.ticket,
			};
		},
	};
}

type Row = typeof expectedVisit.$inferSelect;

function isSame(known: Row, row: Omit<Row, "id" | "ticket">): boolean {
	return (
		known.withdrawnAt === null &&
		known.kind === row.kind &&
		known.codeDigest === row.codeDigest &&
		known.at === row.at &&
		known.topic === row.topic &&
		known.language === row.language &&
		known.partySize === row.partySize
	);
}
