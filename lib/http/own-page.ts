/** What shows that a page of another origin sent a request: the name in Host, or the page in Origin. */
export type ForeignSign = { kind: "host"; host: string } | { kind: "origin"; origin: string };

/**
 * Undefined for a request of our own page or of a program. A rebound DNS name shows in Host, a foreign page in Origin; a
 * browser lets no page forge either. `isOwnName` tells our own names, in lower case.
 */
export function findForeignSign(request: Request, isOwnName: (host: string) => boolean): ForeignSign | undefined {
	const { hostname, host, origin: own } = new URL(request.url);
	if (!isOwnName(hostname.replace(/^\[|\]$/g, "").toLowerCase())) return { kind: "host", host };
	const origin = request.headers.get("origin");
	return origin !== null && origin !== own ? { kind: "origin", origin } : undefined;
}
