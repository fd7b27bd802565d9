import { setImmediate as nextTick } from "node:timers/promises";
import { eq, inArray, sql } from "drizzle-orm";
import type { StationDatabase } from "../../../db/station/open.ts";
import { networkSite, networkView, type SavedSite } from "../../../db/station/schema/pulled.ts";
import type { SiteId } from "../../../protocol/model/ids.ts";
import { type NetworkView, SEEN_RECENTLY_MS, type SiteView } from "../../../protocol/sync/command.ts";

/** The other sites as the server last described them. Kept on disk, so that a kiosk without a network knows how old they are. */
export interface NetworkSites {
	/** Saves the server's answer: all sites, or those that changed since an earlier answer. Skips sites not in `known`. */
	save(view: NetworkView, at: { now: number; known: ReadonlySet<string> }): Promise<void>;
	/** By site; `knownAt` by this station's clock. */
	read(): SiteView[];
}

/** Rows of one transaction: it takes some 2 ms, and tickets are issued between two of them. */
const TRANSACTION_ROWS = 200;
/** The table of the last answer has one row. */
const ONLY_ROW = 1;

export function openNetworkSites(database: StationDatabase): NetworkSites {
	/** The table in memory: new answers are compared with it, and screens read it. */
	const saved = new Map(
		database
			.select()
			.from(networkSite)
			.all()
			.map(({ site, view }) => [site, view]),
	);
	let knownAt = database.select().from(networkView).where(eq(networkView.id, ONLY_ROW)).get()?.knownAt ?? null;

	const write = (views: readonly SavedSite[], gone: readonly SiteId[]) =>
		database.transaction(
			(tx) => {
				for (const view of views)
					tx.insert(networkSite)
						.values({ site: view.site, view })
						.onConflictDoUpdate({ target: networkSite.site, set: { view: sql`excluded.view` } })
						.run();
				if (gone.length > 0) tx.delete(networkSite).where(inArray(networkSite.site, gone)).run();
				for (const view of views) saved.set(view.site, view);
				for (const site of gone) saved.delete(site);
			},
			{ behavior: "immediate" },
		);

	return {
		async save({ time, since, sites, gone: goneSites }, { now, known }) {
			const views = sites.filter(({ site }) => known.has(site)).map((view) => toSavedSite(view, time, now));
			const changed = views.filter((view) => JSON.stringify(view) !== JSON.stringify(saved.get(view.site)));
			const named = new Set(sites.map(({ site }) => site));
			const isGone = new Set(goneSites);
			const gone = [...saved.keys()].filter(
				(site) => !known.has(site) || isGone.has(site) || (since === null && !named.has(site)),
			);
			for (let at = 0; at < Math.max(changed.length, gone.length); at += TRANSACTION_ROWS) {
				if (at > 0) await nextTick();
				write(changed.slice(at, at + TRANSACTION_ROWS), gone.slice(at, at + TRANSACTION_ROWS));
			}
			// Last: after a crash before this, the sites that did not change keep their age.
			database
				.insert(networkView)
				.values({ id: ONLY_ROW, knownAt: now })
				.onConflictDoUpdate({ target: networkView.id, set: { knownAt: now } })
				.run();
			knownAt = now;
		},
		read: () =>
			[...saved.values()]
				.map((view) => ({ ...view, knownAt: view.knownAt ?? knownAt ?? 0 }))
				.sort((one, other) => (one.site < other.site ? -1 : 1)),
	};
}

/** A site that was seen recently is as old as the last answer, so its row does not change with every answer. */
function toSavedSite(view: SiteView, time: number, now: number): SavedSite {
	return { ...view, knownAt: time - view.knownAt <= SEEN_RECENTLY_MS ? null : view.knownAt - time + now };
}
