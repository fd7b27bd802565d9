import type { FleetNames } from "../../../protocol/api/fleet.ts";
import type { SiteId, TopicId } from "../../../protocol/model/ids.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";

/** Names of sites and topics in the page's language; undefined where the catalogue has none. */
export interface Names {
	site(id: string): string | undefined;
	topic(id: string): string | undefined;
	/** The catalogue's own, in its order. */
	sites: readonly SiteId[];
	topics: readonly TopicId[];
}

export function namesIn(names: FleetNames | null, language: StaffLanguage): Names {
	const sites = names?.sites[language] ?? {};
	const topics = names?.topics[language] ?? {};
	return {
		site: (id) => sites[id],
		topic: (id) => topics[id],
		sites: Object.keys(sites) as SiteId[],
		topics: Object.keys(topics) as TopicId[],
	};
}
