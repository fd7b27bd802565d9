import { UserError } from "../../lib/errors.ts";
import type { PrinterDialect } from "./address-options.ts";
import type { PaperWidth } from "./bitmap.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { epson } from "./dialects/epson/epson.ts";
import { star } from "./dialects/star/star.ts";
import { starRaster } from "./dialects/star/star-raster.ts";
import { DirectPrinter } from "./direct/direct-printer.ts";
import type { PrinterTimes } from "./direct/printer-times.ts";
import { noPrinter } from "./no-printer.ts";
import type { Printer } from "./printer.ts";
import { type ChosenOptions, choicesFor, settingsFor } from "./printer-choices.ts";
import { NO_MEMORY, type PrinterMemory } from "./printer-memory.ts";
import type { PrinterSettings } from "./printer-settings.ts";
import { type PrinterAddress, parsePrinterUrl } from "./printer-url.ts";
import { cupsQueue } from "./spooler/cups.ts";
import type { Spooler } from "./spooler/spooler.ts";
import { SpoolerPrinter } from "./spooler/spooler-printer.ts";
import { windowsQueue } from "./spooler/windows.ts";
import { nodeDeviceProgram, type StartDeviceProgram } from "./transport/device-program.ts";
import { deviceTransport } from "./transport/device-transport.ts";
import { serialTransport } from "./transport/serial-transport.ts";
import { tcpTransport } from "./transport/tcp-transport.ts";
import type { Transport } from "./transport/transport.ts";

const DIALECTS: Readonly<Record<PrinterDialect, Dialect>> = { epson, star, "star-raster": starRaster };

/** What tickets for the printer at `url` are rendered for. Throws as openPrinter does. */
export function settingsOf(url: string, chosen: ChosenOptions = {}): PrinterSettings {
	return settingsFor(choicesFor(parsePrinterUrl(url), chosen));
}

/** A virtual printer that saves its paper in a folder. */
export interface VirtualPrinterPlace {
	directory: string;
	dialect: PrinterDialect;
	width: PaperWidth;
	/** False: a person tears its paper off. */
	hasCutter: boolean;
}

export interface PrinterOptions {
	times?: Partial<PrinterTimes>;
	/** What is said of the printer besides its address. */
	chosen?: ChosenOptions;
	/** What an earlier run of the program learned of this printer, and what keeps it for the next one. */
	memory?: PrinterMemory;
	/**
	 * Where `device-process` is, for devices and serial lines: a .ts file in the sources, a .js file in
	 * the build. Or the function that starts it, where that cannot be Node itself (see device-program.ts).
	 */
	deviceProcess?: URL | StartDeviceProgram;
	/** The system that the program runs on, unless it is this one. */
	platform?: NodeJS.Platform;
	/** Opens `virtual:DIR`. Only programs that come with a simulator pass it. */
	openVirtualPrinter?(place: VirtualPrinterPlace): Transport;
}

/**
 * Opens the printer that `url` names (see printer-url.ts). Never waits for the printer, and never
 * fails because it is away: it connects in the background. Throws UserError PRINTER_URL for an
 * address that is not one, PRINTER_FOLDER for a folder that cannot be written, PRINTER_NOT_HERE for
 * a device or a virtual printer that this program cannot open.
 */
export function openPrinter(url: string, options: PrinterOptions = {}): Printer {
	const address = parsePrinterUrl(url);
	const { times, chosen = {}, memory = NO_MEMORY } = options;
	const choices = choicesFor(address, chosen);
	const settings = settingsFor(choices);
	if (address.kind === "none") return noPrinter(settings);
	const dialect = DIALECTS[choices.dialect];
	if (address.kind === "spooler" || address.kind === "windows") {
		return new SpoolerPrinter(spoolerOf(address, options), dialect, settings, { times, memory });
	}
	const { widthDots: width, format } = settings;
	const transport = transportTo(address, { dialect: choices.dialect, width, hasCutter: format.hasCutter }, options);
	return new DirectPrinter(transport, dialect, settings, { times, memory });
}

function spoolerOf(
	address: Extract<PrinterAddress, { kind: "spooler" | "windows" }>,
	{ platform = process.platform }: PrinterOptions,
): Spooler {
	if (address.kind === "spooler") return cupsQueue(address.queue);
	if (platform === "win32") return windowsQueue(address.queue);
	throw new UserError(
		"PRINTER_NOT_HERE",
		"win: is for printers of Windows, and this is another system. Use lp:QUEUE for a CUPS queue, device:PATH or tcp://HOST:PORT.",
	);
}

function transportTo(
	address: Exclude<PrinterAddress, { kind: "none" | "spooler" | "windows" }>,
	printer: Omit<VirtualPrinterPlace, "directory">,
	{ deviceProcess, openVirtualPrinter }: PrinterOptions,
): Transport {
	switch (address.kind) {
		case "tcp":
			return tcpTransport(address.host, address.port);
		case "device":
			return deviceTransport(address.path, startDeviceProgram(deviceProcess));
		case "serial":
			return serialTransport(address.path, address.baud, startDeviceProgram(deviceProcess));
		case "virtual":
			if (!openVirtualPrinter) {
				throw new UserError("PRINTER_NOT_HERE", "This program has no virtual printer: name a real one with --printer.");
			}
			return openVirtualPrinter({ directory: address.directory, ...printer });
		default:
			return address satisfies never;
	}
}

function startDeviceProgram(deviceProcess: PrinterOptions["deviceProcess"]): StartDeviceProgram {
	if (typeof deviceProcess === "function") return deviceProcess;
	if (deviceProcess && !process.versions.electron) return nodeDeviceProgram(deviceProcess);
	throw new UserError(
		"PRINTER_NOT_HERE",
		"Printers at a device or a serial line do not work from the kiosk's window yet: run the station with the paihao command, " +
			"or use tcp://HOST:PORT or lp:QUEUE.",
	);
}
