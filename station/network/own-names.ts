import type { SiteId } from "../../protocol/model/ids.ts";
/** What this station is called on its network. */
export interface OwnNames {
	/** Its name without a name server: paihao-SITE.local (mDNS). */
	local: string;
	/** The address that it listens on; 0.0.0.0 and :: are every address. */
	listening: string;
}

/** A label of a host name has 63 characters at most (RFC 1035, section 2.3.4). */
const LABEL_LENGTH = 63;

export function localNameOf(site: SiteId): string {
	return `${`paihao-${site}`.slice(0, LABEL_LENGTH).replace(/-+$/, "")}.local`;
}
