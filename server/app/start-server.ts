import { sql } from "drizzle-orm";
import type { Logger } from "pino";
import type { ServerDatabase } from "../../db/server/open.ts";
import { readDiskSpace } from "../../lib/disk-space.ts";
import { addHealthRoutes } from "../../lib/http/health-routes.ts";
import { requireListenable } from "../../lib/http/listen.ts";
import { serveStaticFiles } from "../../lib/http/static-files.ts";
import { openResources } from "../../lib/resources.ts";
import { type DiskReport, reportDisk } from "../../protocol/model/disk.ts";
import { COMMAND_PROJECTION } from "../commands/command-projection.ts";
import { openCommands } from "../commands/commands.ts";
import { openDocuments } from "../documents/documents.ts";
import { openSigningKeys, readSigningKeys, signingKeysIn } from "../documents/signing-keys.ts";
import { type ExportSchedule, requireExportFolder, startExports } from "../export/scheduled-export.ts";
import { openAdministrators } from "../fleet/administrators.ts";
import { openAuthentication } from "../fleet/authenticate.ts";
import { openEnrolment } from "../fleet/enrolment.ts";
import { openFleet } from "../fleet/fleet.ts";
import { openNetworkView } from "../fleet/network-view.ts";
import { readAddresses } from "../http/client-address.ts";
import { addEnrolmentRoutes } from "../http/enrolment-routes.ts";
import { errorResponse } from "../http/error-response.ts";
import { addFleetApi } from "../http/fleet-app.ts";
import { createHttpApp } from "../http/http-app.ts";
import { addMetricsRoute, observeRequests } from "../http/metrics-route.ts";
import { addPhoneRoutes } from "../http/phone-routes.ts";
import { addPullRoutes } from "../http/pull-routes.ts";
import { LISTEN_NAMES, serve } from "../http/serve.ts";
import type { ServerApp } from "../http/server-app.ts";
import { openPostgresEventStore } from "../ingest/postgres-event-store.ts";
import { HINTS } from "../notify/hint-channel.ts";
import { type Hints, openHints } from "../notify/hints.ts";
import { openPhoneTickets } from "../phones/phone-tickets.ts";
import { type DatabasePlace, openDatabase } from "../postgres/open-database.ts";
import { Refusal } from "../refusal.ts";
import { startRetention } from "../retention/retention.ts";
import { openFleetStatistics } from "../statistics/fleet-statistics.ts";
import { startSummingUp } from "../statistics/sum-up.ts";
import { redactTickets } from "../statistics/ticket-events.ts";
import { openServerMetrics } from "./server-metrics.ts";

export interface ServerConfiguration extends DatabasePlace {
	host: string;
	/** 0 takes a free one. */
	port: number;
	/** Days after which the fields that link an event to a visitor are redacted. */
	retentionDays: number;
	/** Undefined: exports are made by hand, or backups by other means. */
	exports?: ExportSchedule | undefined;
	/** Addresses (CIDR) of proxies whose X-Forwarded-For is trusted, besides those on this machine. */
	trustedProxies?: readonly string[];
	/** With it other machines may read the metrics. */
	metricsToken?: string | undefined;
	version: string;
	/** The folder of the built pages. */
	screens: string;
}

export interface RunningServer {
	/** http://HOST:PORT */
	origin: string;
	close(): Promise<void>;
}

interface Surroundings {
	log: Logger;
	/** UTC milliseconds. */
	clock(): number;
}

/** Starts the server: the only place that puts its rooms together. If a step fails, all before it is closed. Throws UserError. */
export function startServer(configuration: ServerConfiguration, surroundings: Surroundings): Promise<RunningServer> {
	const { host, port, version, retentionDays, exports } = configuration;
	const { log, clock } = surroundings;
	return openResources(async (opened) => {
		await requireUsable(configuration);
		const { database, listen: listenToHints, close } = await openDatabase(configuration, log);
		opened.defer(close);
		const hints = openHints(clock, Math.random);
		opened.defer(() => hints.close());
		opened.defer(listenToHints(HINTS, hints.send));
		opened.defer(startRetention(database, { days: retentionDays, clock, log, onRedacted: redactTickets }));
		opened.defer(startSummingUp(database, { log }));
		if (exports) opened.defer(startExports(database, exports, { version, clock, log }));
		const metrics = opened.adopt(openServerMetrics({ database, data: configuration.data, version, clock }), (one) =>
			one.close(),
		);
		const app = await openApp(database, hints, configuration, surroundings);
		addMetricsRoute(app, metrics, configuration.metricsToken);
		const serving = opened.adopt(await serve(observeRequests(app.fetch, metrics), { host, port }), (one) =>
			one.close(),
		);
		return { origin: `http://${host.includes(":") ? `[${host}]` : host}:${serving.port}` };
	});
}

function readDisk(data: string): DiskReport | null {
	const space = readDiskSpace(data);
	return space ? reportDisk(space) : null;
}

/** What is wrong with the settings is said before the database is started, which takes seconds. Throws UserError. */
async function requireUsable({ data, host, port, exports, trustedProxies = [] }: ServerConfiguration): Promise<void> {
	readAddresses(trustedProxies);
	readSigningKeys(signingKeysIn(data));
	if (exports) requireExportFolder(exports.folder);
	await requireListenable({ host, port }, LISTEN_NAMES);
}

async function openApp(
	database: ServerDatabase,
	hints: Hints,
	{ data, trustedProxies = [], version, screens }: ServerConfiguration,
	{ log, clock }: Surroundings,
): Promise<ServerApp> {
	const documents = openDocuments(database);
	await documents.introduce(openSigningKeys(data));
	const commands = openCommands(database);
	const enrolment = openEnrolment(database);
	const addressOf = readAddresses(trustedProxies);
	const app = createHttpApp({
		store: openPostgresEventStore(database, COMMAND_PROJECTION),
		authenticate: openAuthentication(database),
		clock,
		log,
	});
	addHealthRoutes(app, {
		...{ clock, log, version },
		requireReady: () => database.execute(sql`select 1`),
		refuse: () => errorResponse(new Refusal("DATABASE_UNAVAILABLE")),
	});
	addEnrolmentRoutes(app, enrolment, { clock, addressOf });
	addPullRoutes(app, { documents, commands, network: openNetworkView(database), hints, clock });
	addFleetApi(app, {
		fleet: openFleet(database, documents, () => readDisk(data)),
		administrators: openAdministrators(database),
		enrolment,
		documents,
		commands,
		statistics: openFleetStatistics(database),
		// Read for each use: a command beside the server may have rotated them.
		keys: () => readSigningKeys(signingKeysIn(data)),
		addressOf,
		clock,
		log,
		version,
	});
	addPhoneRoutes(app, { phones: openPhoneTickets(database), commands, clock, addressOf });
	app.get("/", (context) => context.redirect("/fleet"));
	serveStaticFiles(app, screens, ["fleet", "phone"]);
	return app;
}
