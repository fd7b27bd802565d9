import type { Answer } from "../../../api-client/answer.ts";
import type { ValueOf } from "../../../api-client/client.ts";
import type { StationClient } from "../../../api-client/station-client.ts";
import type { PrinterSetup, SheetAnswers } from "../../../protocol/api/printer-setup.ts";
import type { PrinterSearch, StationSetup } from "../../../protocol/api/setup.ts";
import type { CreatedCode, DeviceKind } from "../../../protocol/model/device.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { ListColumn } from "../../../protocol/model/list-columns.ts";
import type {
	Counter,
	CounterSetting,
	DayClosing,
	NewPin,
	StaffRole,
	TicketAtHand,
	TopicSetting,
} from "../../../protocol/model/staff.ts";
import type { CancelReason, Ticket } from "../../../protocol/model/ticket.ts";
import type { DayReplay, StaffingChangeInput } from "../../../protocol/statistics/day-replay.ts";
import type { Statistics } from "../../../protocol/statistics/statistics.ts";

/** The first question about a year may have to make each of its days. */
const STATISTICS_TIMEOUT_MS = 60_000;

type Calls = StationClient["supervision"];

export type ListReport = ValueOf<StationClient["visits"]["importFile"]>;
export type PolledCalendar = ValueOf<StationClient["visits"]["readCalendar"]>;
export type OpeningNow = ValueOf<Calls["opening"]>;

export interface ListFile {
	/** Base64. */
	file: string;
	/** In which order the list writes day and month, where that cannot be told. */
	dates?: "dmy" | "mdy" | undefined;
	/** Which of a table's columns is which, by their places from 1, and its day, where that cannot be told. */
	columns?: Partial<Record<ListColumn, string>> | undefined;
	day?: string | undefined;
	/** The topic of bookings that name none. */
	topic?: string | undefined;
}

/** A supervisor's calls to the station. */
export interface Supervisor {
	counters(): Promise<Answer<ValueOf<Calls["counters"]>>>;
	move(counter: string, to: string, ticket?: TicketAtHand): Promise<Answer<null>>;
	endSession(counter: string, ticket?: TicketAtHand): Promise<Answer<null>>;
	returnTicket(ticket: AtCounter): Promise<Answer<Ticket>>;
	finishTicket(ticket: AtCounter): Promise<Answer<Ticket>>;
	accounts(): Promise<Answer<ValueOf<StationClient["staff"]["list"]>>>;
	addAccount(name: string, role: StaffRole): Promise<Answer<NewPin>>;
	resetPin(id: string): Promise<Answer<NewPin>>;
	setRole(id: string, role: StaffRole): Promise<Answer<null>>;
	unlock(id: string): Promise<Answer<null>>;
	removeAccount(id: string): Promise<Answer<null>>;
	setCounter(counter: string, setting: CounterSetting): Promise<Answer<CounterSetting>>;
	opening(): Promise<Answer<OpeningNow>>;
	/** Null is for the rest of the day. */
	closeSite(until: number | null): Promise<Answer<OpeningNow>>;
	reopenSite(): Promise<Answer<OpeningNow>>;
	dayClosing(): Promise<Answer<DayClosing>>;
	closeDay(reason: CancelReason): Promise<Answer<DayClosing>>;
	undoCloseDay(): Promise<Answer<DayClosing>>;
	leftOpen(): Promise<Answer<ValueOf<Calls["leftOpen"]>>>;
	/** Takes the last act on a ticket back, as the turn of the day's. */
	undo(id: string, version: number): Promise<Answer<ValueOf<StationClient["tickets"]["undo"]>>>;
	topics(): Promise<Answer<ValueOf<Calls["topics"]>>>;
	setTopic(topic: string, setting: TopicSetting): Promise<Answer<TopicSetting>>;
	visits(): Promise<Answer<ValueOf<StationClient["visits"]["list"]>>>;
	/** Reads a file of appointments; `file` is base64, `dates` the order of its days where it cannot be told. */
	importFile(list: ListFile, isDryRun: boolean): Promise<Answer<ListReport>>;
	calendar(): Promise<Answer<PolledCalendar>>;
	pollCalendar(): Promise<Answer<PolledCalendar>>;
	devices(): Promise<Answer<ValueOf<StationClient["devices"]["list"]>>>;
	createCode(kind: DeviceKind, name: string): Promise<Answer<CreatedCode>>;
	removeDevice(id: string): Promise<Answer<null>>;
	/** The latest entries, or those before an entry's place. */
	printerSetup(): Promise<Answer<PrinterSetup>>;
	printSheet(profile: string | null): Promise<Answer<null>>;
	keepPrinterSetup(answers: SheetAnswers): Promise<Answer<PrinterSetup>>;
	statistics(question: StatisticsRequest): Promise<Answer<Statistics>>;
	/** A past day with other staff; nothing is changed. */
	replay(serviceDay: string, changes: readonly StaffingChangeInput[]): Promise<Answer<DayReplay>>;
	/** What the station is set up with. */
	setup(): Promise<Answer<StationSetup>>;
	sites(language: Language): Promise<Answer<ValueOf<StationClient["setup"]["sites"]>>>;
	/** Until the first ticket; the station opens again with it. */
	chooseSite(site: string): Promise<Answer<null>>;
	printers(): Promise<Answer<PrinterSearch>>;
	scanNetwork(): Promise<Answer<PrinterSearch>>;
	choosePrinter(address: string | null): Promise<Answer<null>>;
	activity(page: ActivityRequest): Promise<Answer<ValueOf<Calls["activity"]>>>;
}

/** A ticket at a counter, as the supervisor saw it. */
export type AtCounter = Pick<NonNullable<Counter["ticket"]>, "id" | "version">;

export interface ActivityRequest {
	before?: number | undefined;
	who: "staff" | "all";
	/** The history of one ticket by its number, of today's service day unless another is named. */
	number?: string | undefined;
	day?: string | undefined;
}

/** Without days: today. */
export interface StatisticsRequest {
	from?: string | undefined;
	to?: string | undefined;
	topic?: string | undefined;
}

/** Entries that are shown at once. */
export const ACTIVITY_PAGE = 50;

/** A ticket that is on its way ends before its printer is closed. */
const PRINTER_TIMEOUT_MS = 20_000;

export function openSupervisor(client: StationClient, token: string): Supervisor {
	const { supervision, visits, devices, printer, staff, tickets, statistics, setup } = client;
	return {
		counters: () => supervision.counters(undefined, { token }),
		move: (counter, to, ticket) => supervision.moveStaff({ counter, to, ticket }, { token }),
		endSession: (counter, ticket) => supervision.endSession({ counter, ticket }, { token }),
		returnTicket: ({ id, version }) => tickets.return({ id, version }, { token }),
		finishTicket: ({ id, version }) => tickets.finish({ id, version }, { token }),
		accounts: () => staff.list(undefined, { token }),
		addAccount: (name, role) => staff.add({ name, role }, { token }),
		resetPin: (id) => staff.resetPin({ id }, { token }),
		setRole: (id, role) => staff.setRole({ id, role }, { token }),
		unlock: (id) => staff.unlock({ id }, { token }),
		removeAccount: (id) => staff.remove({ id }, { token }),
		setCounter: (counter, setting) => supervision.setCounter({ counter, ...setting }, { token }),
		opening: () => supervision.opening(undefined, { token }),
		closeSite: (until) => supervision.closeSite({ until }, { token }),
		reopenSite: () => supervision.reopenSite(undefined, { token }),
		dayClosing: () => supervision.dayClosing(undefined, { token }),
		closeDay: (reason) => supervision.closeDay({ reason }, { token }),
		undoCloseDay: () => supervision.undoCloseDay(undefined, { token }),
		leftOpen: () => supervision.leftOpen(undefined, { token }),
		undo: (id, version) => tickets.undo({ id, version }, { token }),
		topics: () => supervision.topics(undefined, { token }),
		setTopic: (topic, setting) => supervision.setTopic({ topic, ...setting }, { token }),
		visits: () => visits.list(undefined, { token }),
		importFile: ({ file, dates, columns, day, topic }, isDryRun) =>
			visits.importFile({ file, isDryRun, dates, columns, day, topic }, { token }),
		calendar: () => visits.readCalendar(undefined, { token }),
		pollCalendar: () => visits.pollCalendar(undefined, { token }),
		devices: () => devices.list(undefined, { token }),
		createCode: (kind, name) => devices.createCode({ kind, name }, { token }),
		removeDevice: (id) => devices.remove({ id }, { token }),
		statistics: (question) => statistics.read(question, { token, timeoutMs: STATISTICS_TIMEOUT_MS }),
		replay: (serviceDay, changes) =>
			statistics.replay({ serviceDay, changes: [...changes] }, { token, timeoutMs: STATISTICS_TIMEOUT_MS }),
		printerSetup: () => printer.readSetup(undefined, { token }),
		printSheet: (profile) => printer.printSheet({ profile }, { token }),
		keepPrinterSetup: (answers) => printer.keepSetup(answers, { token }),
		setup: () => setup.read(undefined, { token }),
		sites: (language) => setup.sites({ language }, { token }),
		chooseSite: (site) => setup.chooseSite({ site }, { token }),
		printers: () => setup.printers(undefined, { token }),
		scanNetwork: () => setup.scanNetwork(undefined, { token }),
		choosePrinter: (address) => setup.choosePrinter({ address }, { token, timeoutMs: PRINTER_TIMEOUT_MS }),
		activity: (page) => supervision.activity({ ...page, limit: ACTIVITY_PAGE }, { token }),
	};
}
