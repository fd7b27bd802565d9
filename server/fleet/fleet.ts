import { and, asc, desc, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { command, enrolmentCode, refused, station, stream } from "../../db/server/schema.ts";
import type { FleetPicture, FleetStation } from "../../protocol/fleet.ts";
import type { Documents } from "../documents/documents.ts";

/** Commands of a station that the page shows. */
const COMMANDS_SHOWN = 5;

export interface Fleet {
	/** How every station is. */
	picture(now: number): Promise<Pick<FleetPicture, "time" | "documents" | "stations">>;
}

export function openFleet(database: ServerDatabase, documents: Documents): Fleet {
	return {
		async picture(now) {
			const latest = database
				.select({
					station: command.station,
					number: command.number,
					act: command.act,
					madeBy: command.madeBy,
					madeAt: command.madeAt,
					outcome: command.outcome,
					reason: command.reason,
					outcomeAt: command.outcomeAt,
					place: sql<number>`row_number() over (partition by ${command.station} order by ${command.number} desc)`.as(
						"place",
					),
				})
				.from(command)
				// Visitors' own acts are no business of IT's.
				.where(sql`${command.act} ->> 'kind' <> 'visitor-act'`)
				.as("latest");
			const [stations, forks, refusals, codes, commands, newest] = await Promise.all([
				database.select().from(station).orderBy(asc(station.site), asc(station.id)),
				database
					.select({ station: stream.station, count: sql<number>`count(*)::int` })
					.from(stream)
					.where(isNotNull(stream.fromStream))
					.groupBy(stream.station),
				database.select().from(refused).orderBy(desc(refused.lastAt)),
				database
					.select({ station: enrolmentCode.station, until: sql<number>`max(${enrolmentCode.expiresAt})::float8` })
					.from(enrolmentCode)
					.where(and(isNull(enrolmentCode.usedAt), gt(enrolmentCode.expiresAt, now)))
					.groupBy(enrolmentCode.station),
				database.select().from(latest).where(sql`${latest.place} <= ${COMMANDS_SHOWN}`).orderBy(desc(latest.number)),
				documents.newest(),
			]);
			const forksOf = new Map(forks.map((row) => [row.station, row.count]));
			const codeOf = new Map(codes.map((row) => [row.station, row.until]));
			const refusedOf = Map.groupBy(refusals, (row) => row.station);
			const commandsOf = Map.groupBy(commands, (row) => row.station);
			return {
				time: now,
				documents: newest,
				stations: stations.map(
					({ id, site, enrolledAt, retiredAt, lastHeardAt, clockOffset, report }): FleetStation => ({
						id,
						site,
						enrolledAt,
						retiredAt,
						lastHeardAt,
						clockOffset,
						report,
						forks: forksOf.get(id) ?? 0,
						refused: (refusedOf.get(id) ?? []).map(({ code, count, lastAt }) => ({ code, count, lastAt })),
						codeUntil: codeOf.get(id) ?? null,
						commands: (commandsOf.get(id) ?? []).map(({ station: _, place: __, ...rest }) => rest),
					}),
				),
			};
		},
	};
}
