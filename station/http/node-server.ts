import type { Server } from "node:http";
import { createSecureServer, type Http2SecureServer } from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { limitBodyTime } from "../../lib/body-limit.ts";
import { UserError } from "../../lib/errors.ts";
import { isLoopback } from "../../lib/host-addresses.ts";
import { FORBIDDEN_METHODS } from "../../lib/http-defaults.ts";
import type { KeyPair } from "../network/certificate.ts";
import type { TlsListener } from "../network/network.ts";
import { methodNotAllowed } from "./error-response.ts";
import type { HttpApp } from "./http-app.ts";

export interface Serving {
	port: number;
	close(): Promise<void>;
}

/** Requests and streams of one HTTP/2 connection at a time. Browsers open as many as they are allowed; a page needs few. */
const MAX_STREAMS = 100;

interface Place {
	host: string;
	/** 0 takes a free one. */
	port: number;
}

/** Serves a door over plain HTTP. Throws UserError PORT_IN_USE or ADDRESS_REFUSED. */
export async function serve(httpApp: HttpApp, place: Place): Promise<Serving> {
	const server = createAdaptorServer({
		fetch: (request, { incoming }) => {
			if (isForbidden(incoming)) return methodNotAllowed(pathOf(incoming), []);
			const address = incoming.socket.remoteAddress ?? "";
			return httpApp(request, { kind: isLoopback(address) ? "machine" : "network", address });
		},
		overrideGlobalObjects: false,
	}) as Server;
	limitBodyTime(server);
	return { port: await listen(server, place, "port"), close: closerOf(server) };
}

/**
 * Serves a door over TLS. Whoever comes this way counts as the network, also from this very machine:
 * a proxy in front must not lend anybody its rights. HTTP/2, because a browser opens six HTTP/1.1
 * connections at most to one address, and each of its boards and desks holds a stream open.
 * Throws UserError PORT_IN_USE or ADDRESS_REFUSED.
 */
export async function serveWithTls(httpApp: HttpApp, place: Place, pair: KeyPair): Promise<TlsListener> {
	const secrets = ({ key, certificate }: KeyPair) => ({ key, cert: certificate, minVersion: "TLSv1.2" as const });
	const server = createAdaptorServer({
		fetch: (request, { incoming }) =>
			isForbidden(incoming)
				? methodNotAllowed(pathOf(incoming), [])
				: httpApp(request, { kind: "network", address: incoming.socket.remoteAddress ?? "" }),
		overrideGlobalObjects: false,
		createServer: createSecureServer,
		serverOptions: { allowHTTP1: true, settings: { maxConcurrentStreams: MAX_STREAMS }, ...secrets(pair) },
	}) as Http2SecureServer;
	limitBodyTime(server);
	return {
		port: await listen(server, place, "network-port"),
		renew: (renewed) => server.setSecureContext(secrets(renewed)),
		close: closerOf(server),
	};
}

const isForbidden = ({ method = "" }: { method?: string | undefined }) => FORBIDDEN_METHODS.has(method);
const pathOf = ({ url = "/" }: { url?: string | undefined }) => url.split("?", 1)[0] ?? "/";

async function listen(server: Server | Http2SecureServer, { host, port }: Place, flag: string): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once("error", (error: NodeJS.ErrnoException) => reject(errorMessage(error, host, port, flag)));
		server.listen(port, host, resolve);
	});
	return (server.address() as AddressInfo).port;
}

/** Boards keep their streams open for days: closing does not wait for them. */
function closerOf(server: Server | Http2SecureServer): () => Promise<void> {
	const sockets = new Set<Socket>();
	server.on("connection", (socket: Socket) => {
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
	});
	return () =>
		new Promise((resolve) => {
			server.close(() => resolve());
			for (const socket of sockets) socket.destroy();
		});
}

function errorMessage(error: NodeJS.ErrnoException, host: string, port: number, flag: string): Error {
	if (error.code === "EADDRINUSE") {
		return new UserError(
			"PORT_IN_USE",
			`Port ${port} on ${host} is in use. Name another with --${flag}, or 0 for a free one.`,
			{ cause: error },
		);
	}
	return new UserError(
		"ADDRESS_REFUSED",
		`The station cannot listen on ${host}, port ${port} (${error.code}). Name another with --${flag === "port" ? "host" : "network"} and --${flag}.`,
		{ cause: error },
	);
}
