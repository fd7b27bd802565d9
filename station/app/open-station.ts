import { networkInterfaces } from "node:os";
import type { Logger } from "pino";
import { openResources } from "../../lib/resources.ts";
import { readCatalogueFiles, requireSite } from "../catalogue/read-catalogue-files.ts";
import type { HttpApp } from "../http/http-app.ts";
import { type Network, openNetwork } from "../network/network.ts";
import { findLocalPrinters } from "../printing/find-printers.ts";
import { openDocuments } from "../sync/pull/apply-documents.ts";
import type { AssetPaths } from "./asset-paths.ts";
import { makeCommandEffects } from "./command-effects.ts";
import type { StationConfiguration } from "./configuration.ts";
import { connectCalendar } from "./connect-calendar.ts";
import { connectHttp } from "./connect-http.ts";
import { connectPlanning } from "./connect-planning.ts";
import { connectPrinting } from "./connect-printing.ts";
import { connectServer, type ServerConnection } from "./connect-server.ts";
import { connectStaff } from "./connect-staff.ts";
import { connectStatistics } from "./connect-statistics.ts";
import { connectTickets } from "./connect-tickets.ts";
import { connectWebPush } from "./connect-web-push.ts";
import { openFirstStart } from "./first-start.ts";
import { openFoundation } from "./foundation.ts";
import { openPublishedDocuments } from "./published-documents.ts";
import { openStaffGate } from "./staff-gate.ts";
import { openStationMetrics } from "./station-metrics.ts";
import { openStationSetup } from "./station-setup.ts";
import { startUpkeep } from "./upkeep.ts";

export interface Station {
	/** Answers every request of kiosk, desk, board and phone. */
	httpApp: HttpApp;
	kioskKey: string;
	/** The station's side towards other machines; listens once it is opened. */
	network: Network;
	/** Closes everything in reverse order, within two seconds. Rejects with what failed to close, after all has been closed. */
	close(): Promise<void>;
}

export interface StationDeps {
	files: AssetPaths;
	log: Logger;
	/** The machine's clock, UTC milliseconds. */
	clock(): number;
	/** Milliseconds since the machine was switched on, sleep included. Without it the machine's clock is believed. */
	uptime?: (() => number) | undefined;
	/** Names the time since the machine was switched on, where the system tells. */
	boot?: string | undefined;
	/** What checking a PIN costs; left out outside of tests. */
	pinCost?: number | undefined;
	/** Ends the program and starts it again when the server asks for it; undefined where nothing can. */
	restart?: (() => void) | undefined;
	/** Ends the window that this program shows; undefined where another program shows it. */
	leave?: (() => void) | undefined;
	/** Opens the station again with another configuration, after it has answered. */
	reopen(configuration: StationConfiguration): void;
}

/**
 * Opens every room of the station and connects them: this folder is the only place that does. Throws UserError for what
 * a person can put right. If a step fails, everything that was opened is closed again.
 */
export function openStation(
	configuration: StationConfiguration,
	{ files, log, clock: wall, uptime, boot, pinCost, restart, leave, reopen }: StationDeps,
): Promise<Station> {
	return openResources(async (opened) => {
		const catalogueFiles = readCatalogueFiles(configuration.catalogue ?? files.catalogue);
		requireSite(catalogueFiles, configuration.site);
		const foundation = openFoundation(opened, configuration, { files, log, catalogueFiles, wall, uptime, boot });
		const { database, eventLog, clock, site, enrolledAs, changes, secrets } = foundation;

		const documents = openDocuments(database, eventLog);
		const published = openPublishedDocuments({
			...{ database, documents, station: enrolledAs, site, catalogueFiles, clock, log },
			phoneAddress: configuration.phoneAddress,
		});
		const { catalogue } = published;
		const network = opened.adopt(await openNetwork({ settings: configuration, clock, log }), (one) => one.close());

		const staffServices = connectStaff(foundation, { catalogue, pinCost });
		const { settings } = staffServices;
		const ticketServices = connectTickets(opened, foundation, { catalogue, ...staffServices });
		const { tickets, visits, printJobs, closure, hours } = ticketServices;

		const calendar = connectCalendar(opened, foundation, { catalogue, visits });

		let server: ServerConnection | undefined;
		const printing = connectPrinting(opened, {
			...{ database, configuration, files, printJobs, catalogue, clock, log, changed: changes.notify },
			phoneAddress: published.phoneAddress,
			isOffline: () => server?.isCutOff() ?? false,
		});
		const { printTestPage } = printing;
		server = connectServer(opened, foundation, {
			...{ documents, published, catalogue, hours, tickets, printJobs, printing, ...staffServices },
			calendar: () => calendar?.health(),
			effects: makeCommandEffects({ catalogue, settings, closure, tickets, visits, printTestPage, restart }),
		});
		const metrics = opened.adopt(openStationMetrics({ foundation, report: server.report, server }), (one) =>
			one.close(),
		);
		startUpkeep(opened, foundation, tickets);

		const setup = openStationSetup(opened, {
			...{ foundation, printing, reopen, findLocalPrinters },
			timezone: () => catalogue.clock.timezone,
			siteName: (language) => catalogue.translate("location", site, language, "short_name"),
			network: () => network.read(clock()),
			server: () => server?.health().server ?? null,
			networkCards: () => Object.values(networkInterfaces()).flatMap((cards) => cards ?? []),
		});
		const firstStart = openFirstStart({
			...{ database, clock, staff: staffServices.staff },
			mode: configuration.firstStart,
		});
		const httpApp = connectHttp(foundation, {
			...{ setup, firstStart },
			staffGate: openStaffGate({ staff: staffServices.staff, leave, restart, clock, log }),
			...staffServices,
			...ticketServices,
			catalogue,
			calendar,
			network,
			printing,
			server,
			metrics,
			replays: connectPlanning(database, {
				timezone: catalogue.clock.timezone,
				skillsOf: settings.skillsOf,
			}),
			statistics: connectStatistics(opened, foundation, { catalogue, tickets, staff: staffServices.staff }),
			webPush: connectWebPush(opened, foundation, tickets),
		});
		return { httpApp, kioskKey: secrets.kioskKey, network };
	});
}
