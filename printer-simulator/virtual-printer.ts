import { createServer, type Server } from "node:net";
import { Duplex } from "node:stream";
import type { PrinterDialect } from "../station/printing/address-options.ts";
import type { VirtualPrinterPlace } from "../station/printing/open-printer.ts";
import type { Transport } from "../station/printing/transport/transport.ts";
import type { Behaviour } from "./behaviours.ts";
import { EpsonSimulator } from "./epson-simulator.ts";
import { overItsLine } from "./serial-line.ts";
import type { PrinterSimulator, SimulatorOptions } from "./simulator.ts";
import { StarSimulator } from "./star-simulator.ts";
import { TicketFiles } from "./ticket-files.ts";

/**
 * Opens the virtual printer of `virtual:DIR` inside this process: it prints at once and saves its
 * paper in `directory`. Throws UserError PRINTER_FOLDER if the folder cannot be written.
 */
export function openVirtualPrinter({ directory, dialect, width, hasCutter }: VirtualPrinterPlace): Transport {
	const files = new TicketFiles(directory);
	const behaviours = new Set<Behaviour>(hasCutter ? [] : ["no-cutter"]);
	const deliver: SimulatorOptions["deliver"] = (ticket) => files.save(ticket, Date.now());
	return virtualTransport(createSimulator(dialect, { width, behaviours, deliver }));
}

export function createSimulator(dialect: PrinterDialect, options: SimulatorOptions): PrinterSimulator {
	if (dialect === "epson") return new EpsonSimulator(options);
	return new StarSimulator(options, dialect === "star-raster");
}

/** A transport to a simulator in this process. It carries the same bytes as a network would. */
export function virtualTransport(simulator: PrinterSimulator): Transport {
	return { open: async () => connectTo(simulator) };
}

function connectTo(simulator: PrinterSimulator): Duplex {
	const reply = overItsLine(simulator, (bytes) => {
		if (!duplex.destroyed) duplex.push(bytes);
	});
	const duplex: Duplex = new Duplex({
		read() {},
		write(chunk: Uint8Array, _encoding, done) {
			simulator.accept(chunk, reply, done);
		},
		destroy(error, done) {
			detach();
			done(error);
		},
	});
	const detach = simulator.attach(reply, () => void duplex.push(null));
	return duplex;
}

/** Serves a simulator over TCP, as a network printer does (port 9100). The caller listens and closes. */
export function serveSimulator(simulator: PrinterSimulator): Server {
	let connections = 0;
	return createServer({ noDelay: true }, (socket) => {
		if (simulator.behaviours.has("one-connection") && connections > 0) {
			socket.on("error", () => {}).resetAndDestroy();
			return;
		}
		connections += 1;
		socket.on("close", () => {
			connections -= 1;
		});
		const reply = overItsLine(simulator, (bytes) => {
			if (!socket.destroyed) socket.write(bytes);
		});
		const detach = simulator.attach(reply, () => socket.end());
		socket.on("data", (bytes: Uint8Array) => {
			socket.pause();
			simulator.accept(bytes, reply, () => socket.resume());
		});
		socket.on("error", () => socket.destroy());
		socket.on("close", detach);
	});
}
