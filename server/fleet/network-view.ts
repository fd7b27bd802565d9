import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { and, isNotNull, isNull } from "drizzle-orm";
import type { ServerDatabase } from "../../db/server/open.ts";
import { station } from "../../db/server/schema.ts";
import type { NetworkView, SiteView } from "../../protocol/command.ts";

const squeeze = promisify(gzip);
/** Older than a station's own rhythm by little: thousands ask for the same view. */
const FRESH = 5_000;

export interface NetworkViews {
	/** What every site offers, as JSON in gzip, for one station. Its own site is in it: the station knows that better. */
	squeezed(now: number, station: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** What stations said when they were last heard; those that were shut out or never heard are left out. */
export function openNetworkView(database: ServerDatabase): NetworkViews {
	let kept: { at: number; body: Promise<Uint8Array<ArrayBuffer>> } | undefined;
	const read = async (now: number) => {
		const rows = await database
			.select({ site: station.site, lastHeardAt: station.lastHeardAt, report: station.report })
			.from(station)
			.where(and(isNull(station.retiredAt), isNotNull(station.lastHeardAt)));
		const view: NetworkView = { time: now, sites: viewSites(rows) };
		return squeeze(JSON.stringify(view));
	};
	return {
		squeezed(now) {
			if (!kept || Math.abs(now - kept.at) > FRESH) {
				const body = read(now);
				kept = { at: now, body };
				body.catch(() => {
					kept = undefined;
				});
			}
			return kept.body;
		},
	};
}

type Row = Pick<typeof station.$inferSelect, "site" | "lastHeardAt" | "report">;

/** One view of each site: what the station that was heard last said of it. */
export function viewSites(rows: readonly Row[]): SiteView[] {
	const bySite = new Map<string, SiteView>();
	for (const { site, lastHeardAt, report } of rows) {
		if (lastHeardAt === null || report === null || (bySite.get(site)?.knownAt ?? 0) > lastHeardAt) continue;
		const { topics, wait, waiting, open, openCounters } = report;
		bySite.set(site, {
			site,
			topics,
			waitMinutes: wait && { min: wait.minMinutes, max: wait.maxMinutes },
			waiting,
			open: open ?? openCounters > 0,
			knownAt: lastHeardAt,
		});
	}
	return [...bySite.values()].sort((one, other) => one.site.localeCompare(other.site));
}
