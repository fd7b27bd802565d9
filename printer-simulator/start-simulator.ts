import { isIPv6 } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../lib/errors.ts";
import { serve } from "../station/http/node-server.ts";
import type { PrinterDialect } from "../station/printing/printer-url.ts";
import type { PaperWidth } from "../station/printing/render/bitmap.ts";
import { PrinterControls } from "./controls.ts";
import { EpsonSimulator } from "./epson-simulator.ts";
import { type Fault, serveFaulty } from "./fault-injection.ts";
import { makePageDoor, PAGE_HOST } from "./page-server.ts";
import { PaperTray } from "./paper-tray.ts";
import { PoweredPort } from "./powered-port.ts";
import { printingTime } from "./printing-time.ts";
import { seededRandom } from "./seeded-random.ts";
import type { PrintedTicket, SimulatorDeps } from "./simulator.ts";
import { StarSimulator } from "./star-simulator.ts";
import { TicketFiles } from "./ticket-files.ts";
import { watchSimulator } from "./watched-simulator.ts";

export interface PrinterProgramOptions {
	/** Address and port of the printer; port 0 takes a free one. */
	host: string;
	port: number;
	dialect: PrinterDialect;
	width: PaperWidth;
	/** Where the paper goes: a PNG and its bytes for each piece. */
	out: string;
	/** What goes wrong by itself, and when. */
	faults: readonly Fault[];
	/** Where in a ticket faults strike: the same seed, the same places. */
	seed: number;
	/** Port of the page, on loopback; 0 takes a free one. */
	page: number;
	/** The folder of built pages. */
	screens: string;
}

/** The one line of JSON that the program writes when it is ready. */
export interface PrinterReadyLine {
	ready: "printer";
	pid: number;
	/** What a station takes as --printer. */
	printer: string;
	page: string;
	/** Of the faults, where there are any. */
	seed?: number;
}

export interface RunningPrinter {
	ready: PrinterReadyLine;
	/** Resolves when both ports are closed and the paper that was coming out is in its folder. */
	close(): Promise<void>;
}

/**
 * Starts a virtual printer with its page. Throws PlainError PORT_IN_USE, ADDRESS_REFUSED or
 * PRINTER_FOLDER, and then leaves nothing behind.
 */
export async function startPrinter(options: PrinterProgramOptions): Promise<RunningPrinter> {
	const { host, dialect, width, faults, seed } = options;
	const tray = new PaperTray();
	let coming: Promise<void> = Promise.resolve();
	const deliver = (ticket: PrintedTicket): Promise<void> => {
		coming = print(ticket);
		return coming;
	};
	const ending = new AbortController();
	const print = async (ticket: PrintedTicket): Promise<void> => {
		// Whoever ends the program does not wait for the paper, but gets it.
		await wait(printingTime(ticket.bitmap.height), undefined, { signal: ending.signal }).catch(() => {});
		const at = Date.now();
		await files.save(ticket, at);
		tray.add(ticket.bitmap, at);
		printer.tell();
	};
	const parts: SimulatorDeps = { width, deliver };
	const simulator = dialect === "star" ? new StarSimulator(parts) : new EpsonSimulator(parts);
	const watched = watchSimulator(simulator, () => printer.tell());
	const port = new PoweredPort(serveFaulty(watched, faults, seededRandom(seed)), options);
	const printer = new PrinterControls(simulator, port, tray);

	const page = await servePage(printer, options);
	const close = async (): Promise<void> => {
		ending.abort();
		await Promise.all([page.close(), port.off()]);
		await coming.catch(() => {});
	};
	let files: TicketFiles;
	try {
		await port.on();
		// Last, because it makes the folder; nobody has been let in yet.
		files = new TicketFiles(options.out);
	} catch (fault) {
		await close();
		throw fault;
	}
	const ready: PrinterReadyLine = {
		ready: "printer",
		pid: process.pid,
		printer: `tcp://${reachableAt(host)}:${port.port}?dialect=${dialect}&width=${width === 576 ? 80 : 58}`,
		page: `http://${PAGE_HOST}:${page.port}/printer`,
		...(faults.length > 0 && { seed }),
	};
	return { ready, close };
}

async function servePage(printer: PrinterControls, { page, screens }: PrinterProgramOptions) {
	try {
		return await serve(makePageDoor(printer, screens), { host: PAGE_HOST, port: page });
	} catch (fault) {
		if (!(fault instanceof UserError)) throw fault;
		throw new UserError(fault.code, fault.message.replace("--port", "--page"), { cause: fault });
	}
}

/** An address of this machine for the one listened on. */
function reachableAt(host: string): string {
	if (host === "0.0.0.0") return "127.0.0.1";
	if (host === "::") return "[::1]";
	return isIPv6(host) ? `[${host}]` : host;
}
