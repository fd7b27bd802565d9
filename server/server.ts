import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Logger } from "pino";
import { PlainError } from "../protocol/plain-error.ts";
import { makeServerApp } from "./door/door.ts";
import { openAuthentication } from "./fleet/authenticate.ts";
import { openEnrolment } from "./fleet/enrolment.ts";
import { addEnrolmentRoute } from "./fleet/routes.ts";
import { openPostgresStore } from "./ingest/postgres-store.ts";
import { type DatabasePlace, openDatabase } from "./postgres/open-database.ts";

export interface ServerConfiguration extends DatabasePlace {
	host: string;
	/** 0 takes a free one. */
	port: number;
	version: string;
}

export interface RunningServer {
	/** http://HOST:PORT */
	origin: string;
	close(): Promise<void>;
}

/** Puts the server's rooms together: the only place that does. Keeps no state of its own. Throws PlainError. */
export async function startServer(
	configuration: ServerConfiguration,
	{ log, clock }: { log: Logger; clock(): number },
): Promise<RunningServer> {
	const { host, port, version } = configuration;
	const { database, close: closeDatabase } = await openDatabase(configuration, log);
	try {
		const app = makeServerApp({
			store: openPostgresStore(database),
			authenticate: openAuthentication(database),
			clock,
			log,
			version,
		});
		addEnrolmentRoute(app, openEnrolment(database), clock);
		const serving = await listen(createAdaptorServer({ fetch: app.fetch }) as Server, host, port);
		return {
			origin: `http://${host.includes(":") ? `[${host}]` : host}:${serving.port}`,
			async close() {
				await serving.close();
				await closeDatabase();
			},
		};
	} catch (fault) {
		await closeDatabase();
		throw fault;
	}
}

async function listen(server: Server, host: string, port: number) {
	const sockets = new Set<Socket>();
	server.on("connection", (socket: Socket) => {
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", (cause: NodeJS.ErrnoException) =>
			reject(
				new PlainError(
					"PORT_IN_USE",
					`The server cannot listen on ${host}, port ${port} (${cause.code}). Name another with --port, or 0 for a free one.`,
					{ cause },
				),
			),
		);
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
