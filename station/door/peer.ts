import { timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { Refusal } from "../refusal.ts";

/** Who is at the door: the kiosk's own window through the shell, or somebody on the network. */
export type Peer = { kind: "shell" } | { kind: "network"; address: string };

/** The scheme under which the shell mounts the door. */
export const SHELL_ORIGIN = "paihao://station";

export function isLoopback(address: string): boolean {
	return address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
}

/**
 * Refuses requests that a page of another origin sent. A rebound DNS name shows in Host, a
 * foreign page in Origin; a browser lets no page forge either. `host` is the address listened on.
 */
export function requireOwnPage(request: Request, peer: Peer, host: string): void {
	const origin = request.headers.get("origin");
	if (peer.kind === "shell") {
		if (origin !== null && origin !== "null" && origin !== SHELL_ORIGIN)
			throw new Refusal("ORIGIN_REFUSED", { origin });
		return;
	}
	const url = new URL(request.url);
	if (!isOwnName(url.hostname, host)) throw new Refusal("HOST_REFUSED", { host: url.host });
	if (origin !== null && origin !== url.origin) throw new Refusal("ORIGIN_REFUSED", { origin });
}

function isOwnName(hostname: string, host: string): boolean {
	const bare = hostname.replace(/^\[|\]$/g, "").toLowerCase();
	if (bare === "localhost" || bare === host.toLowerCase() || (isIP(bare) !== 0 && isLoopback(bare))) return true;
	const everywhere = host === "0.0.0.0" || host === "::";
	return (
		everywhere && Object.values(networkInterfaces()).some((found) => found?.some(({ address }) => address === bare))
	);
}

/** The kiosk's calls: its own secret, and only from the station's own machine. */
export function requireKiosk(peer: Peer, token: string | undefined, kioskKey: string): void {
	if (peer.kind === "network" && !isLoopback(peer.address)) throw new Refusal("LOOPBACK_ONLY");
	if (!holdsKioskKey(token, kioskKey)) throw new Refusal("KIOSK_KEY_REQUIRED");
}

export function holdsKioskKey(token: string | undefined, kioskKey: string): boolean {
	return token !== undefined && sameText(token, kioskKey);
}

function sameText(one: string, other: string): boolean {
	const left = Buffer.from(one);
	const right = Buffer.from(other);
	return left.length === right.length && timingSafeEqual(left, right);
}

export function bearerOf(headers: Headers): string | undefined {
	return /^Bearer ([\w~+/.-]+=*)$/i.exec(headers.get("authorization") ?? "")?.[1];
}
