import { UserError } from "../../lib/errors.ts";
import { EpsonSimulator } from "../../printer-simulator/epson-simulator.ts";
import { StarSimulator } from "../../printer-simulator/star-simulator.ts";
import { TicketFiles } from "../../printer-simulator/ticket-files.ts";
import { virtualTransport } from "../../printer-simulator/virtual-printer.ts";
import { CupsPrinter } from "./cups-printer.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { epson } from "./dialects/epson/epson.ts";
import { epsonSentOnly } from "./dialects/epson/epson-sent-only.ts";
import { star } from "./dialects/star/star.ts";
import { DirectPrinter, type PrinterTimes } from "./direct-printer.ts";
import type { Printer } from "./printer.ts";
import { DEFAULT_WIDTH, type PrinterAddress, type PrinterDialect, parsePrinterUrl } from "./printer-url.ts";
import type { PaperWidth } from "./render/bitmap.ts";
import { nodeDeviceProgram, type StartDeviceProgram } from "./transport/device-program.ts";
import { deviceTransport } from "./transport/device-transport.ts";
import { serialTransport } from "./transport/serial-transport.ts";
import { tcpTransport } from "./transport/tcp-transport.ts";
import type { Transport } from "./transport/transport.ts";

const DIALECTS: Readonly<Record<PrinterDialect, Dialect>> = { epson, star };

/** Dots across the paper of the printer that `url` names: what its tickets are drawn for. Throws as openPrinter does. */
export function paperWidthOf(url: string): PaperWidth {
	return parsePrinterUrl(url).width ?? DEFAULT_WIDTH;
}

export interface PrinterOptions {
	/** Where the address names none. */
	width: PaperWidth;
	times?: Partial<PrinterTimes>;
	/**
	 * Where `device-process` lies, for devices and serial lines: a .ts file in the sources, a .js file in
	 * the build. Or what starts it, where that cannot be Node itself (see device-program.ts).
	 */
	deviceProcess?: URL | StartDeviceProgram;
}

/**
 * Opens the printer that `url` names (see printer-url.ts). Never waits and never fails because
 * the printer is away: it connects in the background. Throws PlainError PRINTER_URL for an
 * address that is none, PRINTER_FOLDER for a folder that cannot be written, PRINTER_NOT_HERE for a
 * device where no device process can run.
 */
export function openPrinter(url: string, options: PrinterOptions): Printer {
	const address = parsePrinterUrl(url);
	const { times } = options;
	const width = address.width ?? options.width;
	const dialect = address.proof === "sent" ? epsonSentOnly : DIALECTS[address.dialect ?? "epson"];
	if (address.kind === "spooler") return new CupsPrinter(address.queue, dialect, width, times);
	return new DirectPrinter(transportOf(address, { ...options, width }), dialect, width, times);
}

function transportOf(
	address: Exclude<PrinterAddress, { kind: "spooler" }>,
	{ width, deviceProcess }: PrinterOptions,
): Transport {
	switch (address.kind) {
		case "tcp":
			return tcpTransport(address.host, address.port);
		case "device":
			return deviceTransport(address.path, starterOf(deviceProcess));
		case "serial":
			return serialTransport(address.path, address.baud, starterOf(deviceProcess));
		case "virtual": {
			const files = new TicketFiles(address.directory);
			const Machine = address.dialect === "star" ? StarSimulator : EpsonSimulator;
			return virtualTransport(new Machine({ width, deliver: (ticket) => files.save(ticket, Date.now()) }));
		}
		default:
			return address satisfies never;
	}
}

function starterOf(deviceProcess: PrinterOptions["deviceProcess"]): StartDeviceProgram {
	if (typeof deviceProcess === "function") return deviceProcess;
	if (deviceProcess && !process.versions.electron) return nodeDeviceProgram(deviceProcess);
	throw new UserError(
		"PRINTER_NOT_HERE",
		"Printers at a device or a serial line do not work from the kiosk's window yet: run the station with the paihao command, " +
			"or use tcp://HOST:PORT or lp:QUEUE.",
	);
}
