import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { StationDatabase } from "../../db/station/open.ts";
import { prepareForMany } from "../../db/station/prepare-for-many.ts";
import { expectedVisit, ticket } from "../../db/station/schema/tickets.ts";
import type { TicketId, VisitId } from "../../protocol/model/ids.ts";
import { rangeUnder, storedEventOf } from "./visit-source.ts";

export type VisitRow = typeof expectedVisit.$inferSelect;

/** Ids that are asked for at once. */
const PAGE = 500;

/** The stored visits. `source` is always the digest. */
export type VisitRepository = ReturnType<typeof openVisitRepository>;

export function openVisitRepository(database: StationDatabase) {
	const isOneOf = (column: typeof expectedVisit.codeDigest | typeof expectedVisit.id) =>
		sql`${column} in (select value from json_each(${sql.placeholder("keys")}))`;
	// Cross joined, so that SQLite goes from the few ranges to the visits, not the other way.
	const underSources = database
		.select({ visit: expectedVisit })
		.from(sql`json_each(${sql.placeholder("ranges")}) as wanted`)
		.crossJoin(expectedVisit)
		.where(sql`${expectedVisit.source} >= wanted.value ->> 0 and ${expectedVisit.source} < wanted.value ->> 1`)
		.prepare();
	const byCode = database
		.select()
		.from(expectedVisit)
		.where(eq(expectedVisit.codeDigest, sql.placeholder("codeDigest")))
		.prepare();
	const byId = database
		.select()
		.from(expectedVisit)
		.where(eq(expectedVisit.id, sql.placeholder("id")))
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
		sequence: sql.placeholder("sequence"),
		listedAs: sql.placeholder("listedAs"),
	};
	const insert = prepareForMany<Omit<VisitRow, "ticket">>(
		database,
		database.insert(expectedVisit).values({ id: sql.placeholder("id"), ...columns, ticket: sql`null` }),
	);
	const setOf = Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, sql`${value}`]));
	const update = prepareForMany<Omit<VisitRow, "ticket">>(
		database,
		database
			.update(expectedVisit)
			.set(setOf)
			.where(eq(expectedVisit.id, sql.placeholder("id"))),
	);
	const withdraw = database
		.update(expectedVisit)
		.set({ withdrawnAt: sql`${sql.placeholder("now")}`, sequence: sql`${sql.placeholder("sequence")}` })
		.where(eq(expectedVisit.id, sql.placeholder("id")))
		.prepare();
	const release = database
		.update(expectedVisit)
		.set({ source: sql`${expectedVisit.source} || ' over ' || ${expectedVisit.id}` })
		.where(eq(expectedVisit.id, sql.placeholder("id")))
		.prepare();

	const other = alias(expectedVisit, "other");
	const sharingCode = database
		.select({ id: expectedVisit.id, serviceDay: expectedVisit.serviceDay })
		.from(expectedVisit)
		.innerJoin(
			other,
			and(eq(other.codeDigest, expectedVisit.codeDigest), eq(other.serviceDay, expectedVisit.serviceDay)),
		)
		.leftJoin(ticket, eq(ticket.id, other.ticket))
		.where(
			and(
				isOneOf(expectedVisit.id),
				eq(expectedVisit.kind, "appointment"),
				isNull(expectedVisit.withdrawnAt),
				sql`${other.id} <> ${expectedVisit.id}`,
				eq(other.kind, "appointment"),
				isNull(other.withdrawnAt),
				sql`coalesce(${ticket.state}, '') not in ('finished', 'cancelled')`,
			),
		)
		.limit(1)
		.prepare();

	const sharedCodes = database
		.select({ codeDigest: expectedVisit.codeDigest })
		.from(expectedVisit)
		.where(isOneOf(expectedVisit.codeDigest))
		.groupBy(expectedVisit.codeDigest, expectedVisit.serviceDay)
		.having(sql`count(*) > 1`)
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

	const rowsUnder = (sources: readonly string[]): VisitRow[] =>
		underSources.all({ ranges: JSON.stringify(sources.map(rangeUnder)) }).map(({ visit }) => visit);

	return {
		/** Those of the sources that are there, and all times of those that are events which repeat. */
		underSources: rowsUnder,
		/** It and the other times of the event that it is a time of. */
		ofSameEvent: ({ source }: VisitRow): VisitRow[] => rowsUnder([storedEventOf(source)]),
		/** Those with a code, also withdrawn ones. */
		byCode: (codeDigest: string): VisitRow[] => byCode.all({ codeDigest }),
		/** At most one. */
		byId: (id: VisitId): VisitRow[] => byId.all({ id }),
		insert,
		/** Writes all of a visit but its ticket. */
		update,
		/** With the calendar's SEQUENCE that tells it. */
		withdraw: (id: VisitId, sequence: number, now: number) => void withdraw.run({ id, sequence, now }),
		/** A visit that is over keeps its ticket, and gives its source to the one that follows it. */
		release: (id: VisitId) => void release.run({ id }),
		/** Those of the codes that several visits of a day have, whatever became of them: their index alone tells it. */
		sharedCodes: (codeDigests: readonly string[]): Set<string> =>
			new Set(sharedCodes.all({ keys: JSON.stringify(codeDigests) }).map(({ codeDigest }) => codeDigest)),
		/** One of these appointments whose code another appointment of its day has as well, and that is not over. */
		findSharedCode(ids: readonly VisitId[]): Pick<VisitRow, "id" | "serviceDay"> | undefined {
			for (let from = 0; from < ids.length; from += PAGE) {
				const found = sharingCode.get({ keys: JSON.stringify(ids.slice(from, from + PAGE)) });
				if (found) return found;
			}
			return undefined;
		},
		/** The visits of a day, and referrals of any day that nobody came for yet, by time. */
		ofDay: (serviceDay: string) => ofDay.all({ serviceDay }),
		/** The ticket of a visit that is over; undefined while it is live, or before the visitor came. */
		endedTicket(id: TicketId | null) {
			const found = id === null ? undefined : ticketById.get({ id });
			return found && (found.state === "finished" || found.state === "cancelled") ? found : undefined;
		},
	};
}
