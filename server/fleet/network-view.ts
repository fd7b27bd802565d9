import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { isNotNull } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { station } from "../../db/server/schema/stations.ts";
import { type NetworkView, SEEN_RECENTLY_MS, type SiteView } from "../../protocol/sync/command.ts";

const gzipBody = promisify(gzip);
/** Older than a station's own rhythm by little: thousands ask for the same view. */
const FRESH = 5_000;
/** What changed is told from so long before the moment asked for: clocks of instances differ a little. */
const OVERLAP = 30_000;
/** Moments asked for are put together in steps of this, so that thousands are given the same bytes. */
const STEP = 10_000;

export interface NetworkViews {
	/** What every site offers, as JSON in gzip: all of it, or what is another than at `since`. */
	gzipped(now: number, since: number | null): Promise<Uint8Array<ArrayBuffer>>;
}

/** What stations said when they were last heard; those that were shut out or never heard are left out. */
export function openNetworkView(database: ServerDatabase): NetworkViews {
	let kept:
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
			if (!kept || Math.abs(now - kept.at) > FRESH) {
				const fresh = { at: now, rows: read(), bodies: new Map() };
				kept = fresh;
				fresh.rows.catch(() => {
					if (kept === fresh) kept = undefined;
				});
			}
			const { at, rows, bodies } = kept;
			const from = since === null ? null : Math.floor((since - OVERLAP) / STEP) * STEP;
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
 * One view of each site: what the station that was heard last said of it. With `since`, those alone that say something
 * else since then, or were heard again or no more.
 */
export function viewOf(rows: readonly Row[], { time, since }: { time: number; since: number | null }): NetworkView {
	const bySite = new Map<string, { view: SiteView; changedAt: number }>();
	const revoke = new Set<string>();
	for (const { site, enrolledAt, revokedAt, lastSeenAt, report, reportSince } of rows) {
		if (lastSeenAt === null || report === null) continue;
		if (revokedAt !== null) {
			if (since === null || revokedAt > since) revoke.add(site);
			continue;
		}
		if ((bySite.get(site)?.view.knownAt ?? 0) > lastSeenAt) continue;
		const { topics, wait, waiting, open, openCounters } = report;
		const silentFrom = lastSeenAt + SEEN_RECENTLY_MS;
		bySite.set(site, {
			view: {
				site,
				topics,
				waitMinutes: wait && { min: wait.minMinutes, max: wait.maxMinutes },
				waiting,
				open: open ?? openCounters > 0,
				knownAt: lastSeenAt,
			},
			// A site whose device was shut out comes back with its enrolment.
			changedAt: Math.max(reportSince ?? lastSeenAt, enrolledAt ?? 0, silentFrom <= time ? silentFrom : 0),
		});
	}
	const told = [...bySite.values()].filter(({ changedAt }) => since === null || changedAt >= since);
	return {
		time,
		since,
		sites: told.map(({ view }) => view).sort((one, other) => (one.site < other.site ? -1 : 1)),
		gone: since === null ? [] : [...revoke].filter((site) => !bySite.has(site)).sort(),
	};
}
