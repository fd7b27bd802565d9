import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { Metrics } from "../../lib/metrics.ts";
import type { CalendarPoll } from "../appointments/calendar-poll.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { readSitesOffering } from "../catalogue/catalogue-repository.ts";
import { openChecklistTexts } from "../catalogue/checklist/checklist-texts.ts";
import { findTicketByNumber, readAudit } from "../events/activity-log.ts";
import { openDamagedMessages } from "../http/damaged-messages.ts";
import { createHttpApp, type HttpApp } from "../http/http-app.ts";
import { openSearchMisses } from "../http/search-misses.ts";
import type { Network } from "../network/network.ts";
import type { DayReplays } from "../planning/day-replays.ts";
import { openSpeechLibrary, SPEECH_FOLDER } from "../speech/library.ts";
import { readSources } from "../speech/read-spoken-texts.ts";
import { readOwnFigures } from "../staff/own-figures.ts";
import type { StationStatistics } from "../statistics/statistics.ts";
import type { WebPush } from "../web-push/web-push.ts";
import type { TicketPrinting } from "./connect-printing.ts";
import type { ServerConnection } from "./connect-server.ts";
import type { StaffServices } from "./connect-staff.ts";
import type { TicketServices } from "./connect-tickets.ts";
import { describeDisk } from "./disk-watch.ts";
import type { FirstStart } from "./first-start.ts";
import type { Foundation } from "./foundation.ts";
import type { StaffGate } from "./staff-gate.ts";
import type { StationSetupService } from "./station-setup.ts";

export interface HttpServices extends StaffServices, TicketServices {
	catalogue: Catalogue;
	calendar: CalendarPoll | undefined;
	network: Network;
	printing: TicketPrinting;
	server: ServerConnection;
	setup: StationSetupService;
	firstStart: FirstStart;
	staffGate: StaffGate;
	metrics: Metrics;
	statistics: StationStatistics;
	replays: DayReplays;
	webPush: WebPush;
}

/** The API and the screens, over all rooms. */
export function connectHttp(foundation: Foundation, { network, printing, server, ...services }: HttpServices): HttpApp {
	const { database, files, log, clock, trustedClock, secrets, configuration, catalogueFiles } = foundation;
	return createHttpApp({
		...services,
		...{ clock, trustedClock, log, kioskKey: secrets.kioskKey, version: files.version, screens: files.screens },
		startedAt: clock(),
		checkDatabase: () => void database.get(sql`select 1`),
		metricsToken: configuration.metricsToken,
		disk: () => describeDisk(foundation.readDisk()),
		offeredAt: (topic) => readSitesOffering(database, topic),
		audit: (page) => readAudit(database, page),
		findTicket: (of) => findTicketByNumber(database, of),
		ownFigures: (staffId, serviceDay) => readOwnFigures(database, staffId, serviceDay),
		network: network.read,
		isOwnName: network.isOwnName,
		printDirections: printing.printDirections,
		printChecklist: printing.printChecklist,
		phonePage: server.phonePage,
		checklistTexts: openChecklistTexts(files.languages),
		printerStatus: printing.status,
		describePrinter: printing.describe,
		otherPrinters: printing.others,
		printerSetup: printing.setup,
		jobQueued: printing.notify,
		languageChosen: (language) => void printing.warm(language),
		networkSites: server.networkSites,
		sync: server.health,
		enrol: server.enrol,
		preparedServer: configuration.server ?? null,
		speech: openSpeechLibrary(join(configuration.data, SPEECH_FOLDER), (language) =>
			readSources(files, catalogueFiles, language),
		),
		damagedMessages: openDamagedMessages(log),
		searchMisses: openSearchMisses(log),
	});
}
