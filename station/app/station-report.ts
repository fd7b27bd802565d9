import type { CalendarHealth } from "../../protocol/api/health.ts";
import { type DiskSpace, reportDisk } from "../../protocol/model/disk.ts";
import type { StationReport } from "../../protocol/sync/sync.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { SiteHours } from "../catalogue/site-hours.ts";
import type { PrintJobRepository } from "../printing/queue/print-job-repository.ts";
import type { Sessions } from "../staff/sessions.ts";
import type { SiteSettings } from "../staff/site-settings.ts";
import type { TicketService } from "../tickets/ticket-service.ts";
import type { TicketPrinting } from "./connect-printing.ts";

/** What the station tells the server about itself with each push. The sync adds what it knows of the connection. */
export type LocalReport = Omit<StationReport, "unsent" | "serverAhead" | "refusal">;

export interface StationReportDeps {
	version: string;
	catalogue: Catalogue;
	/** The hours that the site keeps now. */
	hours(now: number): SiteHours;
	/** The version of the published catalogue; 0 where the program's own is in use. */
	catalogueVersion(): number;
	tickets: TicketService;
	printJobs: PrintJobRepository;
	printing: TicketPrinting;
	sessions: Sessions;
	settings: SiteSettings;
	readDisk(): DiskSpace | undefined;
	/** Undefined where no calendar is polled. */
	calendar(): CalendarHealth | undefined;
}

/** `now` in UTC milliseconds. */
export function reportStation(deps: StationReportDeps, now: number): LocalReport {
	const { catalogue, hours, tickets, printJobs, printing, sessions, settings } = deps;
	const { open, opensAt, closedByHand } = hours(now);
	const { people, wait } = tickets.siteQueue(now);
	const { condition, paperNearEnd, insteadOf } = printing.status();
	const disk = deps.readDisk();
	const calendar = deps.calendar();
	const catalogueVersion = deps.catalogueVersion();
	return {
		site: catalogue.clock.id,
		version: deps.version,
		catalogueVersion: catalogueVersion === 0 ? null : String(catalogueVersion),
		// IT should hear of a broken printer also while the stand-by prints.
		printer: insteadOf?.condition ?? condition,
		paperNearEnd,
		unprinted: printJobs.unprinted(now),
		disk: disk && reportDisk(disk),
		waiting: people,
		serving: tickets.atCounters(),
		openCounters: sessions.openCounters(now),
		timezone: catalogue.clock.timezone,
		...{ open, opensAt, closedUntil: closedByHand?.until ?? null },
		topics: catalogue.topicIds.filter((topic) => settings.topic(topic).open),
		wait,
		outdatedTopics: catalogue.outdatedTopics(now).length,
		calendarFails: calendar && calendar.state === "failing",
	};
}
