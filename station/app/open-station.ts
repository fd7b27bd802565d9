import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "pino";
import { UserError } from "../../lib/errors.ts";
import { openRandom } from "../../lib/random.ts";
import { openVirtualPrinter } from "../../printer-simulator/virtual-printer.ts";
import type { SignedContent } from "../../protocol/documents/signed-document.ts";
import type { Language } from "../../protocol/model/language.ts";
import { digestOfCode, openVisits } from "../appointments/expected-visits.ts";
import { type Catalogue, openCatalogue } from "../catalogue/catalogue.ts";
import {
	readSiteIds,
	readSitesOffering,
	readStoredCatalogue,
	storeCatalogue,
} from "../catalogue/catalogue-repository.ts";
import { type CatalogueFiles, readCatalogueFiles, readPublishedCatalogue } from "../catalogue/read-catalogue-files.ts";
import { openReloadableCatalogue } from "../catalogue/reloadable-catalogue.ts";
import { readAudit } from "../events/activity-log.ts";
import { openEventLog } from "../events/event-log.ts";
import { createBroadcast } from "../http/broadcast.ts";
import { openDamagedMessages } from "../http/damaged-messages.ts";
import { createHttpApp, type HttpApp } from "../http/http-app.ts";
import { toPhoneTicket } from "../http/phone-ticket.ts";
import { type Network, openNetwork } from "../network/network.ts";
import { openPairing } from "../network/pairing.ts";
import { openPrinter, paperWidthOf } from "../printing/open-printer.ts";
import { isNewRoll } from "../printing/queue/advice.ts";
import { startPrintQueue } from "../printing/queue/print-queue.ts";
import { startRendering } from "../printing/render/rendering.ts";
import { testPageContent } from "../printing/render/test-page-content.ts";
import { Refusal } from "../refusal.ts";
import { openRetention } from "../retention/retention.ts";
import { startRetention } from "../retention/start-retention.ts";
import { openSpeechLibrary, SPEECH_FOLDER } from "../speech/library.ts";
import { readSources } from "../speech/sources.ts";
import { openHelp } from "../staff/help-calls.ts";
import { openSessions } from "../staff/sessions.ts";
import { openSiteSettings } from "../staff/site-settings.ts";
import { openStaffAccounts } from "../staff/staff-accounts.ts";
import { enrolStation } from "../sync/enrolment/enrol-station.ts";
import { openCommands } from "../sync/pull/commands.ts";
import { openDocuments } from "../sync/pull/documents.ts";
import { openNetworkSites } from "../sync/pull/network-sites.ts";
import { openPull } from "../sync/pull/pull.ts";
import { openPhones } from "../sync/push/phone-tickets.ts";
import { openStreamRepository } from "../sync/stream-repository.ts";
import { type Sync, startSync } from "../sync/sync.ts";
import { startClosingPastDays } from "../tickets/close-past-days.ts";
import { paperOf } from "../tickets/print-content.ts";
import { openPrintJobRepository } from "../tickets/print-job-repository.ts";
import { DEFAULT_QUEUE_RULES } from "../tickets/queue-order.ts";
import { DEFAULT_TRANSITION_RULES } from "../tickets/state-machine.ts";
import { CODE_LENGTH, toTicketCode } from "../tickets/ticket-code.ts";
import { openTicketService, type TicketService } from "../tickets/ticket-service.ts";
import { actForVisitor } from "../tickets/visitor-actions.ts";
import type { AssetPaths } from "./asset-paths.ts";
import type { StationConfiguration } from "./configuration.ts";
import { openStationFolder } from "./data-folder.ts";
import { readSecrets } from "./secrets.ts";

export interface Station {
	/** The one way in: every request of kiosk, desk and board. */
	httpApp: HttpApp;
	kioskKey: string;
	/** Its side towards other machines, not yet answering. */
	network: Network;
	/** Ends what is under way, cleanly, within two seconds. */
	close(): Promise<void>;
}

export interface StationDeps {
	files: AssetPaths;
	log: Logger;
	/** UTC milliseconds. */
	clock(): number;
	/** Ends the program and starts it anew, when the server asks for it; undefined where nothing can. */
	restart?: (() => void) | undefined;
}

/**
 * Puts the station's rooms together: the only place that does. Throws PlainError with one
 * sentence for what a person can mend, and then has changed nothing.
 */
export async function openStation(
	configuration: StationConfiguration,
	{ files, log, clock, restart }: StationDeps,
): Promise<Station> {
	const catalogueFiles = readCatalogueFiles(configuration.catalogue ?? files.catalogue);
	requireSite(catalogueFiles, configuration.site);
	const { database, secrets, close: closeDatabase } = openStationFolder(configuration, files.migrations);
	try {
		const putInForce = (files: CatalogueFiles): Catalogue => {
			for (const rejected of files.rejected) log.warn(rejected, "left out of the catalogue");
			storeCatalogue(database, files, clock());
			const stored = readStoredCatalogue(database, configuration.site);
			if (!stored) throw new Error(`The site ${configuration.site} was not stored with its catalogue.`);
			return openCatalogue(stored, (what) => log.warn({ what }, "words missing in the catalogue"));
		};
		const published = (content: SignedContent | undefined) =>
			content?.kind === "catalogue" ? readPublishedCatalogue(content.body, configuration.site) : undefined;

		const network = await openNetwork({ configuration, clock, log });
		const random = openRandom();
		const eventLog = openEventLog(database, {
			newId: random.id,
			streamId: randomUUID(),
			site: configuration.site,
			now: clock(),
		});
		const documents = openDocuments(database, eventLog);
		const enrolledAs = secrets.enrolment?.station ?? "";
		// What the server signed stands before the files that the program came with.
		const catalogue = openReloadableCatalogue(
			putInForce(published(documents.read(enrolledAs, "catalogue")) ?? catalogueFiles),
		);
		const configured = documents.read(enrolledAs, "configuration");
		let phoneAddress =
			(configured?.kind === "configuration" && configured.body.phoneAddress) || configuration.phoneAddress;
		const sessions = openSessions(database, eventLog);
		const settings = openSiteSettings(database, eventLog);
		const enforcesOpeningHours = configuration.outsideHours === "refuse";
		const board = createBroadcast(() => tickets.board(clock()));
		const changed = () => {
			board.touch();
			sync.notify();
		};
		const tickets: TicketService = openTicketService({
			database,
			eventLog,
			site: catalogue.clock,
			rules: DEFAULT_TRANSITION_RULES,
			queueRules: DEFAULT_QUEUE_RULES,
			requireAvailable: settings.requireAvailable,
			requireOpen(now) {
				const { open, opensAt } = catalogue.hours(now);
				if (enforcesOpeningHours && !open) throw new Refusal("SITE_CLOSED", { opensAt });
			},
			skillsOf: settings.skillsOf,
			minutesOf: (topic) => catalogue.service(topic)?.minutes ?? 0,
			openCounters: sessions.openCounters,
			newId: random.id,
			newCode: () => toTicketCode(random.bytes(CODE_LENGTH)),
			changed,
		});
		const visits = openVisits({
			database,
			eventLog,
			site: catalogue.clock,
			queueRules: DEFAULT_QUEUE_RULES,
			serviceDay: (now) => tickets.serviceDay(now),
			newId: random.id,
		});
		const printJobs = openPrintJobRepository({
			database,
			eventLog,
			newId: random.id,
			serviceDay: (now) => tickets.serviceDay(now),
			changed,
		});
		const paperWidth = paperWidthOf(configuration.printer);
		const printer = openPrinter(configuration.printer, {
			width: paperWidth,
			deviceProcess: files.deviceProcess,
			openVirtualPrinter,
		});
		const rendering = startRendering({
			workerUrl: files.renderWorker,
			languagesDirectory: files.languages,
			width: paperWidth,
			onMissing: (missing) => log.warn({ missing }, "no bundled font has these characters; the paper shows a box"),
			onError: (err) => log.error({ err }, "the drawing thread has stopped; the next ticket starts another"),
		});
		let printerBefore = printer.status;
		const printQueue = startPrintQueue({
			jobs: {
				...printJobs,
				paperOf: (job) => {
					const { ticket, copy } = printJobs.jobOf(job);
					return paperOf(ticket, catalogue, {
						reprint: copy > 1,
						offline: sync.isCutOff(),
						phoneAddress,
					});
				},
			},
			printer,
			rendering,
			clock,
			log,
			onChange: (status) => {
				if (isNewRoll(printerBefore, status)) printJobs.rollChanged(clock());
				printerBefore = status;
				changed();
			},
		});
		const commands = openCommands({
			database,
			eventLog,
			effects: {
				change(action, now) {
					if (action.kind === "set-topic") {
						if (!catalogue.service(action.topic)) throw new Refusal("TOPIC_UNKNOWN", { topic: action.topic });
						settings.setTopic(action.topic, { ...settings.topic(action.topic), open: action.open }, { now });
						return;
					}
					if (action.kind === "visitor-action") return actForVisitor(tickets, action, now);
					const { kind: _, from, ...visit } = action;
					if (!catalogue.service(action.topic)) throw new Refusal("TOPIC_UNKNOWN", { topic: action.topic });
					visits.expect([{ ...visit, kind: "referral", source: `referral ${from.site} ${from.ticket}`, from }], [], {
						now,
					});
				},
				async printTest() {
					const words = (language: Language) =>
						catalogue.translate("location", configuration.site, language, "short_name");
					const site = { name: words("en"), nameChinese: words("zh-Hans") };
					const paper = testPageContent({ site, issuedAt: clock(), timezone: catalogue.clock.timezone });
					await printQueue.printUnqueued(await rendering.render(paper));
				},
				restart,
			},
			clock,
			changed,
			error: (err) => log.error({ err }, "a command of the server could not be ended"),
		});
		commands.settle(enrolledAs, clock());
		const sites = openNetworkSites(database);
		const pull = openPull({
			documents,
			commands,
			sites,
			clock,
			knownSites: () => readSiteIds(database),
			fits: (content) => content.kind !== "catalogue" || published(content) !== undefined,
			taken(content) {
				const next = published(content);
				if (next) catalogue.replace(putInForce(next));
				if (content.kind === "configuration") phoneAddress = content.body.phoneAddress ?? configuration.phoneAddress;
				log.info({ kind: content.kind, version: content.version }, "taken from the server");
				changed();
			},
			refused: (code, details) => log.warn({ code, ...details }, "what the server sent was refused"),
		});
		const enrolledNow = () => sync.health().station ?? enrolledAs;
		const syncLog = openStreamRepository(database, random.id);
		const sync: Sync = startSync({
			pull,
			phones: openPhones({
				poll: (now, ended) =>
					tickets.followed(now, ended).map((ticket) => ({
						...ticket,
						markSent: {
							codeDigest: digestOfCode(ticket.code),
							ticket: toPhoneTicket(ticket, ticket, catalogue, ticket.language),
						},
					})),
			}),
			phonesAskAt: (server) => phoneAddress !== undefined && new URL(phoneAddress).origin === new URL(server).origin,
			folder: configuration.data,
			log: syncLog,
			logger: log,
			clock,
			report: () => {
				const now = clock();
				const { people, wait } = tickets.ahead(now);
				const { condition, paperNearEnd } = printQueue.status();
				return {
					site: configuration.site,
					version: files.version,
					catalogueVersion: documents.version(enrolledNow(), "catalogue").toString().replace(/^0$/, "") || null,
					printer: condition,
					paperNearEnd,
					unprinted: printJobs.unprinted(now),
					waiting: people,
					serving: tickets.atCounters(),
					openCounters: sessions.openCounters(now),
					open: catalogue.site("en", now).open,
					topics: catalogue.topicIds.filter((topic) => settings.topic(topic).open),
					wait,
				};
			},
		});
		const door = createHttpApp({
			catalogue,
			tickets,
			printJobs,
			sessions,
			settings,
			visits,
			enforcesOpeningHours,
			offeredAt: (topic) => readSitesOffering(database, topic),
			networkSites: sites.read,
			printDirections: async (slip) => printQueue.printUnqueued(await rendering.renderDirections(slip)),
			queueRules: DEFAULT_QUEUE_RULES,
			audit: (page) => readAudit(database, page),
			help: openHelp(database, eventLog, board.touch),
			staff: openStaffAccounts({ database, eventLog, pepper: secrets.pinPepper, newId: random.id }),
			board,
			printerStatus: printQueue.status,
			printerProof: printer.proof,
			startedAt: clock(),
			jobQueued: printQueue.notify,
			languageChosen: (language) => {
				// A drawing thread that cannot warm up says so when it is to draw.
				rendering.warm(language).catch(() => {});
			},
			kioskKey: secrets.kioskKey,
			clock,
			log,
			screens: files.screens,
			network: network.read,
			sync: sync.health,
			async enrol(asked) {
				const place = { folder: configuration.data, log: syncLog, clock };
				const { server } = await enrolStation(place, { ...asked, site: configuration.site }).catch((fault: unknown) => {
					throw fault instanceof UserError
						? new Refusal("ENROLMENT_FAILED", { reason: fault.code, message: fault.message })
						: fault;
				});
				log.info({ server }, "enrolled by a supervisor");
				sync.enrolled();
			},
			speech: openSpeechLibrary(join(configuration.data, SPEECH_FOLDER), (language) =>
				readSources(files, catalogueFiles, language),
			),
			damagedMessages: openDamagedMessages(log),
			pairing: openPairing({ database, eventLog, pepper: secrets.pinPepper, newId: random.id }),
			isOwnName: network.isOwnName,
			version: files.version,
		});
		const closeDays = startClosingPastDays(tickets, { clock, log });
		const endRetention = startRetention(openRetention(database), {
			days: configuration.retentionDays,
			isEnrolled: () => readSecrets(configuration.data)?.enrolment !== undefined,
			clock,
			log,
		});
		return {
			httpApp: door,
			kioskKey: secrets.kioskKey,
			network,
			async close() {
				await network.close();
				closeDays();
				endRetention();
				board.close();
				await printQueue.close();
				await sync.close();
				await Promise.all([printer.close(), rendering.close()]);
				closeDatabase();
			},
		};
	} catch (fault) {
		closeDatabase();
		throw fault;
	}
}

function requireSite({ locations }: CatalogueFiles, site: string): void {
	if (locations.some(({ id }) => id === site)) return;
	const known = locations.map(({ id }) => id).sort();
	throw new UserError(
		"SITE_UNKNOWN",
		`The catalogue has no site ${site}. Name one of ${known.join(", ")} with --site.`,
	);
}
