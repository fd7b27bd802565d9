import { sql } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { readDiskSpace } from "../../lib/disk-space.ts";
import { addGauges, createMetrics, type Metrics } from "../../lib/metrics.ts";
import { MINUTE_MS } from "../../lib/time/durations.ts";

export interface ServerMetricsDeps {
	database: ServerDatabase;
	data: string;
	version: string;
	/** UTC milliseconds. */
	clock(): number;
}

/** As the fleet's page has it. */
const OFFLINE_AFTER_MS = 3 * MINUTE_MS;

interface Counts {
	events: number;
	enrolled: number;
	connected: number;
	unsent: number;
}

/** What a server counts and measures. Its counts come from the database, so that every instance tells the same. */
export function openServerMetrics({ database, data, version, clock }: ServerMetricsDeps): Metrics {
	const metrics = createMetrics("server", version);
	const { registry } = metrics;
	let counts: Counts | undefined;
	addGauges(registry, {
		paihao_server_ready: ["1 if the database answers.", () => Number(counts !== undefined)],
		paihao_server_events: ["Events that the server has of all stations.", () => counts?.events],
		paihao_server_stations_enrolled: ["Stations with a device.", () => counts?.enrolled],
		paihao_server_stations_connected: ["Stations that were heard within three minutes.", () => counts?.connected],
		paihao_server_unsent_events: ["Events that stations still had when they were last heard.", () => counts?.unsent],
		paihao_disk_free_bytes: ["Free space on the disk of the data folder.", () => readDiskSpace(data)?.freeBytes],
		paihao_disk_size_bytes: ["Size of the disk of the data folder.", () => readDiskSpace(data)?.totalBytes],
	});
	return {
		...metrics,
		async read() {
			counts = await readCounts(database, clock()).catch(() => undefined);
			return metrics.read();
		},
	};
}

async function readCounts(database: ServerDatabase, now: number): Promise<Counts> {
	const { rows } = await database.execute<Record<keyof Counts, string>>(sql`
		select
			(select coalesce(sum(acked_seq), 0) from stream) as events,
			count(*) filter (where enrolled_at is not null and revoked_at is null) as enrolled,
			count(*) filter (where revoked_at is null and last_seen_at > ${now - OFFLINE_AFTER_MS}) as connected,
			coalesce(sum((report->>'unsent')::bigint) filter (where revoked_at is null), 0) as unsent
		from station`);
	const [row] = rows;
	return {
		events: Number(row?.events),
		enrolled: Number(row?.enrolled),
		connected: Number(row?.connected),
		unsent: Number(row?.unsent),
	};
}
