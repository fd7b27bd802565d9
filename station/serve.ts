import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { PlainError } from "../protocol/plain-error.ts";
import type { Door } from "./door/door.ts";

export interface Serving {
	port: number;
	close(): Promise<void>;
}

/** Serves a door over HTTP. Throws PlainError PORT_IN_USE or ADDRESS_REFUSED. */
export async function serve(door: Door, { host, port }: { host: string; port: number }): Promise<Serving> {
	const server = createAdaptorServer({
		fetch: (request, { incoming }) => door(request, { kind: "network", address: incoming.socket.remoteAddress ?? "" }),
		overrideGlobalObjects: false,
	}) as Server;
	await new Promise<void>((resolve, reject) => {
		server.once("error", (fault: NodeJS.ErrnoException) => reject(explain(fault, host, port)));
		server.listen(port, host, resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function explain(fault: NodeJS.ErrnoException, host: string, port: number): Error {
	if (fault.code === "EADDRINUSE") {
		return new PlainError(
			"PORT_IN_USE",
			`Port ${port} on ${host} is in use. Name another with --port, or 0 for a free one.`,
			{ cause: fault },
		);
	}
	return new PlainError(
		"ADDRESS_REFUSED",
		`The station cannot listen on ${host}, port ${port} (${fault.code}). Name another with --host and --port.`,
		{ cause: fault },
	);
}
