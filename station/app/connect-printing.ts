import type { Logger } from "pino";
import type { StationDatabase } from "../../db/station/open.ts";
import type { Health, OtherPrinter } from "../../protocol/api/health.ts";
import type { PrinterStatus } from "../../protocol/model/print.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { describePrinter } from "../printing/describe-printer.ts";
import type { KioskPrinter, PrintJobRepository } from "../printing/queue/print-job-repository.ts";
import { type PrintQueue, startPrintQueue } from "../printing/queue/print-queue.ts";
import { isNewRoll, printerAdvice } from "../printing/queue/printer-advice.ts";
import type { ChecklistSlip } from "../printing/render/checklist-slip.ts";
import type { DirectionsContent } from "../printing/render/directions-slip-content.ts";
import type { Rendering } from "../printing/render/start-rendering.ts";
import { testPageContent } from "../printing/render/test-page-content.ts";
import { paperOf } from "../tickets/print-content.ts";
import type { AssetPaths } from "./asset-paths.ts";
import type { StationConfiguration } from "./configuration.ts";
import { shareKioskPrinters } from "./kiosk-printers.ts";
import { makePrinterSetup, type PrinterSetupService } from "./printer-setup.ts";
import { isSamePrinter } from "./same-printer.ts";
import { type OpenedPrinter, openTicketPrinter } from "./ticket-printers.ts";

/** The printers with their renderers and queues. */
export interface TicketPrinting {
	/** Of the station's printer, or of its stand-by while that prints. */
	status(): PrinterStatus;
	/** What the station's printer can do, for health. */
	describe(): PrinterDescription;
	/** The stand-by and the kiosks' own printers. */
	others(): OtherPrinter[];
	/** To be called when a job may be queued. */
	notify(): void;
	/** Loads what a language needs, so that its first ticket is quick. Never rejects. */
	warm(language: Parameters<Rendering["warm"]>[0]): Promise<void>;
	/** Prints a page that is not a ticket. Rejects with Refusal PRINTER_NOT_READY. */
	printTestPage(): Promise<void>;
	printDirections(slip: DirectionsContent): Promise<void>;
	setup: PrinterSetupService;
	/** The address of the station's printer. */
	url(): string;
	/** Prints on another printer from now on. Rejects as openPrinter throws, and then goes on with the one before. */
	use(url: string): Promise<void>;
	printChecklist(slip: ChecklistSlip): Promise<void>;
}

export type PrinterDescription = Pick<Health["printer"], "proof" | "abilities" | "description">;

export interface TicketPrintingDeps {
	database: StationDatabase;
	configuration: Pick<StationConfiguration, "printer" | "printerProfile" | "standbyPrinter" | "kioskPrinters">;
	files: AssetPaths;
	printJobs: PrintJobRepository;
	catalogue: Catalogue;
	/** The address for phones that goes into a ticket's QR code. */
	phoneAddress(): string | undefined;
	/** Whether a ticket should say that the station has lost its server. */
	isOffline(): boolean;
	/** Called when a printer's status has changed. */
	changed(): void;
	clock(): number;
	log: Logger;
}

/** A job that is under way may end before its printer is opened again. */
const REOPEN_TIMEOUT_MS = 10_000;

/**
 * Starts printing what `printJobs` has queued. `resources` closes all of it. Throws what openPrinter throws.
 */
export function connectPrinting(resources: AsyncDisposableStack, deps: TicketPrintingDeps): TicketPrinting {
	const { configuration, catalogue, clock } = deps;
	let opened = new AsyncDisposableStack();
	resources.defer(() => opened.disposeAsync());
	let { printer: url } = configuration;
	let main = startMain(opened, deps, url);
	const kiosks = shareKioskPrinters(configuration).map(({ kiosks: names, url: ownUrl }) => {
		const printer = openTicketPrinter(resources, ownUrl, deps);
		const queue = resources.adopt(startQueue(deps, names[0], { first: printer }), (started) => started.close());
		return { names, printer, queue };
	});
	const siteName = (language: "en" | "zh-Hans") =>
		catalogue.translate("location", catalogue.clock.id, language, "short_name");

	// Two supervisors at once: one after the other.
	let lastReopening: Promise<void> = Promise.resolve();
	const reopen = () => {
		lastReopening = lastReopening.then(openAnew, openAnew);
		return lastReopening;
	};
	const openAnew = async () => {
		await main.queue.close(REOPEN_TIMEOUT_MS);
		await opened.disposeAsync();
		opened = new AsyncDisposableStack();
		main = startMain(opened, deps, url);
		deps.changed();
	};
	const use = async (next: string) => {
		const before = url;
		url = next;
		try {
			await reopen();
		} catch (error) {
			url = before;
			await reopen();
			throw error;
		}
	};

	return {
		use,
		url: () => url,
		status: () => main.queue.status(),
		describe: () => describe(main.first),
		others: () => [
			...(main.standby ? [{ use: "standby" as const, kiosk: null, ...reportOf(main.standby) }] : []),
			...kiosks.flatMap(({ names, printer }) =>
				names.map((kiosk) => ({ use: "kiosk" as const, kiosk, ...reportOf(printer) })),
			),
		],
		notify() {
			main.queue.notify();
			for (const { queue } of kiosks) queue.notify();
		},
		async warm(language) {
			const renderings = [main.first, ...kiosks.map(({ printer }) => printer)].map(({ rendering }) => rendering);
			// A renderer that cannot load a language reports it when it has a ticket to render.
			await Promise.all(renderings.map((rendering) => rendering.warm(language).catch(() => {})));
		},
		async printTestPage() {
			const site = { name: siteName("en"), nameChinese: siteName("zh-Hans") };
			const page = testPageContent({ site, issuedAt: clock(), timezone: catalogue.clock.timezone });
			await main.queue.printUnqueued({ draw: (printer) => main.renderingFor(printer).render(page) });
		},
		async printDirections(slip) {
			await main.queue.printUnqueued({ draw: (printer) => main.renderingFor(printer).renderDirections(slip) });
		},
		setup: makePrinterSetup({
			printer: () => main.first,
			describe() {
				const { proof, abilities } = describe(main.first);
				return { proof, abilities };
			},
			reopen,
			async printSheet(content) {
				const draw = () => main.first.rendering.renderSheet(content);
				await main.queue.printUnqueued({ draw, isForFirst: true });
			},
			now: () => ({ printedAt: clock(), timezone: catalogue.clock.timezone }),
		}),
		async printChecklist(slip) {
			await main.queue.printUnqueued({ draw: (printer) => main.renderingFor(printer).renderChecklist(slip) });
		},
	};
}

/** The station's printer and its stand-by. */
function startMain(resources: AsyncDisposableStack, deps: TicketPrintingDeps, url: string) {
	const { printerProfile: profile, standbyPrinter } = deps.configuration;
	const first = openTicketPrinter(resources, url, { ...deps, profile });
	// A printer that was chosen at the screen may be the stand-by's: two connections to it would mix two tickets.
	const hasStandby = standbyPrinter !== undefined && !isSamePrinter(standbyPrinter, url);
	const standby = hasStandby ? openTicketPrinter(resources, standbyPrinter, deps) : undefined;
	const queue = resources.adopt(startQueue(deps, null, { first, standby }), (started) => started.close());
	const renderingFor = (printer: OpenedPrinter["printer"]) =>
		printer === standby?.printer ? standby.rendering : first.rendering;
	return { first, standby, queue, renderingFor };
}

function startQueue(
	{ printJobs, catalogue, phoneAddress, isOffline, changed, clock, log }: TicketPrintingDeps,
	kiosk: KioskPrinter,
	{ first, standby }: { first: OpenedPrinter; standby?: OpenedPrinter | undefined },
): PrintQueue {
	let last = first.printer.status;
	return startPrintQueue({
		jobs: {
			...printJobs,
			next: (now) => printJobs.next(now, kiosk),
			inFlight: () => printJobs.inFlight(kiosk),
			paperOf(job) {
				const { ticket, copy } = printJobs.jobOf(job);
				return paperOf(ticket, catalogue, { reprint: copy > 1, offline: isOffline(), phoneAddress: phoneAddress() });
			},
		},
		...first,
		standby,
		clock,
		log,
		onChange() {
			// The count of tickets since the last roll is that of the station's printer.
			const { status } = first.printer;
			if (kiosk === null && isNewRoll(last, status)) printJobs.rollChanged(clock());
			last = status;
			changed();
		},
	});
}

function describe({ printer }: OpenedPrinter): PrinterDescription {
	const { abilities, proof, settings } = printer;
	return {
		proof,
		abilities: abilities
			? { reports: [...abilities.reports], confirms: abilities.confirmsPaper === true && proof === "confirmed" }
			: null,
		description: describePrinter(abilities, settings),
	};
}

function reportOf(opened: OpenedPrinter) {
	const { status } = opened.printer;
	const { proof, description } = describe(opened);
	return { ...status, proof, description, advice: printerAdvice(status) };
}
