import { isLoopback } from "../../../lib/host-addresses.ts";

/**
 * The central server at an address, without path and names; null where a station may not be enrolled there: over https,
 * or over http at this very machine.
 */
export function toServerOrigin(address: string): string | null {
	const url = URL.parse(address.trim());
	if (url === null || url.username !== "" || url.password !== "") return null;
	const isOwn = url.protocol === "http:" && isLoopback(url.hostname.replace(/^\[(.*)\]$/, "$1"));
	return url.protocol === "https:" || isOwn ? url.origin : null;
}
