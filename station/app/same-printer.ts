import { posix } from "node:path";
import { isLoopback, isOwnAddress } from "../../lib/host-addresses.ts";

interface NetworkPlace {
	host: string;
	port: number;
}

/** True if two addresses lead to one printer, however they are written. */
export function isSamePrinter(one: string, other: string): boolean {
	return placeOf(one) === placeOf(other);
}

/** True if this station itself listens where the printer should be. */
export function isOwnListener(printer: string, listeners: readonly NetworkPlace[]): boolean {
	const place = networkPlaceOf(printer);
	return (
		place !== undefined && listeners.some(({ host, port }) => port === place.port && isOwnAddress(place.host, host))
	);
}

/** Names of hosts, and of the queues of CUPS and Windows, have no case; paths do. */
function placeOf(url: string): string {
	const network = networkPlaceOf(url);
	if (network) return `tcp ${isLoopback(network.host) ? "localhost" : network.host} ${network.port}`;
	const [, kind, rest = ""] = /^(\w+):([^?]*)/.exec(url) ?? [];
	if (kind === "device" || kind === "serial") return posix.normalize(rest);
	if (kind === "lp") return `lp ${rest.toLowerCase()}`;
	if (kind === "win") return `win ${rest.toLowerCase().replaceAll("%20", "+")}`;
	return `${kind} ${rest}`;
}

function networkPlaceOf(url: string): NetworkPlace | undefined {
	const [, host, port] = /^tcp:\/\/([^/?]+):(\d{1,5})\/?(?:\?|$)/.exec(url) ?? [];
	return host === undefined ? undefined : { host: plainHost(host), port: Number(port) };
}

/** Without brackets; IPv6 in its shortest form. */
function plainHost(host: string): string {
	const name = host.toLowerCase();
	const known = URL.parse(`http://${name}`)?.hostname ?? name;
	return known.replace(/^\[(.*)\]$/, "$1");
}
