import type { Server } from "node:http";
import { createSecureServer, type Http2SecureServer } from "node:http2";
import { createAdaptorServer } from "@hono/node-server";
import { isLoopback } from "../../lib/host-addresses.ts";
import { endIfUnread } from "../../lib/http/body-limit.ts";
import { FORBIDDEN_METHODS, type Listener, listen, type Place } from "../../lib/http/listen.ts";
import { MINUTE_MS } from "../../lib/time/durations.ts";
import type { KeyPair } from "../network/certificate.ts";
import type { TlsListener } from "../network/network.ts";
import { methodNotAllowed } from "./error-response.ts";
import type { HttpApp } from "./http-app.ts";
import type { RequestSource } from "./request-source.ts";

/** Requests and streams of one HTTP/2 connection at a time. Browsers open as many as they are allowed; a page needs few. */
const MAX_STREAMS = 100;

/** A connection on which nothing moves: desks ask each second, and a board's stream says each 15 s that it lives. */
const IDLE_TIMEOUT_MS = 2 * MINUTE_MS;

export const PLAIN_NAMES = { program: "The station", hostFlag: "--host", portFlag: "--port" } as const;
export const NETWORK_NAMES = { program: "The station", hostFlag: "--network", portFlag: "--network-port" } as const;

/** Serves the app over plain HTTP. Throws UserError PORT_IN_USE or ADDRESS_REFUSED. */
export function serve(httpApp: HttpApp, place: Place): Promise<Listener> {
	const server = createAdaptorServer({
		fetch: async (request, { incoming }) => {
			if (isForbidden(incoming)) return methodNotAllowed(pathOf(incoming), []);
			const address = incoming.socket.remoteAddress ?? "";
			const source: RequestSource = { kind: isLoopback(address) ? "machine" : "network", address };
			return endIfUnread(incoming, await httpApp(request, source));
		},
		overrideGlobalObjects: false,
	}) as Server;
	return listen(server, place, PLAIN_NAMES);
}

/**
 * Serves the app over TLS. Every request that comes this way counts as one from the network, also from this very machine:
 * a proxy in front must not lend anybody its rights. HTTP/2, because a browser opens six HTTP/1.1
 * connections at most to one address, and each of its boards and desks holds a stream open.
 * Throws UserError PORT_IN_USE or ADDRESS_REFUSED.
 */
export async function serveWithTls(
	httpApp: HttpApp,
	place: Place,
	pair: KeyPair,
	{ idleTimeoutMs = IDLE_TIMEOUT_MS }: { idleTimeoutMs?: number } = {},
): Promise<TlsListener> {
	const secrets = ({ key, certificate }: KeyPair) => ({ key, cert: certificate, minVersion: "TLSv1.2" as const });
	const server = createAdaptorServer({
		fetch: async (request, { incoming }) => {
			if (isForbidden(incoming)) return methodNotAllowed(pathOf(incoming), []);
			const source = { kind: "network", address: incoming.socket.remoteAddress ?? "" } as const;
			return endIfUnread(incoming, await httpApp(request, source));
		},
		overrideGlobalObjects: false,
		createServer: createSecureServer,
		serverOptions: { allowHTTP1: true, settings: { maxConcurrentStreams: MAX_STREAMS }, ...secrets(pair) },
	}) as Http2SecureServer;
	// Node's own limits are for HTTP/1.1: an HTTP/2 connection that asks nothing would stand for ever.
	server.setTimeout(idleTimeoutMs);
	const listener = await listen(server, place, NETWORK_NAMES);
	return { ...listener, renew: (renewed) => server.setSecureContext(secrets(renewed)) };
}

const isForbidden = ({ method = "" }: { method?: string | undefined }) => FORBIDDEN_METHODS.has(method);
const pathOf = ({ url = "/" }: { url?: string | undefined }) => url.split("?", 1)[0] ?? "/";
