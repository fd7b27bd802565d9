import { desc, isNotNull, sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { type BackupMethod, backup } from "../../db/server/schema/events.ts";
import { HOUR_MS, MINUTE_MS } from "../../lib/time/durations.ts";

/** An instance that began an export may take this long, or until the next one is due. Then another instance tries. */
const EXPORT_TIMEOUT_MS = HOUR_MS;
/**
 * A batch has the time at which its request came, and is committed a little later. So a backup may lack events that came
 * this shortly before it.
 */
const MAX_COMMIT_DELAY_MS = 10 * MINUTE_MS;

export interface LastBackup {
	method: BackupMethod;
	/** It has everything that came before this moment; UTC milliseconds. */
	at: number;
}

/** The last backup by any method; undefined before the first. */
export async function lastBackup(database: ServerDatabase): Promise<LastBackup | undefined> {
	const [found] = await database
		.select({ method: backup.method, at: backup.at })
		.from(backup)
		.where(isNotNull(backup.at))
		.orderBy(desc(backup.at))
		.limit(1);
	return found && found.at !== null ? { method: found.method, at: found.at } : undefined;
}

/**
 * Claims the next export for this instance, if the last one is older than `intervalMs` and no other instance is at it. A
 * time in the future comes from a clock that ran ahead and is ignored.
 */
export async function claimExport(database: ServerDatabase, now: number, intervalMs: number): Promise<boolean> {
	const longAgo = (column: typeof backup.at | typeof backup.begunAt, ageMs: number) =>
		sql`(${column} is null or ${column} <= ${now - ageMs} or ${column} > ${now})`;
	const claimed = await database
		.insert(backup)
		.values({ method: "export", begunAt: now })
		.onConflictDoUpdate({
			target: backup.method,
			set: { begunAt: now },
			setWhere: sql`${longAgo(backup.at, intervalMs)} and ${longAgo(backup.begunAt, Math.min(intervalMs, EXPORT_TIMEOUT_MS))}`,
		})
		.returning({ method: backup.method });
	return claimed.length === 1;
}

export async function recordBackup(database: ServerDatabase, method: BackupMethod, at: number): Promise<void> {
	await database.insert(backup).values({ method, at }).onConflictDoUpdate({ target: backup.method, set: { at } });
}

/**
 * Records that the administrator's own backup, begun at an instant (UTC milliseconds), has the events that came before
 * it. Returns in how many streams that marked further events.
 */
export async function markOwnBackup(database: ServerDatabase, began: number): Promise<number> {
	// Starts at each stream's last mark: events before it are not read again.
	const { rowCount } = await database.execute(sql`
		with reached as (
			select stream.station, stream.id, coalesce(later.seq - 1, stream.acked_seq) as seq
			from stream left join lateral (
				select event.seq from event
				where event.station = stream.station and event.stream = stream.id
					and event.seq > stream.backed_up_seq and event.received_at >= ${began - MAX_COMMIT_DELAY_MS}
				order by event.seq limit 1
			) as later on true
			where stream.backed_up_seq < stream.acked_seq
		)
		update stream set backed_up_seq = reached.seq from reached
		where stream.station = reached.station and stream.id = reached.id and stream.backed_up_seq < reached.seq`);
	await recordBackup(database, "own", began);
	return rowCount ?? 0;
}
