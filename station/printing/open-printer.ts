import { UserError } from "../../lib/errors.ts";
import type { PaperWidth } from "./bitmap.ts";
import { CupsPrinter } from "./cups/cups-printer.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { epson } from "./dialects/epson/epson.ts";
import { star } from "./dialects/star/star.ts";
import { DirectPrinter } from "./direct/direct-printer.ts";
import type { PrinterTimes } from "./direct/printer-times.ts";
import type { Printer } from "./printer.ts";
import { findProfile } from "./printer-profiles.ts";
import { type PrinterSettings, printerSettings, rowsWithin, TEAR_BAR_DOTS } from "./printer-settings.ts";
import { type PrinterAddress, type PrinterDialect, parsePrinterUrl } from "./printer-url.ts";
import { nodeDeviceProgram, type StartDeviceProgram } from "./transport/device-program.ts";
import { deviceTransport } from "./transport/device-transport.ts";
import { serialTransport } from "./transport/serial-transport.ts";
import { tcpTransport } from "./transport/tcp-transport.ts";
import type { Transport } from "./transport/transport.ts";

const DIALECTS: Readonly<Record<PrinterDialect, Dialect>> = { epson, star };

const DOTS_PER_MM = 8;

/** What tickets for the printer at `url` are rendered for. Throws as openPrinter does. */
export function settingsOf(url: string): PrinterSettings {
	return settingsIn(parsePrinterUrl(url));
}

function settingsIn(address: PrinterAddress): PrinterSettings {
	const profile = address.profile === undefined ? undefined : findProfile(address.profile);
	const { width: widthDots = profile?.widthDots ?? 576, band, cut, feedMm } = address;
	const hasCutter = cut !== "none" && profile?.hasCutter !== false;
	const bandRows = band && ("rows" in band ? band.rows : rowsWithin(band.bytes, widthDots));
	return printerSettings({
		widthDots,
		asksStatus: address.status !== "none",
		proof: address.proof ?? "strongest",
		ignoresNearEnd: address.nearEnd === "ignore",
		format: {
			hasCutter,
			feedDots: feedMm === undefined ? (hasCutter ? 0 : TEAR_BAR_DOTS) : feedMm * DOTS_PER_MM,
			...(bandRows !== undefined && { bandRows }),
		},
	});
}

/** A virtual printer that saves its paper in a folder. */
export interface VirtualPrinterPlace {
	directory: string;
	dialect: PrinterDialect;
	width: PaperWidth;
}

export interface PrinterOptions {
	times?: Partial<PrinterTimes>;
	/**
	 * Where `device-process` is, for devices and serial lines: a .ts file in the sources, a .js file in
	 * the build. Or the function that starts it, where that cannot be Node itself (see device-program.ts).
	 */
	deviceProcess?: URL | StartDeviceProgram;
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
	const { times } = options;
	const settings = settingsIn(address);
	const dialect = dialectOf(address);
	if (address.kind === "spooler") return new CupsPrinter(address.queue, DIALECTS[dialect], settings, times);
	const transport = transportTo(address, { dialect, width: settings.widthDots }, options);
	return new DirectPrinter(transport, DIALECTS[dialect], settings, times);
}

/** What the address says overrides its profile. */
function dialectOf({ dialect, profile }: PrinterAddress): PrinterDialect {
	return dialect ?? (profile === undefined ? "epson" : findProfile(profile).dialect);
}

function transportTo(
	address: Exclude<PrinterAddress, { kind: "spooler" }>,
	printer: { dialect: PrinterDialect; width: PaperWidth },
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
