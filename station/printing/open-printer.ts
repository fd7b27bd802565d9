import type { PaperWidth } from "./bitmap.ts";
import { epson } from "./epson.ts";
import { EpsonMachine } from "./epson-machine.ts";
import { LinkedPrinter, type PrinterTimes } from "./linked-printer.ts";
import type { Printer } from "./printer.ts";
import { parsePrinterUrl } from "./printer-url.ts";
import { tcpWire } from "./tcp-wire.ts";
import { TicketFiles } from "./ticket-files.ts";
import { virtualWire } from "./virtual-printer.ts";
import type { Wire } from "./wire.ts";

export interface PrinterOptions {
	width: PaperWidth;
	times?: Partial<PrinterTimes>;
}

/**
 * Opens the printer that `url` names (see printer-url.ts). Never waits and never fails because
 * the printer is away: it connects in the background. Throws PlainError PRINTER_URL for an
 * address that is none, PRINTER_FOLDER for a folder that cannot be written.
 */
export function openPrinter(url: string, { width, times }: PrinterOptions): Printer {
	return new LinkedPrinter(wireOf(url, width), epson, width, times);
}

function wireOf(url: string, width: PaperWidth): Wire {
	const address = parsePrinterUrl(url);
	switch (address.kind) {
		case "tcp":
			return tcpWire(address.host, address.port);
		case "virtual": {
			const files = new TicketFiles(address.directory);
			return virtualWire(new EpsonMachine({ width, deliver: (ticket) => files.save(ticket, Date.now()) }));
		}
		default:
			return address satisfies never;
	}
}
