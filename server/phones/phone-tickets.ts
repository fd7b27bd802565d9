import { and, desc, eq, gt, lt, sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { command } from "../../db/server/schema/commands.ts";
import { phoneTicket } from "../../db/server/schema/phone-tickets.ts";
import { station } from "../../db/server/schema/stations.ts";
import { HOUR_MS } from "../../lib/time/durations.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import type { PhoneTicket, SentTicket } from "../../protocol/model/phone.ts";

/** A ticket belongs to one day: older ones are not shown and are deleted. */
const MAX_AGE_MS = 36 * HOUR_MS;

/** A ticket that was found by its code. */
export interface FoundTicket {
	station: StationId;
	ticket: PhoneTicket;
	/** The last moment at which the ticket is known to have been so. */
	knownAt: number;
}

/** Tickets as stations sent them, for the phones that ask this server. */
export interface PhoneTickets {
	/** Saves tickets of a station. */
	save(stationId: StationId, tickets: readonly SentTicket[], now: number): Promise<void>;
	/** The ticket with a code, by the code's digest. */
	find(codeDigest: string, now: number): Promise<FoundTicket | undefined>;
	/** The outcome of a command that was sent for a visitor; null until the station reported one. */
	outcome(stationId: StationId, number: number): Promise<{ outcome: string; reason: string | null } | null>;
}

/** Deletes old tickets, also those of stations that are gone. Returns how many it deleted. */
export async function deleteOldPhoneTickets(database: ServerDatabase, now: number): Promise<number> {
	const { rowCount } = await database.delete(phoneTicket).where(lt(phoneTicket.reportedAt, now - MAX_AGE_MS));
	return rowCount ?? 0;
}

export function openPhoneTickets(database: ServerDatabase): PhoneTickets {
	return {
		async save(stationId, tickets, now) {
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
				.where(and(eq(phoneTicket.codeDigest, codeDigest), gt(phoneTicket.reportedAt, now - MAX_AGE_MS)))
				.orderBy(desc(phoneTicket.reportedAt))
				.limit(1);
			if (!found) return undefined;
			const { station: stationId, ticket, reportedAt } = found.row;
			// A station that was seen since and sent no change still has the ticket like this.
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
