import { and, desc, eq, gt, lt, sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { command } from "../../db/server/schema/commands.ts";
import { phoneTicket } from "../../db/server/schema/phone-tickets.ts";
import { station } from "../../db/server/schema/stations.ts";
import type { PhoneTicket, SentTicket } from "../../protocol/model/phone.ts";

/** A ticket is of a day: what a station told longer ago than this is nobody's any more. In milliseconds. */
const KEPT_FOR = 36 * 3_600_000;

export interface FoundTicket {
	station: string;
	ticket: PhoneTicket;
	/** Until when it is known to have been so. */
	knownAt: number;
}

export interface Phones {
	/** Keeps what a station tells of its tickets. */
	keep(stationId: string, tickets: readonly SentTicket[], now: number): Promise<void>;
	/** The ticket with a code, by the code's digest. */
	find(codeDigest: string, now: number): Promise<FoundTicket | undefined>;
	/** What became of a command that was given for a visitor; null while nobody knows. */
	outcome(stationId: string, number: number): Promise<{ outcome: string; reason: string | null } | null>;
}

/** Deletes what is nobody's any more, also of stations that are gone. Gives how many there were. */
export async function dropOldPhoneTickets(database: ServerDatabase, now: number): Promise<number> {
	const { rowCount } = await database.delete(phoneTicket).where(lt(phoneTicket.reportedAt, now - KEPT_FOR));
	return rowCount ?? 0;
}

export function openPhones(database: ServerDatabase): Phones {
	return {
		async keep(stationId, tickets, now) {
			await database
				.insert(phoneTicket)
				.values(tickets.map(({ codeDigest, ticket }) => ({ station: stationId, codeDigest, ticket, reportedAt: now })))
				.onConflictDoUpdate({
					target: [phoneTicket.station, phoneTicket.codeDigest],
					set: { ticket: sql`excluded.ticket`, reportedAt: now },
				});
		},
		async find(codeDigest, now) {
			const [found] = await database
				.select({ row: phoneTicket, lastSeenAt: station.lastSeenAt })
				.from(phoneTicket)
				.innerJoin(station, eq(station.id, phoneTicket.station))
				.where(and(eq(phoneTicket.codeDigest, codeDigest), gt(phoneTicket.reportedAt, now - KEPT_FOR)))
				.orderBy(desc(phoneTicket.reportedAt))
				.limit(1);
			if (!found) return undefined;
			const { station: stationId, ticket, reportedAt } = found.row;
			// A station that was heard since, and told nothing else of it, has it as it was told.
			return { station: stationId, ticket, knownAt: Math.max(reportedAt, found.lastSeenAt ?? 0) };
		},
		async outcome(stationId, number) {
			const [found] = await database
				.select({ outcome: command.outcome, reason: command.reason })
				.from(command)
				.where(and(eq(command.station, stationId), eq(command.number, number)));
			return found?.outcome ? { outcome: found.outcome, reason: found.reason } : null;
		},
	};
}
