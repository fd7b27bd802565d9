import { and, asc, desc, eq, gt, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ServerDatabase } from "../../db/server/open.ts";
import { command, enrolmentCode, refused, station, stream } from "../../db/server/schema.ts";
import {
	COMMANDS_ASKED,
	COMMANDS_SHOWN,
	type FleetBackup,
	type FleetCommand,
	type FleetStation,
} from "../../protocol/fleet.ts";
import type { SharedPicture } from "../../protocol/fleet-changes.ts";
import type { Documents } from "../documents/documents.ts";

export interface Fleet {
	/** How every station is, by site. */
	look(now: number): Promise<SharedPicture>;
	/** What administrators told a station before one of its commands, newest first. */
	olderCommands(station: string, before: number): Promise<FleetCommand[]>;
	/** Keeps that an administrator looked at a station's forks. False where there is no such station. */
	seeForks(station: string, seen: { by: string; at: number; forks: number }): Promise<boolean>;
}

/** How long an export is away is looked at so often, in milliseconds: it is told in days. */
const BACKUP_EVERY = 60_000;

const shownOfCommand = {
	number: command.number,
	act: command.act,
	madeBy: command.madeBy,
	madeAt: command.madeAt,
	outcome: command.outcome,
	reason: command.reason,
	outcomeAt: command.outcomeAt,
};

export function openFleet(database: ServerDatabase, documents: Documents): Fleet {
	let backup: { at: number; found: Promise<FleetBackup> } | undefined;
	const backupAt = (now: number) => {
		if (!backup || Math.abs(now - backup.at) > BACKUP_EVERY) {
			const found = readBackup(database);
			backup = { at: now, found };
			found.catch(() => {
				backup = undefined;
			});
		}
		return backup.found;
	};

	return {
		async look(now) {
			const [stations, forks, refusals, codes, commands, newest, saved] = await Promise.all([
				database.select().from(station).orderBy(asc(station.site), asc(station.id)),
				readForks(database),
				database.select().from(refused).orderBy(desc(refused.lastAt)),
				database
					.select({ station: enrolmentCode.station, until: sql<number>`max(${enrolmentCode.expiresAt})::float8` })
					.from(enrolmentCode)
					.where(and(isNull(enrolmentCode.usedAt), gt(enrolmentCode.expiresAt, now)))
					.groupBy(enrolmentCode.station),
				readLatestCommands(database),
				documents.newest(),
				backupAt(now),
			]);
			const forksOf = new Map(forks.map((row) => [row.station, row.count]));
			const codeOf = new Map(codes.map((row) => [row.station, row.until]));
			const refusedOf = Map.groupBy(refusals, (row) => row.station);
			const commandsOf = Map.groupBy(commands, (row) => row.station);
			return {
				time: now,
				documents: newest,
				backup: saved,
				stations: stations.map(
					({ id, site, enrolledAt, retiredAt, lastHeardAt, clockOffset, report, forksSeen }): FleetStation => ({
						id,
						site,
						enrolledAt,
						retiredAt,
						lastHeardAt,
						clockOffset,
						report,
						forks: forksOf.get(id) ?? 0,
						forksSeen,
						refused: (refusedOf.get(id) ?? []).map(({ code, count, lastAt }) => ({ code, count, lastAt })),
						codeUntil: codeOf.get(id) ?? null,
						commands: (commandsOf.get(id) ?? []).map(({ station: _, ...rest }) => rest),
					}),
				),
			};
		},
		olderCommands: (id, before) =>
			database
				.select(shownOfCommand)
				.from(command)
				.where(and(eq(command.station, id), isNotNull(command.madeBy), lt(command.number, before)))
				.orderBy(desc(command.number))
				.limit(COMMANDS_ASKED),
		async seeForks(id, seen) {
			const found = await database
				.update(station)
				.set({ forksSeen: seen })
				.where(eq(station.id, id))
				.returning({ id: station.id });
			return found.length === 1;
		},
	};
}

/**
 * Streams that went on from before another's end: the server had events that the disk had not, as after a clone or a
 * restored disk. A device that was enrolled anew goes on from the very end, and is no fork.
 */
function readForks(database: ServerDatabase) {
	const parent = alias(stream, "parent");
	return database
		.select({ station: stream.station, count: sql<number>`count(*)::int` })
		.from(stream)
		.innerJoin(parent, and(eq(parent.station, stream.station), eq(parent.id, stream.fromStream)))
		.where(gt(parent.acked, stream.fromSeq))
		.groupBy(stream.station);
}

/** Visitors' own acts and those that the server gives by itself are no business of IT's. */
function readLatestCommands(database: ServerDatabase) {
	const latest = database
		.select(shownOfCommand)
		.from(command)
		.where(and(eq(command.station, station.id), isNotNull(command.madeBy)))
		.orderBy(desc(command.number))
		.limit(COMMANDS_SHOWN)
		.as("latest");
	return database
		.select({
			station: station.id,
			number: latest.number,
			act: latest.act,
			madeBy: latest.madeBy,
			madeAt: latest.madeAt,
			outcome: latest.outcome,
			reason: latest.reason,
			outcomeAt: latest.outcomeAt,
		})
		.from(station)
		.innerJoinLateral(latest, sql`true`)
		.orderBy(desc(latest.number));
}

async function readBackup(database: ServerDatabase): Promise<FleetBackup> {
	const { rows } = await database.execute<{ made: boolean; missing_since: string | null }>(sql`
		select
			exists (select from stream where backed_up > 0) as made,
			(
				select min(oldest.received_at)
				from stream s
				cross join lateral (
					select e.received_at from event e
					where e.station = s.station and e.stream = s.id and e.seq > s.backed_up
					order by e.seq limit 1
				) oldest
				where s.acked > s.backed_up
			) as missing_since`);
	const [{ made, missing_since }] = rows as [{ made: boolean; missing_since: string | null }];
	return { made, missingSince: missing_since === null ? null : Number(missing_since) };
}
