import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ServerDatabase } from "../../db/server/open.ts";
import { command } from "../../db/server/schema/commands.ts";
import { refused, stream } from "../../db/server/schema/events.ts";
import { enrolmentCode, station } from "../../db/server/schema/stations.ts";
import { HOUR_MS, SECOND_MS } from "../../lib/time/durations.ts";
import {
	type FleetBackup,
	type FleetCommand,
	type FleetStation,
	OLDER_COMMANDS_PAGE,
	type RefusalCount,
} from "../../protocol/api/fleet.ts";
import type { SharedSnapshot } from "../../protocol/api/fleet-changes.ts";
import type { DiskReport } from "../../protocol/model/disk.ts";
import type { StationId } from "../../protocol/model/ids.ts";
import { COMMAND_LIFE_MS } from "../../protocol/sync/command.ts";
import type { Documents } from "../documents/documents.ts";
import { UNATTRIBUTED } from "../ingest/event-store.ts";

export interface Fleet {
	/** Every station's state, by site. Reads again only what has changed since `last`. */
	snapshot(now: number, last?: SharedSnapshot): Promise<SharedSnapshot>;
	/** The commands of administrators to a station, newest first; before the command `before` where it is named. */
	olderCommands(station: StationId, before?: number): Promise<FleetCommand[]>;
	/** Records that an administrator reviewed a station's forks. False where there is no such station. */
	reviewForks(station: StationId, review: { by: string; at: number; forks: number }): Promise<boolean>;
}

/** How often to read how old the last backup is: the page shows it in days. */
const BACKUP_INTERVAL_MS = 20 * SECOND_MS;

/** Reports that one query reads. */
const PAGE_ROWS = 500;

const commandColumns = {
	number: command.number,
	action: command.action,
	createdBy: command.createdBy,
	createdAt: command.createdAt,
	outcome: command.outcome,
	reason: command.reason,
	outcomeAt: command.outcomeAt,
};

export function openFleet(
	database: ServerDatabase,
	documents: Documents,
	readDisk: () => DiskReport | null = () => null,
): Fleet {
	let backup: { at: number; found: Promise<FleetBackup> } | undefined;
	const backupAt = (now: number) => {
		if (!backup || Math.abs(now - backup.at) > BACKUP_INTERVAL_MS) {
			const found = readBackup(database);
			backup = { at: now, found };
			found.catch(() => {
				backup = undefined;
			});
		}
		return backup.found;
	};

	return {
		async snapshot(now, last) {
			const [stations, forks, runningTwice, refusals, codes, commands, newest, saved] = await Promise.all([
				readStations(database, new Map(last?.stations.map((one) => [one.id, one]))),
				readForks(database),
				readRunningTwice(database, now),
				database.select().from(refused).orderBy(desc(refused.lastAt)),
				database
					.select({ station: enrolmentCode.station, until: sql<number>`max(${enrolmentCode.expiresAt})::float8` })
					.from(enrolmentCode)
					.where(and(isNull(enrolmentCode.usedAt), gt(enrolmentCode.expiresAt, now)))
					.groupBy(enrolmentCode.station),
				readCommandsOfTheDay(database, now),
				documents.newest(),
				backupAt(now),
			]);
			const forksOf = new Map(forks.map((row) => [row.station, row.count]));
			const codeOf = new Map(codes.map((row) => [row.station, row.until]));
			const refusedBy = Map.groupBy(refusals, (row) => row.station);
			const refusedOf = (id: StationId): RefusalCount[] =>
				(refusedBy.get(id) ?? []).map(({ code, count, lastAt }) => ({ code, count, lastAt }));
			const commandsOf = Map.groupBy(commands, (row) => row.station);
			return {
				time: now,
				documents: newest,
				backup: saved,
				disk: readDisk(),
				refused: refusedOf(UNATTRIBUTED),
				stations: stations.map(
					({ id, site, enrolledAt, revokedAt, lastSeenAt, clockOffset, report, forksReviewed }): FleetStation => ({
						id,
						site,
						enrolledAt,
						revokedAt,
						lastSeenAt,
						clockOffset,
						report,
						forks: forksOf.get(id) ?? 0,
						runsTwice: runningTwice.has(id),
						forksReviewed,
						refused: refusedOf(id),
						codeUntil: codeOf.get(id) ?? null,
						commands: (commandsOf.get(id) ?? []).map(({ station: _, ...rest }) => rest),
					}),
				),
			};
		},
		olderCommands: (id, before) =>
			database
				.select(commandColumns)
				.from(command)
				.where(
					and(
						eq(command.station, id),
						isNotNull(command.createdBy),
						before === undefined ? undefined : lt(command.number, before),
					),
				)
				.orderBy(desc(command.number))
				.limit(OLDER_COMMANDS_PAGE),
		async reviewForks(id, review) {
			const found = await database
				.update(station)
				.set({ forksReviewed: review })
				.where(eq(station.id, id))
				.returning({ id: station.id });
			return found.length === 1;
		},
	};
}

/**
 * Streams that continue another one from before its end: the server had events that the disk lacked, as after a clone or
 * a restore. A device that is enrolled again continues from the very end, which is no fork.
 */
function readForks(database: ServerDatabase) {
	const parent = alias(stream, "parent");
	return database
		.select({ station: stream.station, count: sql<number>`count(*)::int` })
		.from(stream)
		.innerJoin(parent, and(eq(parent.station, stream.station), eq(parent.id, stream.fromStream)))
		.where(gt(parent.ackedSeq, stream.fromSeq))
		.groupBy(stream.station);
}

/**
 * Stations that run on two devices: a fork and an older stream both grew within the last hour, the older one after the
 * fork was opened. A device whose disk was restored does not go on with its old stream; a copied disk that runs beside the
 * real one does.
 */
async function readRunningTwice(database: ServerDatabase, now: number): Promise<ReadonlySet<StationId>> {
	const { rows } = await database.execute<{ station: StationId }>(sql`
		select distinct fork.station
		from stream fork
		join stream older on older.station = fork.station and older.id <> fork.id and older.opened_at <= fork.opened_at
		cross join lateral (
			select received_at from event e
			where e.station = fork.station and e.stream = fork.id
			order by e.seq desc limit 1
		) of_fork
		cross join lateral (
			select received_at from event e
			where e.station = older.station and e.stream = older.id
			order by e.seq desc limit 1
		) of_older
		where fork.from_stream is not null
			and of_fork.received_at > ${now - HOUR_MS}
			and of_older.received_at > greatest(fork.opened_at, ${now - HOUR_MS})`);
	return new Set(rows.map(({ station }) => station));
}

/**
 * Commands of administrators from the last day. Visitors' own commands and the server's own are not shown. An older
 * command can have no new outcome: a station's card asks for those page by page.
 */
function readCommandsOfTheDay(database: ServerDatabase, now: number) {
	return database
		.select({ station: command.station, ...commandColumns })
		.from(command)
		.where(and(isNotNull(command.createdBy), gt(command.createdAt, now - COMMAND_LIFE_MS)))
		.orderBy(desc(command.number));
}

type StationRow = Pick<
	FleetStation,
	"id" | "site" | "enrolledAt" | "revokedAt" | "lastSeenAt" | "clockOffset" | "report" | "forksReviewed"
>;

/**
 * The stations themselves. Their reports are by far the largest part: reads only those of stations that were seen or
 * changed since the last snapshot.
 */
async function readStations(database: ServerDatabase, last: ReadonlyMap<string, StationRow>): Promise<StationRow[]> {
	const rows = await database
		.select({
			id: station.id,
			lastSeenAt: station.lastSeenAt,
			enrolledAt: station.enrolledAt,
			revokedAt: station.revokedAt,
			reviewedAt: sql<number | null>`(${station.forksReviewed} ->> 'at')::float8`,
		})
		.from(station)
		.orderBy(asc(station.site), asc(station.id));
	const isUnchanged = (row: (typeof rows)[number]) => {
		const before = last.get(row.id);
		return (
			before !== undefined &&
			before.lastSeenAt === row.lastSeenAt &&
			before.enrolledAt === row.enrolledAt &&
			before.revokedAt === row.revokedAt &&
			(before.forksReviewed?.at ?? null) === row.reviewedAt
		);
	};
	const changed = rows.filter((row) => !isUnchanged(row)).map(({ id }) => id);
	const read = new Map<string, StationRow>();
	for (let at = 0; at < changed.length; at += PAGE_ROWS) {
		const page = await database
			.select({
				id: station.id,
				site: station.site,
				enrolledAt: station.enrolledAt,
				revokedAt: station.revokedAt,
				lastSeenAt: station.lastSeenAt,
				clockOffset: station.clockOffset,
				report: station.report,
				forksReviewed: station.forksReviewed,
			})
			.from(station)
			.where(inArray(station.id, changed.slice(at, at + PAGE_ROWS)));
		for (const one of page) read.set(one.id, one);
	}
	return rows.flatMap(({ id }) => read.get(id) ?? last.get(id) ?? []);
}

async function readBackup(database: ServerDatabase): Promise<FleetBackup> {
	const { rows } = await database.execute<{ made: boolean; missing_since: string | null }>(sql`
		select
			exists (select from stream where backed_up_seq > 0) as made,
			(
				select min(oldest.received_at)
				from stream s
				cross join lateral (
					select e.received_at from event e
					where e.station = s.station and e.stream = s.id and e.seq > s.backed_up_seq
					order by e.seq limit 1
				) oldest
				where s.acked_seq > s.backed_up_seq
			) as missing_since`);
	const [{ made, missing_since }] = rows as [{ made: boolean; missing_since: string | null }];
	return { made, missingSince: missing_since === null ? null : Number(missing_since) };
}
