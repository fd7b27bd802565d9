import type { Board } from "../../protocol/api/board.ts";
import type { DiskHealth, Health, SyncHealth } from "../../protocol/api/health.ts";
import type { PrinterSetup, SheetAnswers } from "../../protocol/api/printer-setup.ts";
import type { PrinterSearch, SiteChoice, StationSetup } from "../../protocol/api/setup.ts";
import type { KioskAction } from "../../protocol/api/staff-gate-contract.ts";
import type { StationEnrolmentRequest } from "../../protocol/api/station-enrolment.ts";
import type { SiteId, StaffId, TicketId, TopicId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { StationNetwork } from "../../protocol/model/network.ts";
import type { PrinterStatus } from "../../protocol/model/print.ts";
import type { AuditEntry, OwnFigures } from "../../protocol/model/staff.ts";
import type { SiteView } from "../../protocol/sync/command.ts";
import type { CalendarPoll } from "../appointments/calendar-poll.ts";
import type { Visits } from "../appointments/expected-visits.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ChecklistText } from "../catalogue/checklist/checklist-texts.ts";
import type { SiteHours } from "../catalogue/site-hours.ts";
import type { TrustedClock } from "../clock/trusted-clock.ts";
import type { ActivityPage } from "../events/activity-log.ts";
import type { Pairing } from "../network/pairing.ts";
import type { DayReplays } from "../planning/day-replays.ts";
import type { PrintJobRepository } from "../printing/queue/print-job-repository.ts";
import type { ChecklistSlip } from "../printing/render/checklist-slip.ts";
import type { DirectionsContent } from "../printing/render/directions-slip-content.ts";
import type { SpeechLibrary } from "../speech/library.ts";
import type { HelpCalls } from "../staff/help-calls.ts";
import type { Sessions } from "../staff/sessions.ts";
import type { SiteClosure } from "../staff/site-closure.ts";
import type { SiteSettings } from "../staff/site-settings.ts";
import type { StaffAccounts } from "../staff/staff-accounts.ts";
import type { StationStatistics } from "../statistics/statistics.ts";
import type { QueueRules } from "../tickets/queue-order.ts";
import type { StaffedCounter } from "../tickets/reachability.ts";
import type { TicketService } from "../tickets/ticket-service.ts";
import type { WebPush } from "../web-push/web-push.ts";
import type { BoardSound } from "./board-sound.ts";
import type { Broadcast } from "./broadcast.ts";
import type { DamagedMessages } from "./damaged-messages.ts";
import type { SearchMisses } from "./search-misses.ts";

/** The rooms that the routes call, and what they need to know. */
export interface RouterDeps {
	catalogue: Catalogue;
	tickets: TicketService;
	printJobs: Pick<PrintJobRepository, "reprint" | "rollChanged" | "ticketsSinceRoll" | "unprinted">;
	sessions: Sessions;
	settings: SiteSettings;
	/** The counters of the site that are staffed. */
	staffing(now: number): readonly StaffedCounter[];
	visits: Visits;
	/** Undefined where no calendar is polled. */
	calendar: CalendarPoll | undefined;
	/** The hours that the site keeps now. */
	hours(now: number): SiteHours;
	closure: SiteClosure;
	/** The sites that offer a topic. */
	offeredAt(topic: TopicId): string[];
	/** What the server last told of the sites' queues. */
	networkSites(): SiteView[];
	/** Prints a slip; over when the printer said that it is out. Refuses with PRINTER_NOT_READY. */
	printDirections(slip: DirectionsContent): Promise<void>;
	/** The same for a list of what to bring. */
	printChecklist(slip: ChecklistSlip): Promise<void>;
	/** The page of a ticket's code; undefined where phones cannot open it now. */
	phonePage(code: string): string | undefined;
	checklistTexts(language: Language): ChecklistText;
	queueRules: QueueRules;
	audit(page: ActivityPage): AuditEntry[];
	/** What a member of staff did on a service day. */
	ownFigures(staffId: StaffId, serviceDay: string): OwnFigures;
	statistics: Pick<StationStatistics, "summarize">;
	replays: DayReplays;
	/** The ticket of a number on a service day. */
	findTicket(of: { number: string; serviceDay: string }): TicketId | undefined;
	staff: StaffAccounts;
	help: HelpCalls;
	board: Broadcast<Board>;
	boardSound: BoardSound;
	printerStatus(): PrinterStatus;
	/** What the printer can do. */
	describePrinter(): Pick<Health["printer"], "proof" | "abilities" | "description">;
	/** The stand-by and the kiosks' own printers. */
	otherPrinters(): Health["otherPrinters"];
	/** What a supervisor does with the set-up sheet. */
	printerSetup: {
		read(): PrinterSetup;
		printSheet(profile: string | null): Promise<void>;
		keep(answers: SheetAnswers): Promise<void>;
	};
	/** What a person chooses at the screen. */
	setup: {
		read(): Omit<StationSetup, "isFirstStart" | "withoutPin">;
		sites(language: Language): SiteChoice[];
		chooseSite(site: SiteId): void;
		printers(): Promise<PrinterSearch>;
		scanNetwork(): void;
		choosePrinter(address: string | null): Promise<void>;
	};
	/** Whether the station's own kiosk may set it up, and what ends that. */
	firstStart: {
		isOpen(): boolean;
		withoutPin(): StationSetup["withoutPin"];
		addSupervisor(asked: { name: string; pin: string }): Promise<{ name: string }>;
	};
	/** What supervisors do at the glass of the station's own kiosk. */
	staffGate: { act(asked: { pin: string; action: KioskAction }): Promise<void>; takeLeave(): boolean };
	version: string;
	/** The disk of the data folder. */
	disk(): DiskHealth | null;
	/** UTC milliseconds. */
	startedAt: number;
	/** How other machines reach the station, at an instant. */
	network(now: number): StationNetwork;
	sync(): SyncHealth;
	/** Enrols the station at a central server. Refuses with ENROLMENT_FAILED. */
	enrol(asked: StationEnrolmentRequest): Promise<void>;
	/** The server's address that the settings name; null: none. */
	preparedServer: string | null;
	speech: SpeechLibrary;
	damagedMessages: DamagedMessages;
	searchMisses: SearchMisses;
	pairing: Pairing;
	/** Somebody reads in this language: a ticket in it may follow. */
	languageChosen(language: Language): void;
	/** A job was queued: the print queue may send it. */
	jobQueued(): void;
	webPush: WebPush;
	kioskKey: string;
	clock(): number;
	/** Whether the machine's clock is believed, and what an administrator does about it. */
	trustedClock: Pick<TrustedClock, "doubt" | "confirm">;
}
