import type { Logger } from "pino";
import type { StationDatabase } from "../../db/station/open.ts";
import { UserError } from "../../lib/errors.ts";
import { openVirtualPrinter } from "../../printer-simulator/virtual-printer.ts";
import { type KnownPrinter, openKnownPrinter } from "../printing/known-printers.ts";
import { openPrinter, settingsOf } from "../printing/open-printer.ts";
import type { Printer } from "../printing/printer.ts";
import type { ChosenOptions } from "../printing/printer-choices.ts";
import { printerAdvice } from "../printing/queue/printer-advice.ts";
import { type Rendering, startRendering } from "../printing/render/start-rendering.ts";
import type { AssetPaths } from "./asset-paths.ts";

/** A printer of the station with what renders for it. */
export interface OpenedPrinter {
	url: string;
	printer: Printer;
	rendering: Rendering;
	known: KnownPrinter;
	chosen: ChosenOptions;
}

export interface TicketPrinterDeps {
	database: StationDatabase;
	files: AssetPaths;
	/** The model that the setting names; of the station's printer only. */
	profile?: string | undefined;
	clock(): number;
	log: Logger;
}

/** Opens a printer. `resources` closes it. Throws what openPrinter throws. */
export function openTicketPrinter(
	resources: AsyncDisposableStack,
	url: string,
	deps: TicketPrinterDeps,
): OpenedPrinter {
	const { database, files, profile, clock, log } = deps;
	const known = openKnownPrinter(database, url, clock);
	const chosen = { profile, kept: usableOptions(url, known, log) };
	const { widthDots: width, dpi, format } = settingsOf(url, chosen);
	const options = { deviceProcess: files.deviceProcess, openVirtualPrinter, chosen, memory: known };
	const printer = resources.adopt(openPrinter(url, options), (opened) => opened.close());
	resources.defer(logChanges(log, url, printer));
	const rendering = resources.adopt(
		startRendering({
			workerUrl: files.renderWorker,
			languagesDirectory: files.languages,
			width,
			dpi,
			tearOff: !format.hasCutter,
			onMissing: (missing) => log.warn({ missing }, "print.glyph.missing"),
			onError: (err) => log.error({ err }, "print.renderer.stopped"),
		}),
		(started) => started.close(),
	);
	return { url, printer, rendering, known, chosen };
}

/** What was kept for this printer, unless this version of the program cannot read it: the station must start all the same. */
function usableOptions(url: string, { options }: KnownPrinter, log: Logger): string | undefined {
	if (options === undefined) return undefined;
	try {
		settingsOf(url, { kept: options });
		return options;
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		log.warn(
			{ event: "printer.options.ignored", printer: url, options, code: error.code },
			`What was found with the set-up sheet is not used: ${error.message}`,
		);
		return undefined;
	}
}

/** One line for each change: what the printer reports, and what to do. Returns the function that stops it. */
function logChanges(log: Logger, url: string, printer: Printer): () => void {
	return printer.onStatus((status) => {
		const advice = printerAdvice(status);
		const line = { event: "printer.state.changed", printer: url, ...status, advice };
		if (advice === null) log.info(line, "The printer is ready.");
		else log.warn(line, advice);
	});
}
