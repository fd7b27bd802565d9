import type { Logger } from "pino";
import { openVirtualPrinter } from "../../printer-simulator/virtual-printer.ts";
import type { Health } from "../../protocol/api/health.ts";
import type { PrinterStatus } from "../../protocol/model/print.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { describePrinter } from "../printing/describe-printer.ts";
import { openPrinter, settingsOf } from "../printing/open-printer.ts";
import type { PrintJobRepository } from "../printing/queue/print-job-repository.ts";
import { type PrintQueue, startPrintQueue } from "../printing/queue/print-queue.ts";
import { isNewRoll, printerAdvice } from "../printing/queue/printer-advice.ts";
import type { DirectionsContent } from "../printing/render/directions-slip-content.ts";
import { type Rendering, startRendering } from "../printing/render/start-rendering.ts";
import { testPageContent } from "../printing/render/test-page-content.ts";
import { paperOf } from "../tickets/print-content.ts";
import type { AssetPaths } from "./asset-paths.ts";

/** The printer with its renderer and its queue. */
export interface TicketPrinting {
	status(): PrinterStatus;
	/** What the printer can do, for health. */
	describe(): PrinterDescription;
	/** To be called when a job may be queued. */
	notify: PrintQueue["notify"];
	/** Loads what a language needs, so that its first ticket is quick. Never rejects. */
	warm: Rendering["warm"];
	/** Prints a page that is not a ticket. Rejects with Refusal PRINTER_NOT_READY. */
	printTestPage(): Promise<void>;
	printDirections(slip: DirectionsContent): Promise<void>;
}

export type PrinterDescription = Pick<Health["printer"], "proof" | "abilities" | "description">;

export interface TicketPrintingDeps {
	/** The printer's address. */
	url: string;
	files: AssetPaths;
	printJobs: PrintJobRepository;
	catalogue: Catalogue;
	/** The address for phones that goes into a ticket's QR code. */
	phoneAddress(): string | undefined;
	/** Whether a ticket should say that the station has lost its server. */
	isOffline(): boolean;
	/** Called when the printer's status has changed. */
	changed(): void;
	clock(): number;
	log: Logger;
}

/**
 * Starts printing what `printJobs` has queued. `opened` closes all of it. Throws what openPrinter throws.
 */
export function wirePrinting(opened: AsyncDisposableStack, deps: TicketPrintingDeps): TicketPrinting {
	const { url, files, printJobs, catalogue, clock, log } = deps;
	const { widthDots: width, format } = settingsOf(url);
	const printer = opened.adopt(openPrinter(url, { deviceProcess: files.deviceProcess, openVirtualPrinter }), (one) =>
		one.close(),
	);
	const rendering = opened.adopt(
		startRendering({
			workerUrl: files.renderWorker,
			languagesDirectory: files.languages,
			width,
			tearOff: !format.hasCutter,
			onMissing: (missing) => log.warn({ missing }, "print.glyph.missing"),
			onError: (err) => log.error({ err }, "print.renderer.stopped"),
		}),
		(one) => one.close(),
	);
	let lastStatus = printer.status;
	const queue = opened.adopt(
		startPrintQueue({
			jobs: {
				...printJobs,
				paperOf(job) {
					const { ticket, copy } = printJobs.jobOf(job);
					const phoneAddress = deps.phoneAddress();
					return paperOf(ticket, catalogue, { reprint: copy > 1, offline: deps.isOffline(), phoneAddress });
				},
			},
			printer,
			rendering,
			clock,
			log,
			onChange(status) {
				logChange(log, url, status);
				if (isNewRoll(lastStatus, status)) printJobs.rollChanged(clock());
				lastStatus = status;
				deps.changed();
			},
		}),
		(one) => one.close(),
	);
	const siteName = (language: "en" | "zh-Hans") =>
		catalogue.translate("location", catalogue.clock.id, language, "short_name");

	return {
		status: queue.status,
		describe() {
			const { abilities, proof, settings } = printer;
			return {
				proof,
				abilities: abilities
					? { reports: [...abilities.reports], confirms: abilities.confirmsPaper === true && proof === "confirmed" }
					: null,
				description: describePrinter(abilities, settings),
			};
		},
		notify: queue.notify,
		// A renderer that cannot load a language reports it when it has a ticket to render.
		warm: (language) => rendering.warm(language).catch(() => {}),
		async printTestPage() {
			const site = { name: siteName("en"), nameChinese: siteName("zh-Hans") };
			const page = testPageContent({ site, issuedAt: clock(), timezone: catalogue.clock.timezone });
			await queue.printUnqueued(await rendering.render(page));
		},
		async printDirections(slip) {
			await queue.printUnqueued(await rendering.renderDirections(slip));
		},
	};
}

/** One line for each change: what the printer reports, and what to do. */
function logChange(log: Logger, printer: string, status: PrinterStatus): void {
	const advice = printerAdvice(status);
	const line = { event: "printer.state.changed", printer, ...status, advice };
	if (advice === null) log.info(line, "The printer is ready.");
	else log.warn(line, advice);
}
