import { BlockList, isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { UserError } from "../../lib/errors.ts";
import { countedAs } from "../../lib/host-addresses.ts";

/** The address that a request comes from, for rate limits. */
export type AddressOf = (context: Context) => string;

/** The proxy on this machine. */
const LOOPBACK = ["127.0.0.0/8", "::1/128"];

/**
 * Who asks: a proxy that is trusted says for whom; any other caller is believed only as far as its own address. Without
 * it all that come through one proxy would be one. Throws UserError PROXY_UNREADABLE.
 */
export function readAddresses(trustedProxies: readonly string[]): AddressOf {
	const trusted = new BlockList();
	for (const range of [...LOOPBACK, ...trustedProxies]) addRange(trusted, range);
	const isTrusted = (address: string) => {
		const version = isIP(address);
		return version !== 0 && trusted.check(address, version === 4 ? "ipv4" : "ipv6");
	};
	return (context) => {
		const peer = peerOf(context);
		if (peer !== undefined && !isTrusted(peer)) return countedAs(peer);
		const chain = (context.req.header("x-forwarded-for") ?? "").split(",").map(withoutPort);
		// From the right, where the nearest proxy wrote: the first that is none of ours. The client may have invented those
		// before it, also where the proxy wrote no address but "unknown".
		const named = chain.findLast((address) => !isTrusted(address)) ?? "";
		return isIP(named) === 0 ? (peer ?? "unknown") : countedAs(named);
	};
}

/** Some proxies write the port behind the address: 192.0.2.1:4711, [2001:db8::1]:4711. */
function withoutPort(written: string): string {
	const text = written.trim();
	return /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}

function addRange(list: BlockList, range: string): void {
	const [address = "", length, ...rest] = range.split("/");
	const version = isIP(address);
	const maxBits = version === 4 ? 32 : 128;
	const bits = length === undefined ? maxBits : /^\d+$/.test(length) ? Number(length) : Number.NaN;
	if (version === 0 || rest.length > 0 || !(bits <= maxBits))
		throw new UserError("PROXY_UNREADABLE", `${range} is not an address or a range of them. Say 10.1.2.0/24.`, {
			exitCode: 2,
		});
	list.addSubnet(address, bits, version === 4 ? "ipv4" : "ipv6");
}

/** Undefined where a test calls the handler without a socket. */
function peerOf(context: Context): string | undefined {
	try {
		return getConnInfo(context).remote.address;
	} catch {
		return undefined;
	}
}
