import { isIPv6 } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { PrinterDialect } from "../station/printing/address-options.ts";
import type { PaperWidth } from "../station/printing/bitmap.ts";
import type { Behaviour } from "./behaviours.ts";
import { ControlPanel } from "./controls.ts";
import { type Fault, seededRandom, serveFaulty } from "./fault-injection.ts";
import { PAGE_HOST, servePage } from "./page-server.ts";
import { PaperTray } from "./paper-tray.ts";
import { PoweredPort } from "./powered-port.ts";
import type { PrintedTicket } from "./simulator.ts";
import { TicketFiles } from "./ticket-files.ts";
import { createSimulator } from "./virtual-printer.ts";

export interface PrinterProgramOptions {
	/** Address and port of the printer; port 0 takes a free one. */
	host: string;
	port: number;
	dialect: PrinterDialect;
	width: PaperWidth;
	/** How the printer differs from its manual. */
	behaviours: readonly Behaviour[];
	/** The folder for the paper: a PNG and its bytes for each piece. */
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
	/** The value for a station's --printer. */
	printer: string;
	page: string;
	/** Of the faults, if there are any. */
	seed?: number;
}

export interface RunningPrinter {
	ready: PrinterReadyLine;
	/** Resolves when both ports are closed and the paper that was coming out is in its folder. */
	close(): Promise<void>;
}

const DOTS_PER_MM = 8;
/** The speed that an ordinary 80 mm printer is sold with. */
const MM_PER_SECOND = 150;
/** Feeding to the knife and cutting. */
const CUT_MS = 400;

/** How long paper of so many rows takes until it is cut off: about one second for 85 mm. */
export function printingTimeMs(rows: number): number {
	return Math.round((rows / DOTS_PER_MM / MM_PER_SECOND) * 1_000) + CUT_MS;
}

/**
 * Starts a virtual printer with its page. Throws UserError PORT_IN_USE, ADDRESS_REFUSED or
 * PRINTER_FOLDER, and then leaves nothing behind.
 */
export async function startPrinter(options: PrinterProgramOptions): Promise<RunningPrinter> {
	const { host, dialect, width, behaviours, faults, seed } = options;
	const tray = new PaperTray();
	const closing = new AbortController();
	let lastPiece: Promise<void> = Promise.resolve();
	const print = async (ticket: PrintedTicket): Promise<void> => {
		// Closing the program skips the wait, not the paper.
		await wait(printingTimeMs(ticket.bitmap.height), undefined, { signal: closing.signal }).catch(() => {});
		const at = Date.now();
		await files.save(ticket, at);
		tray.add(ticket.bitmap, at);
		controls.notify();
	};
	const simulator = createSimulator(dialect, {
		width,
		behaviours: new Set(behaviours),
		deliver(ticket) {
			lastPiece = print(ticket);
			return lastPiece;
		},
		onChange: () => controls.notify(),
	});
	const port = new PoweredPort(serveFaulty(simulator, faults, seededRandom(seed)), options);
	const controls = new ControlPanel(simulator, port, tray);

	const page = await servePage(controls, options);
	const close = async (): Promise<void> => {
		closing.abort();
		await Promise.all([page.close(), port.switchOff()]);
		await lastPiece.catch(() => {});
	};
	let files: TicketFiles;
	try {
		await port.switchOn();
		// Last, because it makes the folder. No connection has been accepted yet.
		files = new TicketFiles(options.out);
	} catch (error) {
		await close();
		throw error;
	}
	const ready: PrinterReadyLine = {
		ready: "printer",
		pid: process.pid,
		printer: `tcp://${reachableAddress(host)}:${port.port}?dialect=${dialect}&width=${widthOption(width)}`,
		page: `http://${PAGE_HOST}:${page.port}/printer`,
		...(faults.length > 0 && { seed }),
	};
	return { ready, close };
}

/** As printer addresses name it: in millimetres of paper where it is one of the two usual rolls. */
function widthOption(width: PaperWidth): number {
	if (width === 576) return 80;
	return width === 384 ? 58 : width;
}

/** The address at which this machine reaches a server that listens on `host`. */
function reachableAddress(host: string): string {
	if (host === "0.0.0.0") return "127.0.0.1";
	if (host === "::") return "[::1]";
	return isIPv6(host) ? `[${host}]` : host;
}
