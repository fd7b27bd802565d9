import { join } from "node:path";
import type { Logger } from "pino";
import { openRandom } from "../../lib/random.ts";
import { openResources } from "../../lib/resources.ts";
import { openVisits } from "../appointments/expected-visits.ts";
import { readSiteIds, readSitesOffering } from "../catalogue/catalogue-repository.ts";
import { readCatalogueFiles, requireSite } from "../catalogue/read-catalogue-files.ts";
import { findTicketByNumber, readAudit } from "../events/activity-log.ts";
import { openEventLog } from "../events/event-log.ts";
import { createBoardSound } from "../http/board-sound.ts";
import { createBroadcast } from "../http/broadcast.ts";
import { openDamagedMessages } from "../http/damaged-messages.ts";
import { createHttpApp, type HttpApp } from "../http/http-app.ts";
import { type Network, openNetwork } from "../network/network.ts";
import { openPairing } from "../network/pairing.ts";
import { openPrintJobRepository } from "../printing/queue/print-job-repository.ts";
import { openRetention } from "../retention/retention.ts";
import { startRetention } from "../retention/start-retention.ts";
import { openSpeechLibrary, SPEECH_FOLDER } from "../speech/library.ts";
import { readSources } from "../speech/sources.ts";
import { openHelpCalls } from "../staff/help-calls.ts";
import { openSessions } from "../staff/sessions.ts";
import { openSiteSettings } from "../staff/site-settings.ts";
import { openStaffAccounts } from "../staff/staff-accounts.ts";
import { NOT_ENROLLED } from "../sync/enrolment/device-enrolment.ts";
import { openCommands } from "../sync/pull/commands.ts";
import { openDocuments } from "../sync/pull/documents.ts";
import { openNetworkSites } from "../sync/pull/network-sites.ts";
import { openPull } from "../sync/pull/pull.ts";
import { openPhoneTickets } from "../sync/push/phone-tickets.ts";
import { openStreamRepository } from "../sync/stream-repository.ts";
import { type Sync, startSync } from "../sync/sync.ts";
import { requireOpenSite } from "../tickets/availability.ts";
import { startClosingPastDays } from "../tickets/close-past-days.ts";
import { CODE_LENGTH, toTicketCode } from "../tickets/numbers.ts";
import { DEFAULT_QUEUE_RULES, placeOfAppointment } from "../tickets/queue-order.ts";
import { calendarServiceDay } from "../tickets/service-day.ts";
import { DEFAULT_TRANSITION_RULES } from "../tickets/state-machine.ts";
import { openTicketService } from "../tickets/ticket-service.ts";
import type { AssetPaths } from "./asset-paths.ts";
import { createChangeSignal } from "./change-signal.ts";
import { makeCommandEffects } from "./command-effects.ts";
import type { StationConfiguration } from "./configuration.ts";
import { openStationFolder } from "./data-folder.ts";
import { enrolFromDesk } from "./enrol-from-desk.ts";
import { openPublishedDocuments } from "./published-documents.ts";
import { openEnrolmentStore } from "./secrets.ts";
import { listSentTickets } from "./sent-tickets.ts";
import { openStationClock } from "./station-clock.ts";
import { reportStation } from "./station-report.ts";
import { startTicketPrinting } from "./ticket-printing.ts";

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
	/** Ends the program and starts it again when the server asks for it; undefined where nothing can. */
	restart?: (() => void) | undefined;
}

/**
 * Opens every room of the station and connects them: the only place that does. Throws UserError for what a person can
 * put right. If a step fails, everything that was opened is closed again.
 */
export function openStation(
	configuration: StationConfiguration,
	{ files, log, clock: wall, uptime, restart }: StationDeps,
): Promise<Station> {
	return openResources(async (opened) => {
		const catalogueFiles = readCatalogueFiles(configuration.catalogue ?? files.catalogue);
		requireSite(catalogueFiles, configuration.site);

		// The data folder and its log
		const { database, secrets } = opened.adopt(openStationFolder(configuration, files.migrations), (folder) =>
			folder.close(),
		);
		const changes = createChangeSignal();
		const trustedClock = openStationClock({ database, catalogueFiles, wall, uptime, log, changed: changes.notify });
		const { now: clock, holdsDay } = trustedClock;
		const { id: newId, bytes } = openRandom();
		const { site } = configuration;
		const eventLog = openEventLog(database, { newId, streamId: newId(clock()), site, now: clock() });
		const streams = openStreamRepository(database, newId);

		// What the server published, and how other machines reach the station
		const enrolmentStore = openEnrolmentStore(configuration.data);
		const enrolledAs = secrets.enrolment?.station ?? NOT_ENROLLED;
		const documents = openDocuments(database, eventLog);
		const published = openPublishedDocuments({
			...{ database, documents, station: enrolledAs, site, catalogueFiles, clock, log },
			phoneAddress: configuration.phoneAddress,
		});
		const { catalogue } = published;
		const network = opened.adopt(await openNetwork({ settings: configuration, clock, log }), (one) => one.close());

		// Staff
		const { pinPepper: pepper } = secrets;
		const sessions = openSessions(database, eventLog, changes.notify);
		const settings = openSiteSettings(database, eventLog);
		const staff = openStaffAccounts({ database, eventLog, pepper, newId, changed: sessions.refresh });
		const pairing = openPairing({ database, eventLog, pepper, newId });

		/** A counter that left the catalogue calls nobody, though somebody may still be at it. */
		const staffing = (now: number) =>
			sessions
				.staffed(now)
				.filter(({ counter }) => catalogue.counters.includes(counter))
				.map((one) => ({ ...one, skills: settings.skillsOf(one.counter) }));

		// Tickets
		const enforcesOpeningHours = configuration.outsideHours === "refuse";
		const tickets = openTicketService({
			...{ database, eventLog, site: catalogue.clock, newId, holdsDay, changed: changes.notify },
			rules: DEFAULT_TRANSITION_RULES,
			queueRules: DEFAULT_QUEUE_RULES,
			requireAvailable: settings.requireAvailable,
			requireOpen(now) {
				if (enforcesOpeningHours) requireOpenSite(catalogue.hours(now));
			},
			skillsOf: settings.skillsOf,
			minutesOf: (topic) => catalogue.service(topic)?.minutes ?? 0,
			openCounters: sessions.openCounters,
			staffing,
			newCode: () => toTicketCode(bytes(CODE_LENGTH)),
		});
		const { serviceDay } = tickets;
		const visits = openVisits({
			...{ database, eventLog, serviceDay, newId },
			calendarServiceDay: (at) => calendarServiceDay(at, catalogue.clock),
			placeOfAppointment: (bookedAt, now) => placeOfAppointment(bookedAt, now, DEFAULT_QUEUE_RULES),
		});
		const board = opened.adopt(
			createBroadcast(() => tickets.board(clock())),
			(one) => one.close(),
		);
		changes.subscribe(board.invalidate);
		const boardSound = createBoardSound(board.invalidate);
		const help = openHelpCalls(database, eventLog, board.invalidate);

		// Printing
		let sync: Sync | undefined;
		const printJobs = openPrintJobRepository({ database, eventLog, newId, serviceDay, changed: changes.notify });
		const printing = startTicketPrinting(opened, {
			...{ url: configuration.printer, files, printJobs, catalogue, clock, log, changed: changes.notify },
			phoneAddress: published.phoneAddress,
			isOffline: () => sync?.isCutOff() ?? false,
		});

		// The central server
		const { printTestPage } = printing;
		const commands = openCommands({
			...{ database, eventLog, clock, changed: changes.notify },
			effects: makeCommandEffects({ catalogue, settings, tickets, visits, printTestPage, restart }),
			error: (err) => log.error({ err }, "command.failed"),
		});
		commands.settle(enrolledAs, clock());
		const networkSites = openNetworkSites(database);
		const pull = openPull({
			...{ documents, commands, sites: networkSites, clock },
			heardTime: trustedClock.heardServer,
			knownSites: () => readSiteIds(database),
			isUsable: published.isUsable,
			applied(content) {
				published.publish(content);
				changes.notify();
			},
			refused: (code, details) => log.warn({ code, ...details }, "pull.refused"),
		});
		const catalogueVersion = () => documents.version(startedSync.health().station ?? enrolledAs, "catalogue");
		const reportDeps = { catalogue, catalogueVersion, tickets, printJobs, printing, sessions, settings };
		const startedSync: Sync = opened.adopt(
			startSync({
				...{ pull, log: streams, logger: log, clock },
				enrolment: () => enrolmentStore.read().enrolment,
				phoneTickets: openPhoneTickets({ list: (now, ended) => listSentTickets(tickets, catalogue, { now, ended }) }),
				isPhoneServer: (server) => isSameOrigin(published.phoneAddress(), server),
				report: () => reportStation({ version: files.version, ...reportDeps }, clock()),
			}),
			(one) => one.close(),
		);
		sync = startedSync;
		changes.subscribe(startedSync.notify);

		// What happens by itself
		opened.defer(startClosingPastDays(tickets, { clock, holdsDay, log }));
		opened.defer(
			startRetention(openRetention(database), {
				days: configuration.retentionDays,
				isEnrolled: () => enrolmentStore.read().enrolment !== undefined,
				...{ clock, holdsDay, log },
			}),
		);

		// The API
		const httpApp = createHttpApp({
			...{
				catalogue,
				tickets,
				printJobs,
				sessions,
				settings,
				staffing,
				staff,
				visits,
				help,
				board,
				boardSound,
				pairing,
				clock,
				trustedClock,
				log,
			},
			...{ enforcesOpeningHours, kioskKey: secrets.kioskKey, version: files.version, screens: files.screens },
			queueRules: DEFAULT_QUEUE_RULES,
			offeredAt: (topic) => readSitesOffering(database, topic),
			networkSites: networkSites.read,
			audit: (page) => readAudit(database, page),
			findTicket: (of) => findTicketByNumber(database, of),
			printDirections: printing.printDirections,
			printerStatus: printing.status,
			describePrinter: printing.describe,
			jobQueued: printing.notify,
			languageChosen: (language) => void printing.warm(language),
			startedAt: clock(),
			network: network.read,
			isOwnName: network.isOwnName,
			sync: startedSync.health,
			enrol: enrolFromDesk({ store: enrolmentStore, streams, site, sync: startedSync, clock, log }),
			speech: openSpeechLibrary(join(configuration.data, SPEECH_FOLDER), (language) =>
				readSources(files, catalogueFiles, language),
			),
			damagedMessages: openDamagedMessages(log),
		});
		return { httpApp, kioskKey: secrets.kioskKey, network };
	});
}

function isSameOrigin(address: string | undefined, server: string): boolean {
	return address !== undefined && new URL(address).origin === new URL(server).origin;
}
