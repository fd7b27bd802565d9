import { UserError } from "../../lib/errors.ts";
import type { PaperWidth } from "./bitmap.ts";
import { CupsPrinter } from "./cups/cups-printer.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { epson } from "./dialects/epson/epson.ts";
import { epsonSentOnly } from "./dialects/epson/epson-sent-only.ts";
import { star } from "./dialects/star/star.ts";
import { DirectPrinter } from "./direct/direct-printer.ts";
import type { PrinterTimes } from "./direct/printer-times.ts";
import type { Printer } from "./printer.ts";
import { DEFAULT_WIDTH, type PrinterAddress, type PrinterDialect, parsePrinterUrl } from "./printer-url.ts";
import { nodeDeviceProgram, type StartDeviceProgram } from "./transport/device-program.ts";
import { deviceTransport } from "./transport/device-transport.ts";
import { serialTransport } from "./transport/serial-transport.ts";
import { tcpTransport } from "./transport/tcp-transport.ts";
import type { Transport } from "./transport/transport.ts";

const DIALECTS: Readonly<Record<PrinterDialect, Dialect>> = { epson, star };

/** The width that tickets for the printer at `url` are rendered for, in dots. Throws as openPrinter does. */
export function paperWidthOf(url: string): PaperWidth {
	return parsePrinterUrl(url).width ?? DEFAULT_WIDTH;
}

/** A virtual printer that saves its paper in a folder. */
export interface VirtualPrinterPlace {
	directory: string;
	dialect: PrinterDialect;
	width: PaperWidth;
}

export interface PrinterOptions {
	/** Used if the address names no width. */
	width: PaperWidth;
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
export function openPrinter(url: string, options: PrinterOptions): Printer {
	const address = parsePrinterUrl(url);
	const { times } = options;
	const width = address.width ?? options.width;
	const dialect = address.proof === "sent" ? epsonSentOnly : DIALECTS[address.dialect ?? "epson"];
	if (address.kind === "spooler") return new CupsPrinter(address.queue, dialect, width, times);
	return new DirectPrinter(transportTo(address, { ...options, width }), dialect, width, times);
}

function transportTo(
	address: Exclude<PrinterAddress, { kind: "spooler" }>,
	{ width, deviceProcess, openVirtualPrinter }: PrinterOptions,
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
			return openVirtualPrinter({ directory: address.directory, dialect: address.dialect ?? "epson", width });
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
