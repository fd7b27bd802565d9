import type { FleetNames } from "../../../protocol/api/fleet.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";

/** Names of sites and topics in the page's language; undefined where the catalogue has none. */
export interface Names {
	site(id: string): string | undefined;
	topic(id: string): string | undefined;
	/** The catalogue's own, in its order. */
	sites: readonly string[];
	topics: readonly string[];
}

export function namesIn(names: FleetNames | null, language: StaffLanguage): Names {
	const sites = names?.sites[language] ?? {};
	const topics = names?.topics[language] ?? {};
	return {
		site: (id) => sites[id],
		topic: (id) => topics[id],
		sites: Object.keys(sites),
		topics: Object.keys(topics),
	};
}
