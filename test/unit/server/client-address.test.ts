import fc from "fast-check";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { UserError } from "../../../lib/errors.ts";
import { readAddresses } from "../../../server/http/client-address.ts";

/** The address that a request is counted under which came from a socket's `peer`. */
async function seen(trusted: readonly string[], peer: string, forwarded?: string): Promise<string> {
	const app = new Hono();
	const addressOf = readAddresses(trusted);
	app.get("/", (context) => context.text(addressOf(context)));
	const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
	const incoming = { socket: { remoteAddress: peer, remotePort: 1, remoteFamily: "IPv4" } };
	return (await app.request("/", { headers }, { incoming })).text();
}

const PROXIES = ["172.30.84.0/24", "fd00:84::/64"];

test.each([
	["a stranger says for whom", "203.0.113.5", "198.51.100.1", "203.0.113.5"],
	["the proxy on this machine", "127.0.0.1", "198.51.100.1", "198.51.100.1"],
	["the same, as IPv6 has it", "::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"],
	["a proxy that is trusted", "172.30.84.7", "198.51.100.1", "198.51.100.1"],
	["the same, on a socket for both", "::ffff:172.30.84.7", "2001:db8::1", "2001:db8:0:0::/64"],
	["one by IPv6", "fd00:84::9", "198.51.100.1", "198.51.100.1"],
	["the neighbour of the trusted", "172.30.85.7", "198.51.100.1", "172.30.85.7"],
	["what the client made up before the proxy wrote", "172.30.84.7", "10.0.0.1, 198.51.100.1", "198.51.100.1"],
	["two proxies of ours", "172.30.84.7", "10.0.0.1, 198.51.100.1, 172.30.84.8", "198.51.100.1"],
	["a header that is no address", "172.30.84.7", "somebody", "172.30.84.7"],
	["a proxy that writes the port too", "172.30.84.7", "10.0.0.1, 198.51.100.1:4711", "198.51.100.1"],
	["the same for IPv6", "172.30.84.7", "10.0.0.1, [2001:db8::1]:4711", "2001:db8:0:0::/64"],
	["a proxy that hides whom it speaks for", "172.30.84.7", "198.51.100.1, unknown", "172.30.84.7"],
	["another address of the same network", "172.30.84.7", "2001:db8:0:0:ffff::7", "2001:db8:0:0::/64"],
	["a stranger by IPv6", "2001:db8:1:2:3:4:5:6", "198.51.100.1", "2001:db8:1:2::/64"],
	["no header", "172.30.84.7", undefined, "172.30.84.7"],
])("%s", async (_, peer, forwarded, address) => {
	expect(await seen(PROXIES, peer, forwarded)).toBe(address);
});

test("nobody who is not trusted is ever counted under another address, whatever it says", async () => {
	await fc.assert(
		fc.asyncProperty(fc.ipV4(), fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())), async (peer, chain) => {
			fc.pre(!peer.startsWith("127.") && !peer.startsWith("172.30.84."));
			const header = chain.join(",").replaceAll(/[^\x20-\x7e]/g, "");
			expect(await seen(PROXIES, peer, header)).toBe(peer);
		}),
	);
});

test.each(["", "caddy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "fd00::/129", "10.0.0.0/-1"])(
	"%j is no proxy",
	(range) => {
		expect(() => readAddresses([range])).toThrow(UserError);
	},
);
