import { setImmediate as nextTurn } from "node:timers/promises";
import { eq, inArray, sql } from "drizzle-orm";
import type { StationDatabase } from "../../../db/station/open.ts";
import { networkSite, networkView, type SavedSite } from "../../../db/station/schema/pulled.ts";
import { type NetworkView, SEEN_RECENTLY_MS, type SiteView } from "../../../protocol/sync/command.ts";

/** What the server last told of the other sites: kept, so that a kiosk without a network still knows how old it is. */
export interface NetworkSites {
	/**
	 * Keeps what the server tells: all that is known, or what has changed since it told before. Sites that this
	 * station's catalogue does not know are passed over.
	 */
	keep(view: NetworkView, at: { now: number; known: ReadonlySet<string> }): Promise<void>;
	/** By site; `knownAt` by this station's clock. */
	read(): SiteView[];
}

/** Rows of one transaction: some 2 ms, within which nobody waits for a ticket. */
const ROWS = 200;
const ONLY = 1;

export function openNetworkSites(database: StationDatabase): NetworkSites {
	/** As the table has it: what comes is compared with it, and visitors are answered from it. */
	const kept = new Map(
		database
			.select()
			.from(networkSite)
			.all()
			.map(({ site, view }) => [site, view]),
	);
	let knownAt = database.select().from(networkView).where(eq(networkView.id, ONLY)).get()?.knownAt ?? null;

	const write = (views: readonly SavedSite[], gone: readonly string[]) =>
		database.transaction(
			(tx) => {
				for (const view of views)
					tx.insert(networkSite)
						.values({ site: view.site, view })
						.onConflictDoUpdate({ target: networkSite.site, set: { view: sql`excluded.view` } })
						.run();
				if (gone.length > 0) tx.delete(networkSite).where(inArray(networkSite.site, gone)).run();
				for (const view of views) kept.set(view.site, view);
				for (const site of gone) kept.delete(site);
			},
			{ behavior: "immediate" },
		);

	return {
		async keep(told, { now, known }) {
			const views = told.sites.filter(({ site }) => known.has(site)).map((view) => savedForm(view, told.time, now));
			const changed = views.filter((view) => JSON.stringify(view) !== JSON.stringify(kept.get(view.site)));
			const named = new Set(told.sites.map(({ site }) => site));
			const isGone = new Set(told.gone);
			const gone = [...kept.keys()].filter(
				(site) => !known.has(site) || isGone.has(site) || (told.since === null && !named.has(site)),
			);
			for (let at = 0; at < Math.max(changed.length, gone.length); at += ROWS) {
				if (at > 0) await nextTurn();
				write(changed.slice(at, at + ROWS), gone.slice(at, at + ROWS));
			}
			// Last: cut off before, what did not change is as old as it was.
			database
				.insert(networkView)
				.values({ id: ONLY, knownAt: now })
				.onConflictDoUpdate({ target: networkView.id, set: { knownAt: now } })
				.run();
			knownAt = now;
		},
		read: () =>
			[...kept.values()]
				.map((view) => ({ ...view, knownAt: view.knownAt ?? knownAt ?? 0 }))
				.sort((one, other) => (one.site < other.site ? -1 : 1)),
	};
}

/** A site that is heard is as old as the last answer, whichever it is: its row need not change for it. */
function savedForm(view: SiteView, time: number, now: number): SavedSite {
	return { ...view, knownAt: time - view.knownAt <= SEEN_RECENTLY_MS ? null : view.knownAt - time + now };
}
