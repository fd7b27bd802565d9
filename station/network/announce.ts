import openMulticast from "multicast-dns";
import type { Logger } from "pino";
import { reachableAt } from "../../lib/host-addresses.ts";
import { type Announced, recordsOf, replyTo } from "./mdns-records.ts";

const MDNS_PORT = 5353;

/** Where the answers go; tests take a port of their own on loopback, without multicast. */
export type Transport = { multicast: true } | { multicast: false; bind: string; port: number };

/**
 * Announces the station's name by mDNS. Where the network has no multicast, or another program holds the port, it logs
 * one warning; the station can still be reached by its address.
 */
export function announce(
	{ listening, ...announced }: Announced & { listening: string },
	log: Pick<Logger, "warn">,
	transport: Transport = { multicast: true },
): { close(): Promise<void> } {
	const own = transport.multicast ? MDNS_PORT : transport.port;
	const mdns = openMulticast(
		transport.multicast ? {} : { multicast: false, bind: transport.bind, port: transport.port, ip: transport.bind },
	);
	let warned = false;
	const note = (err: unknown) => {
		if (!warned) log.warn({ err }, "network.announce.failed");
		warned = true;
	};
	mdns.on("error", note);
	mdns.on("warning", note);
	// Read for each query, because a machine's addresses come and go.
	const addresses = () => reachableAt(listening);
	mdns.on("query", ({ questions = [], id }, asker) => {
		const reply = replyTo(questions, announced, addresses());
		if (!reply) return;
		// A simple resolver asks from another port and hears no multicast (RFC 6762, section 6.7).
		if (asker.port === own) mdns.respond(reply);
		else mdns.respond({ ...reply, id: id ?? 0, questions }, asker);
	});
	if (transport.multicast) mdns.on("ready", () => mdns.respond(recordsOf(announced, addresses())));

	return {
		close: () =>
			new Promise((resolve) => {
				const destroy = () => mdns.destroy(() => resolve());
				if (!transport.multicast) return destroy();
				mdns.respond(recordsOf(announced, addresses(), true), destroy);
			}),
	};
}
