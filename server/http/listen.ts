import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { limitBodyTime } from "../../lib/body-limit.ts";
import { UserError } from "../../lib/errors.ts";
import { FORBIDDEN_METHODS } from "../../lib/http-defaults.ts";
import type { ServerApp } from "./server-app.ts";

/** Serves an app over HTTP; port 0 takes a free one. `close` ends its connections too. Throws UserError PORT_IN_USE, ADDRESS_REFUSED. */
export async function listen(
	fetch: ServerApp["fetch"],
	host: string,
	port: number,
): Promise<{ port: number; close(): Promise<void> }> {
	const server = createAdaptorServer({
		fetch: (request, env) =>
			FORBIDDEN_METHODS.has(env.incoming.method ?? "") ? new Response(null, { status: 405 }) : fetch(request, env),
	}) as Server;
	limitBodyTime(server);
	const sockets = new Set<Socket>();
	server.on("connection", (socket: Socket) => {
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", (cause: NodeJS.ErrnoException) => reject(cannotListen(host, port, cause)));
		server.listen(port, host, resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): UserError {
	if (cause.code === "EADDRINUSE")
		return new UserError(
			"PORT_IN_USE",
			`Port ${port} of ${host} is in use. Name another with --port, or 0 for a free one.`,
			{ cause },
		);
	if (cause.code === "EACCES")
		return new UserError(
			"ADDRESS_REFUSED",
			`This user may not listen on port ${port}. Name one above 1023 with --port.`,
			{
				cause,
			},
		);
	return new UserError(
		"ADDRESS_REFUSED",
		`The server cannot listen on ${host} (${cause.code}). Name an address of this machine with --host.`,
		{ cause },
	);
}
