import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { isNotNull } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { station } from "../../db/server/schema/stations.ts";
import { SECOND_MS } from "../../lib/time/durations.ts";
import type { SiteId } from "../../protocol/model/ids.ts";
import { type NetworkView, SEEN_RECENTLY_MS, type SiteView } from "../../protocol/sync/command.ts";

const gzipBody = promisify(gzip);
/** Thousands of stations ask for the same view: one this old is good enough. */
const MAX_AGE_MS = 5 * SECOND_MS;
/** Changes are listed from this long before the requested moment: the clocks of instances differ a little. */
const OVERLAP_MS = 30 * SECOND_MS;
/** Requested moments are rounded to this, so that thousands of stations get the same bytes. */
const STEP_MS = 10 * SECOND_MS;

export interface NetworkViews {
	/** What every site offers, as gzipped JSON: all sites, or those that changed since `since`. */
	gzipped(now: number, since: number | null): Promise<Uint8Array<ArrayBuffer>>;
}

/** What stations last reported, without stations that were revoked or never seen. */
export function openNetworkView(database: ServerDatabase): NetworkViews {
	let cached:
		| { at: number; rows: Promise<Row[]>; bodies: Map<number | null, Promise<Uint8Array<ArrayBuffer>>> }
		| undefined;
	const read = () =>
		database
			.select({
				site: station.site,
				enrolledAt: station.enrolledAt,
				revokedAt: station.revokedAt,
				lastSeenAt: station.lastSeenAt,
				report: station.report,
				reportSince: station.reportSince,
			})
			.from(station)
			.where(isNotNull(station.lastSeenAt));
	return {
		gzipped(now, since) {
			if (!cached || Math.abs(now - cached.at) > MAX_AGE_MS) {
				const fresh = { at: now, rows: read(), bodies: new Map() };
				cached = fresh;
				fresh.rows.catch(() => {
					if (cached === fresh) cached = undefined;
				});
			}
			const { at, rows, bodies } = cached;
			const from = since === null ? null : Math.floor((since - OVERLAP_MS) / STEP_MS) * STEP_MS;
			const body =
				bodies.get(from) ?? rows.then((found) => gzipBody(JSON.stringify(viewOf(found, { time: at, since: from }))));
			bodies.set(from, body);
			return body;
		},
	};
}

type Row = Pick<
	typeof station.$inferSelect,
	"site" | "enrolledAt" | "revokedAt" | "lastSeenAt" | "report" | "reportSince"
>;

/**
 * One view for each site: the report of its station that was seen last. With `since`, only the sites whose report has
 * changed since then, and those that fell silent or were seen again.
 */
export function viewOf(rows: readonly Row[], { time, since }: { time: number; since: number | null }): NetworkView {
	const bySite = new Map<string, { view: SiteView; changedAt: number }>();
	const revoked = new Set<SiteId>();
	for (const { site, enrolledAt, revokedAt, lastSeenAt, report, reportSince } of rows) {
		if (lastSeenAt === null || report === null) continue;
		if (revokedAt !== null) {
			if (since === null || revokedAt > since) revoked.add(site);
			continue;
		}
		if ((bySite.get(site)?.view.knownAt ?? 0) > lastSeenAt) continue;
		const { topics, wait, waiting, open, opensAt, openCounters } = report;
		const silentFrom = lastSeenAt + SEEN_RECENTLY_MS;
		bySite.set(site, {
			view: {
				site,
				topics,
				waitMinutes: wait && { min: wait.minMinutes, max: wait.maxMinutes },
				waiting,
				open: open ?? openCounters > 0,
				...(opensAt !== undefined && { opensAt }),
				knownAt: lastSeenAt,
			},
			// A site whose device was revoked comes back with its next enrolment.
			changedAt: Math.max(reportSince ?? lastSeenAt, enrolledAt ?? 0, silentFrom <= time ? silentFrom : 0),
		});
	}
	const changed = [...bySite.values()].filter(({ changedAt }) => since === null || changedAt >= since);
	return {
		time,
		since,
		sites: changed.map(({ view }) => view).sort((one, other) => (one.site < other.site ? -1 : 1)),
		gone: since === null ? [] : [...revoked].filter((site) => !bySite.has(site)).sort(),
	};
}
