import type { InheritedPrinter } from "../../protocol/sync/inherited-settings.ts";
import { readSiteIds } from "../catalogue/catalogue-repository.ts";
import { isNetworkPrinter } from "../printing/printer-url.ts";
import { inherit, readSettingsToInherit } from "../staff/inherit-settings.ts";
import type { Documents } from "../sync/pull/apply-documents.ts";
import type { CommandEffects } from "../sync/pull/execute-commands.ts";
import { openCommands } from "../sync/pull/execute-commands.ts";
import { openNetworkSites } from "../sync/pull/network-sites.ts";
import { openPull } from "../sync/pull/pull.ts";
import { openPhoneTickets } from "../sync/push/phone-tickets.ts";
import { type Sync, startSync } from "../sync/sync.ts";
import { phonePageOf } from "../tickets/phone-ticket.ts";
import { offerPrinter } from "./chosen-settings.ts";
import type { TicketPrinting } from "./connect-printing.ts";
import type { StaffServices } from "./connect-staff.ts";
import { enrolFromDesk } from "./enrol-from-desk.ts";
import type { Foundation } from "./foundation.ts";
import type { PublishedDocuments } from "./published-documents.ts";
import { listSentTickets } from "./sent-tickets.ts";
import { reportStation, type StationReportDeps } from "./station-report.ts";

export type ServerConnection = ReturnType<typeof connectServer>;

export interface ServerConnectionDeps extends Omit<StationReportDeps, "version" | "catalogueVersion" | "readDisk"> {
	documents: Documents;
	published: PublishedDocuments;
	effects: CommandEffects;
	staff: StaffServices["staff"];
	settings: StaffServices["settings"];
	printing: TicketPrinting;
}

/** Pushes events to the central server, and pulls its documents and commands. */
export function connectServer(opened: AsyncDisposableStack, foundation: Foundation, deps: ServerConnectionDeps) {
	const { database, configuration, clock, log, readDisk, streams, enrolmentStore, enrolledAs, changes, site } =
		foundation;
	const { documents, published } = deps;
	const networkSites = openNetworkSites(foundation.database);
	const catalogueVersion = () => documents.version(sync.health().station ?? enrolledAs, "catalogue");
	const report = () =>
		reportStation({ version: foundation.files.version, catalogueVersion, readDisk, ...deps }, clock());
	const sync: Sync = opened.adopt(
		startSync({
			...{ pull: connectPull(foundation, deps, networkSites), log: streams, logger: log, clock },
			heardTime: foundation.trustedClock.heardServer,
			enrolment: () => enrolmentStore.read().enrolment,
			phoneTickets: openPhoneTickets({ list: (now, ended) => listSentTickets(deps, { now, ended }) }),
			isPhoneServer: (server) => isSameOrigin(published.phoneAddress(), server),
			report,
			settings: () => ({ ...readSettingsToInherit(database), printer: printerToHandOn(deps.printing) }),
		}),
		(one) => one.close(),
	);
	changes.subscribe(sync.notify);
	return {
		health: sync.health,
		report,
		isCutOff: sync.isCutOff,
		/** The page of a ticket's code; undefined without an address for phones, or where that server knows nothing of new tickets. */
		phonePage(code: string): string | undefined {
			const address = published.phoneAddress();
			if (address === undefined) return undefined;
			const isBehind = sync.isCutOff() && isSameOrigin(address, enrolmentStore.read().enrolment?.server);
			return isBehind ? undefined : phonePageOf(code, address);
		},
		enrol: enrolFromDesk({
			...{ store: enrolmentStore, streams, site, sync, clock, log },
			inherit(settings) {
				const offer = (printer: InheritedPrinter) => offerPrinter(configuration.data, printer);
				inherit(settings, { database, offerPrinter: offer, ...deps }, clock());
			},
		}),
		networkSites: networkSites.read,
	};
}

/** Also settles the commands that had only begun when the station ended. */
function connectPull(
	{ database, eventLog, clock, log, trustedClock, changes, enrolledAs }: Foundation,
	{ documents, published, effects }: ServerConnectionDeps,
	sites: ReturnType<typeof openNetworkSites>,
) {
	const commands = openCommands({
		...{ database, eventLog, clock, effects, changed: changes.notify },
		error: (err) => log.error({ err }, "command.failed"),
	});
	commands.settle(enrolledAs, clock());
	return openPull({
		...{ documents, commands, sites, clock },
		heardTime: trustedClock.heardServer,
		knownSites: () => readSiteIds(database),
		isUsable: published.isUsable,
		applied(content) {
			published.publish(content);
			changes.notify();
		},
		refused: (code, details) => log.warn({ code, ...details }, "pull.refused"),
	});
}

/** Null where the printer is at this machine itself. */
function printerToHandOn({ setup }: Pick<TicketPrinting, "setup">): InheritedPrinter | null {
	const { place: address, profile } = setup.read();
	return isNetworkPrinter(address) ? { address, profile } : null;
}

function isSameOrigin(address: string | undefined, server: string | undefined): boolean {
	return address !== undefined && server !== undefined && new URL(address).origin === new URL(server).origin;
}
