import { isIP } from "node:net";
import { networkInterfaces } from "node:os";

/** True for addresses that only this machine can reach, and for `localhost`. A name such as 127.0.0.1.example is none. */
export function isLoopback(address: string): boolean {
	if (address === "localhost" || address === "::1") return true;
	const ipv4 = address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
	return isIP(ipv4) === 4 && ipv4.startsWith("127.");
}

/**
 * The name under which an address is counted. One machine may take any address of its IPv6 network of 64 bits, so the
 * network is counted; an IPv4 address is one, in whichever form a socket gives it.
 */
export function countedAs(address: string): string {
	const [plain = ""] = address.split("%", 1);
	const ipv4 = plain.slice(plain.lastIndexOf(":") + 1);
	if (/^::ffff:/i.test(plain) && isIP(ipv4) === 4) return ipv4;
	if (isIP(plain) !== 6) return address;
	const [left = [], right = []] = plain
		// The last 32 bits may be written as an IPv4 address: two groups, of which none is counted.
		.replace(/[^:]*\.[^:]*$/, "0:0")
		.split("::")
		.map((half) => half.split(":").filter((group) => group !== ""));
	const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
	const network = [...left, ...zeros, ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
	return `${network.join(":")}::/64`;
}

/** True for the addresses by which a listener takes every interface. */
export function isEverywhere(address: string): boolean {
	return address === "0.0.0.0" || address === "::";
}

/** The addresses by which other machines can reach this one, IPv4 first. Leaves out link-local IPv6, which no browser takes. */
export function networkAddresses(): string[] {
	return Object.values(networkInterfaces())
		.flatMap((found) => found ?? [])
		.filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
		.toSorted((one, other) => Number(one.family === "IPv6") - Number(other.family === "IPv6"))
		.map(({ address }) => address);
}

/** The addresses that reach a listener. */
export function reachableAt(listening: string): string[] {
	if (!isEverywhere(listening)) return [listening];
	const found = networkAddresses();
	return listening === "0.0.0.0" ? found.filter((address) => isIP(address) === 4) : found;
}

/** True if requests to `host` reach a listener on `listening`. */
export function isOwnAddress(host: string, listening: string): boolean {
	if (isLoopback(host) || host === listening.toLowerCase()) return true;
	return isEverywhere(listening) && networkAddresses().includes(host);
}

/** An address in the form that a URL needs. */
export function inUrl(address: string): string {
	return isIP(address) === 6 ? `[${address}]` : address;
}
