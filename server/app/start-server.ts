import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Logger } from "pino";
import { UserError } from "../../lib/errors.ts";
import { COMMAND_PROJECTION, openCommands } from "../commands/commands.ts";
import { addPullRoutes } from "../commands/pull-routes.ts";
import { openDocuments } from "../documents/documents.ts";
import { openSigningKeys, readSigningKeys, signingKeysIn } from "../documents/signing-keys.ts";
import { type ExportSchedule, startExports } from "../export/scheduled-export.ts";
import { openAdministrators } from "../fleet/administrators.ts";
import { openAuthentication } from "../fleet/authenticate.ts";
import { openEnrolment } from "../fleet/enrolment.ts";
import { addEnrolmentRoute } from "../fleet/enrolment-routes.ts";
import { openFleet } from "../fleet/fleet.ts";
import { addFleetRoutes } from "../fleet/fleet-routes.ts";
import { openNetworkView } from "../fleet/network-view.ts";
import { readAddresses } from "../http/client-address.ts";
import { makeServerApp } from "../http/http-app.ts";
import { servePages } from "../http/static-files.ts";
import { openPostgresEventStore } from "../ingest/postgres-event-store.ts";
import { HINTS } from "../notify/hint-channel.ts";
import { openHints } from "../notify/hints.ts";
import { addPhoneRoutes } from "../phones/phone-routes.ts";
import { openPhones } from "../phones/phone-tickets.ts";
import { type DatabasePlace, openDatabase } from "../postgres/open-database.ts";
import { startRetention } from "../retention/retention.ts";

export interface ServerConfiguration extends DatabasePlace {
	host: string;
	/** 0 takes a free one. */
	port: number;
	/** Days after which what links an event to a visitor is cut. */
	retentionDays: number;
	/** Undefined: exports are made by hand, or backups by other means. */
	exports?: ExportSchedule | undefined;
	/** Whose word on whom they speak for is taken, as CIDR; beside this machine's own. */
	trustedProxies?: readonly string[];
	version: string;
	/** The folder of the built pages. */
	screens: string;
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
	const { database, listen: listenFor, close: closeDatabase } = await openDatabase(configuration, log);
	try {
		const app = makeServerApp({
			store: openPostgresEventStore(database, COMMAND_PROJECTION),
			authenticate: openAuthentication(database),
			clock,
			log,
			version,
		});
		const enrolment = openEnrolment(database);
		const addressOf = readAddresses(configuration.trustedProxies ?? []);
		addEnrolmentRoute(app, enrolment, { clock, addressOf });
		const documents = openDocuments(database);
		await documents.introduce(openSigningKeys(configuration.data));
		const commands = openCommands(database);
		const hints = openHints(clock, Math.random);
		const endListening = listenFor(HINTS, hints.heard);
		addPullRoutes(app, { documents, commands, network: openNetworkView(database), hints, clock });
		addFleetRoutes(app, {
			fleet: openFleet(database, documents),
			administrators: openAdministrators(database),
			enrolment,
			documents,
			commands,
			// Read when they are needed: they may have been rotated by a command meanwhile.
			keys: () => readSigningKeys(signingKeysIn(configuration.data)),
			addressOf,
			clock,
			log,
			version,
		});
		addPhoneRoutes(app, { phones: openPhones(database), commands, clock, addressOf });
		servePages(app, configuration.screens);
		const serving = await listen(createAdaptorServer({ fetch: app.fetch }) as Server, host, port);
		const endRetention = startRetention(database, { days: configuration.retentionDays, clock, log });
		const endExports = configuration.exports && startExports(database, configuration.exports, { version, clock, log });
		return {
			origin: `http://${host.includes(":") ? `[${host}]` : host}:${serving.port}`,
			async close() {
				await serving.close();
				hints.close();
				await endListening();
				await endRetention();
				await endExports?.();
				await closeDatabase();
			},
		};
	} catch (error) {
		await closeDatabase();
		throw error;
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
				new UserError(
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
