import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "pino";
import { PlainError } from "../../lib/errors.ts";
import { openRandom } from "../../lib/random.ts";
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
import { openChangingCatalogue } from "../catalogue/reloadable-catalogue.ts";
import { readAudit } from "../events/activity-log.ts";
import { openStream } from "../events/event-log.ts";
import { makeLive } from "../http/broadcast.ts";
import { openDamagedWords } from "../http/damaged-messages.ts";
import { type Door, makeDoor } from "../http/http-app.ts";
import { toPhoneTicket } from "../http/phone-ticket.ts";
import { type Network, openNetwork } from "../network/network.ts";
import { openPairing } from "../network/pairing.ts";
import { openPrinter, paperWidthOf } from "../printing/open-printer.ts";
import { isNewRoll } from "../printing/queue/advice.ts";
import { startPress } from "../printing/queue/print-queue.ts";
import { startDrawing } from "../printing/render/rendering.ts";
import { testPaper } from "../printing/render/test-page-content.ts";
import { Refusal } from "../refusal.ts";
import { openRetention } from "../retention/retention.ts";
import { startRetention } from "../retention/start-retention.ts";
import { openSpeechLibrary, SPEECH_FOLDER } from "../speech/library.ts";
import { readSources } from "../speech/sources.ts";
import { openHelp } from "../staff/help-calls.ts";
import { openSessions } from "../staff/sessions.ts";
import { openSiteSettings } from "../staff/site-settings.ts";
import { openStaffBook } from "../staff/staff-accounts.ts";
import { enrolStation } from "../sync/enrolment/enrol-station.ts";
import { openCommands } from "../sync/pull/commands.ts";
import { openDocuments } from "../sync/pull/documents.ts";
import { openNetworkSites } from "../sync/pull/network-sites.ts";
import { openTaking } from "../sync/pull/pull.ts";
import { openPhones } from "../sync/push/phone-tickets.ts";
import { openSyncLog } from "../sync/stream-repository.ts";
import { type Sync, startSync } from "../sync/sync.ts";
import { startClosingDays } from "../tickets/close-past-days.ts";
import { paperOf } from "../tickets/print-content.ts";
import { openPrintLedger } from "../tickets/print-job-repository.ts";
import { DEFAULT_LINE_RULES } from "../tickets/queue-order.ts";
import { DEFAULT_LIFE_RULES } from "../tickets/state-machine.ts";
import { CODE_LENGTH, toTicketCode } from "../tickets/ticket-code.ts";
import { openTicketBook, type TicketBook } from "../tickets/ticket-service.ts";
import { actForVisitor } from "../tickets/visitor-actions.ts";
import type { ProductFiles } from "./asset-paths.ts";
import type { StationConfiguration } from "./configuration.ts";
import { openStationFolder } from "./data-folder.ts";
import { readSecrets } from "./secrets.ts";

export interface Station {
	/** The one way in: every request of kiosk, desk and board. */
	door: Door;
	kioskKey: string;
	/** Its side towards other machines, not yet answering. */
	network: Network;
	/** Ends what is under way, cleanly, within two seconds. */
	close(): Promise<void>;
}

export interface StationParts {
	files: ProductFiles;
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
	{ files, log, clock, restart }: StationParts,
): Promise<Station> {
	const catalogueFiles = readCatalogueFiles(configuration.catalogue ?? files.catalogue);
	requireSite(catalogueFiles, configuration.site);
	const { database, secrets, close: closeDatabase } = openStationFolder(configuration, files.migrations);
	try {
		const putInForce = (files: CatalogueFiles): Catalogue => {
			for (const leftOut of files.leftOut) log.warn(leftOut, "left out of the catalogue");
			storeCatalogue(database, files, clock());
			const stored = readStoredCatalogue(database, configuration.site);
			if (!stored) throw new Error(`The site ${configuration.site} was not stored with its catalogue.`);
			return openCatalogue(stored, (what) => log.warn({ what }, "words missing in the catalogue"));
		};
		const published = (content: SignedContent | undefined) =>
			content?.kind === "catalogue" ? readPublishedCatalogue(content.body, configuration.site) : undefined;

		const network = await openNetwork({ configuration, clock, log });
		const random = openRandom();
		const stream = openStream(database, {
			newId: random.id,
			streamId: randomUUID(),
			site: configuration.site,
			now: clock(),
		});
		const documents = openDocuments(database, stream);
		const enrolledAs = secrets.enrolment?.station ?? "";
		// What the server signed stands before the files that the program came with.
		const catalogue = openChangingCatalogue(
			putInForce(published(documents.read(enrolledAs, "catalogue")) ?? catalogueFiles),
		);
		const configured = documents.read(enrolledAs, "configuration");
		let phoneAddress =
			(configured?.kind === "configuration" && configured.body.phoneAddress) || configuration.phoneAddress;
		const sessions = openSessions(database, stream);
		const settings = openSiteSettings(database, stream);
		const keepsHours = configuration.outsideHours === "refuse";
		const board = makeLive(() => tickets.board(clock()));
		const changed = () => {
			board.touch();
			sync.wake();
		};
		const tickets: TicketBook = openTicketBook({
			database,
			stream,
			site: catalogue.clock,
			rules: DEFAULT_LIFE_RULES,
			lineRules: DEFAULT_LINE_RULES,
			requireTaken: settings.requireTaken,
			requireOpen(now) {
				const { open, opensAt } = catalogue.hours(now);
				if (keepsHours && !open) throw new Refusal("SITE_CLOSED", { opensAt });
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
			stream,
			site: catalogue.clock,
			lineRules: DEFAULT_LINE_RULES,
			serviceDay: (now) => tickets.serviceDay(now),
			newId: random.id,
		});
		const ledger = openPrintLedger({
			database,
			stream,
			newId: random.id,
			serviceDay: (now) => tickets.serviceDay(now),
			changed,
		});
		const paperWidth = paperWidthOf(configuration.printer);
		const printer = openPrinter(configuration.printer, { width: paperWidth, deviceProcess: files.deviceProcess });
		const drawing = startDrawing({
			workerUrl: files.drawingWorker,
			languagesDirectory: files.languages,
			width: paperWidth,
			onMissing: (missing) => log.warn({ missing }, "no bundled font has these characters; the paper shows a box"),
			onFault: (err) => log.error({ err }, "the drawing thread has stopped; the next ticket starts another"),
		});
		let printerBefore = printer.status;
		const press = startPress({
			book: {
				...ledger,
				paperOf: (job) => {
					const { ticket, copy } = ledger.jobOf(job);
					return paperOf(ticket, catalogue, {
						reprint: copy > 1,
						offline: sync.isCutOff(),
						phoneAddress,
					});
				},
			},
			printer,
			drawing,
			clock,
			log,
			onChange: (status) => {
				if (isNewRoll(printerBefore, status)) ledger.rollChanged(clock());
				printerBefore = status;
				changed();
			},
		});
		const commands = openCommands({
			database,
			stream,
			effects: {
				change(act, now) {
					if (act.kind === "set-topic") {
						if (!catalogue.service(act.topic)) throw new Refusal("TOPIC_UNKNOWN", { topic: act.topic });
						settings.setTopic(act.topic, { ...settings.topic(act.topic), open: act.open }, { now });
						return;
					}
					if (act.kind === "visitor-act") return actForVisitor(tickets, act, now);
					const { kind: _, from, ...visit } = act;
					if (!catalogue.service(act.topic)) throw new Refusal("TOPIC_UNKNOWN", { topic: act.topic });
					visits.expect([{ ...visit, kind: "referral", source: `referral ${from.site} ${from.ticket}`, from }], [], {
						now,
					});
				},
				async printTest() {
					const words = (language: Language) => catalogue.words("location", configuration.site, language, "short_name");
					const site = { name: words("en"), nameChinese: words("zh-Hans") };
					const paper = testPaper({ site, issuedAt: clock(), timezone: catalogue.clock.timezone });
					await press.printLoose(await drawing.draw(paper));
				},
				restart,
			},
			clock,
			changed,
			fault: (err) => log.error({ err }, "a command of the server could not be ended"),
		});
		commands.settle(enrolledAs, clock());
		const sites = openNetworkSites(database);
		const taking = openTaking({
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
		const syncLog = openSyncLog(database, random.id);
		const sync: Sync = startSync({
			taking,
			phones: openPhones({
				look: (now, ended) =>
					tickets.followed(now, ended).map((ticket) => ({
						...ticket,
						told: {
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
				const { condition, paperNearEnd } = press.status();
				return {
					site: configuration.site,
					version: files.version,
					catalogueVersion: documents.version(enrolledNow(), "catalogue").toString().replace(/^0$/, "") || null,
					printer: condition,
					paperNearEnd,
					unprinted: ledger.unprinted(now),
					waiting: people,
					serving: tickets.atCounters(),
					openCounters: sessions.openCounters(now),
					open: catalogue.site("en", now).open,
					topics: catalogue.topicIds.filter((topic) => settings.topic(topic).open),
					wait,
				};
			},
		});
		const door = makeDoor({
			catalogue,
			tickets,
			ledger,
			sessions,
			settings,
			visits,
			keepsHours,
			offeredAt: (topic) => readSitesOffering(database, topic),
			networkSites: sites.read,
			printSlip: async (slip) => press.printLoose(await drawing.drawSlip(slip)),
			lineRules: DEFAULT_LINE_RULES,
			audit: (page) => readAudit(database, page),
			help: openHelp(database, stream, board.touch),
			staff: openStaffBook({ database, stream, pepper: secrets.pinPepper, newId: random.id }),
			board,
			printerStatus: press.status,
			printerProof: printer.proof,
			startedAt: clock(),
			jobQueued: press.wake,
			languageChosen: (language) => {
				// A drawing thread that cannot warm up says so when it is to draw.
				drawing.warm(language).catch(() => {});
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
					throw fault instanceof PlainError
						? new Refusal("ENROLMENT_FAILED", { reason: fault.code, message: fault.message })
						: fault;
				});
				log.info({ server }, "enrolled by a supervisor");
				sync.enrolled();
			},
			speech: openSpeechLibrary(join(configuration.data, SPEECH_FOLDER), (language) =>
				readSources(files, catalogueFiles, language),
			),
			damagedWords: openDamagedWords(log),
			pairing: openPairing({ database, stream, pepper: secrets.pinPepper, newId: random.id }),
			isOwnName: network.isOwnName,
			version: files.version,
		});
		const closeDays = startClosingDays(tickets, { clock, log });
		const endRetention = startRetention(openRetention(database), {
			days: configuration.retentionDays,
			isEnrolled: () => readSecrets(configuration.data)?.enrolment !== undefined,
			clock,
			log,
		});
		return {
			door,
			kioskKey: secrets.kioskKey,
			network,
			async close() {
				await network.close();
				closeDays();
				endRetention();
				board.close();
				await press.close();
				await sync.close();
				await Promise.all([printer.close(), drawing.close()]);
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
	throw new PlainError(
		"SITE_UNKNOWN",
		`The catalogue has no site ${site}. Name one of ${known.join(", ")} with --site.`,
	);
}
