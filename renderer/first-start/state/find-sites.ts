import type { SiteChoice } from "../../../protocol/api/setup.ts";

/** The sites in whose names or ids every typed word begins a word. */
export function findSites(sites: readonly SiteChoice[], typed: string): readonly SiteChoice[] {
	const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return sites;
	return sites.filter(({ keywords }) => {
		const own = keywords.split(/[^\p{L}\p{N}]+/u);
		return words.every((word) => own.some((one) => one.startsWith(word)));
	});
}
