import type { Board } from "../../protocol/board.ts";
import type { SiteView } from "../../protocol/command.ts";
import type { StationEnrolmentRequest } from "../../protocol/enrolment.ts";
import type { SyncHealth } from "../../protocol/health.ts";
import type { Language } from "../../protocol/language.ts";
import type { StationNetwork } from "../../protocol/network.ts";
import type { PrinterStatus } from "../../protocol/print.ts";
import type { AuditEntry } from "../../protocol/staff.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Pairing } from "../network/pairing.ts";
import type { PrintProof } from "../printing/printer.ts";
import type { SlipPaper } from "../printing/slip-paper.ts";
import type { SpeechLibrary } from "../speech/library.ts";
import type { TicketBook } from "../tickets/book.ts";
import type { LineRules } from "../tickets/next.ts";
import type { PrintLedger } from "../tickets/print-ledger.ts";
import type { SiteSettings } from "../tickets/settings.ts";
import type { Visits } from "../tickets/visits.ts";
import type { DamagedWords } from "./damaged-words.ts";
import type { Help } from "./help.ts";
import type { Live } from "./live.ts";
import type { Sessions } from "./sessions.ts";
import type { StaffBook } from "./staff.ts";

/** The rooms and facts behind the door, which the routes hand over to. */
export interface RouterParts {
	catalogue: Catalogue;
	tickets: TicketBook;
	ledger: Pick<PrintLedger, "reprint" | "rollChanged" | "ticketsSinceRoll" | "unprinted">;
	sessions: Sessions;
	settings: SiteSettings;
	visits: Visits;
	/** False where the kiosk gives tickets at any hour. */
	keepsHours: boolean;
	/** The sites that offer a topic. */
	offeredAt(topic: string): string[];
	/** What the server last told of the sites' queues. */
	networkSites(): SiteView[];
	/** Prints a slip; over when the printer said that it is out. Refuses with PRINTER_NOT_READY. */
	printSlip(slip: SlipPaper): Promise<void>;
	lineRules: LineRules;
	audit(page: { before: number; most: number; ticket?: string | undefined }): AuditEntry[];
	staff: StaffBook;
	help: Help;
	board: Live<Board>;
	printerStatus(): PrinterStatus;
	printerProof: PrintProof;
	version: string;
	/** UTC milliseconds. */
	startedAt: number;
	/** How other machines reach the station, at an instant. */
	network(now: number): StationNetwork;
	sync(): SyncHealth;
	/** Enrols the station at a central server. Refuses with ENROLMENT_FAILED. */
	enrol(asked: StationEnrolmentRequest): Promise<void>;
	speech: SpeechLibrary;
	damagedWords: DamagedWords;
	pairing: Pairing;
	/** Somebody reads in this language: a ticket in it may follow. */
	languageChosen(language: Language): void;
	/** A job was queued: the press may take it. */
	jobQueued(): void;
	kioskKey: string;
	clock(): number;
}
