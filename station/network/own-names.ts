import { isIP } from "node:net";
import { networkInterfaces } from "node:os";

/** What this station is called on its network. */
export interface OwnNames {
	/** The name that it is found under without a name server: paihao-SITE.local (mDNS). */
	local: string;
	/** The address that it listens on; 0.0.0.0 and :: stand for every one. */
	listening: string;
}

/** A label of a host name has 63 characters at most (RFC 1035, section 2.3.4). */
const LABEL_LENGTH = 63;

export function localNameOf(site: string): string {
	return `${`paihao-${site}`.slice(0, LABEL_LENGTH).replace(/-+$/, "")}.local`;
}

export function isLoopback(address: string): boolean {
	return (
		address === "localhost" || address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.")
	);
}

export function isEverywhere(address: string): boolean {
	return address === "0.0.0.0" || address === "::";
}

/** The machine's addresses that others can reach it under; those of a link alone (fe80) need a zone, which no browser takes. */
export function networkAddresses(): string[] {
	return Object.values(networkInterfaces())
		.flatMap((found) => found ?? [])
		.filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
		.toSorted((one, other) => Number(one.family === "IPv6") - Number(other.family === "IPv6"))
		.map(({ address }) => address);
}

/** The addresses of a listener, one for each way to reach it. */
export function reachableAt(listening: string): string[] {
	if (!isEverywhere(listening)) return [listening];
	const found = networkAddresses();
	return listening === "0.0.0.0" ? found.filter((address) => isIP(address) === 4) : found;
}

/** Whether requests to `host` reach a listener on `listening`. */
export function isOwnAddress(host: string, listening: string): boolean {
	if (isLoopback(host) || host === listening.toLowerCase()) return true;
	return isEverywhere(listening) && networkAddresses().includes(host);
}

/** An address in the form that a URL needs. */
export function inUrl(address: string): string {
	return isIP(address) === 6 ? `[${address}]` : address;
}
