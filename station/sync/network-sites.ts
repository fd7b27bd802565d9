import type { StationDatabase } from "../../db/station/open.ts";
import { networkSite } from "../../db/station/schema.ts";
import type { NetworkView, SiteView } from "../../protocol/command.ts";

/** What the server last told of the other sites: kept, so that a kiosk without a network still knows how old it is. */
export interface NetworkSites {
	/** Puts what the server tells in the place of what it told before. */
	keep(view: NetworkView, now: number): void;
	/** By site; `knownAt` by this station's clock. */
	read(): SiteView[];
}

export function openNetworkSites(database: StationDatabase): NetworkSites {
	return {
		keep({ time, sites }, now) {
			database.transaction(
				(tx) => {
					tx.delete(networkSite).run();
					for (const view of sites) {
						const knownAt = view.knownAt - time + now;
						tx.insert(networkSite)
							.values({ site: view.site, view: { ...view, knownAt } })
							.run();
					}
				},
				{ behavior: "immediate" },
			);
		},
		read: () =>
			database
				.select()
				.from(networkSite)
				.orderBy(networkSite.site)
				.all()
				.map(({ view }) => view),
	};
}
