import { desc, isNotNull, sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { type BackupMethod, backup } from "../../db/server/schema/events.ts";

const MINUTE = 60_000;
/** Who began an export and did not come back is waited for so long, in milliseconds, or until the next one is due. */
const SHUTDOWN_TIMEOUT_MS = 60 * MINUTE;
/**
 * A batch bears the time at which its request came, and is committed a little later: what came so shortly before a backup,
 * in milliseconds, may not be in it.
 */
const IN_FLIGHT = 10 * MINUTE;

export interface LastBackup {
	method: BackupMethod;
	/** What came before is in it; UTC milliseconds. */
	at: number;
}

/** The last backup, by whichever way; undefined before the first. */
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
 * Takes it upon this instance to export, if none was made for so long (milliseconds) and no other instance is at it. A
 * time in the future was told by a clock that ran ahead, and counts for nothing.
 */
export async function claimExport(database: ServerDatabase, now: number, every: number): Promise<boolean> {
	const longAgo = (column: typeof backup.at | typeof backup.begunAt, length: number) =>
		sql`(${column} is null or ${column} <= ${now - length} or ${column} > ${now})`;
	const claimed = await database
		.insert(backup)
		.values({ method: "export", begunAt: now })
		.onConflictDoUpdate({
			target: backup.method,
			set: { begunAt: now },
			setWhere: sql`${longAgo(backup.at, every)} and ${longAgo(backup.begunAt, Math.min(every, SHUTDOWN_TIMEOUT_MS))}`,
		})
		.returning({ method: backup.method });
	return claimed.length === 1;
}

export async function noteBackup(database: ServerDatabase, method: BackupMethod, at: number): Promise<void> {
	await database.insert(backup).values({ method, at }).onConflictDoUpdate({ target: backup.method, set: { at } });
}

/**
 * Marks what the administrator's own backup has, which began at an instant (UTC milliseconds): of each stream the events
 * that came before it. Returns how many streams went on by it.
 */
export async function markOwnBackup(database: ServerDatabase, began: number): Promise<number> {
	// From where it stood: what is behind that is not looked at again.
	const { rowCount } = await database.execute(sql`
		with reached as (
			select stream.station, stream.id, coalesce(later.seq - 1, stream.acked_seq) as seq
			from stream left join lateral (
				select event.seq from event
				where event.station = stream.station and event.stream = stream.id
					and event.seq > stream.backed_up_seq and event.received_at >= ${began - IN_FLIGHT}
				order by event.seq limit 1
			) as later on true
			where stream.backed_up_seq < stream.acked_seq
		)
		update stream set backed_up_seq = reached.seq from reached
		where stream.station = reached.station and stream.id = reached.id and stream.backed_up_seq < reached.seq`);
	await noteBackup(database, "own", began);
	return rowCount ?? 0;
}
