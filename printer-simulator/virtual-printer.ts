import { createServer, type Server } from "node:net";
import { Duplex } from "node:stream";
import type { Transport } from "../station/printing/transport/transport.ts";
import type { PrinterSimulator } from "./simulator.ts";

/** A wire to a virtual printer in this process: the same bytes as over a network. */
export function virtualTransport(simulator: PrinterSimulator): Transport {
	return { open: async () => plugIn(simulator) };
}

function plugIn(simulator: PrinterSimulator): Duplex {
	const answer = (bytes: Uint8Array) => {
		if (!duplex.destroyed) duplex.push(bytes);
	};
	const duplex: Duplex = new Duplex({
		read() {},
		write(chunk: Uint8Array, _encoding, done) {
			simulator.accept(chunk, answer, done);
		},
		destroy(error, done) {
			unplug();
			done(error);
		},
	});
	const unplug = simulator.attach(answer);
	return duplex;
}

/** Puts a virtual printer behind a TCP port, as a network printer has it (port 9100). The caller listens and closes. */
export function serveSimulator(simulator: PrinterSimulator): Server {
	return createServer({ noDelay: true }, (socket) => {
		const answer = (bytes: Uint8Array) => {
			if (!socket.destroyed) socket.write(bytes);
		};
		const unplug = simulator.attach(answer);
		socket.on("data", (bytes: Uint8Array) => {
			socket.pause();
			simulator.accept(bytes, answer, () => socket.resume());
		});
		socket.on("error", () => socket.destroy());
		socket.on("close", unplug);
	});
}
