import { createServer, type Server } from "node:net";
import { Duplex } from "node:stream";
import type { Wire } from "../station/printing/transport/transport.ts";
import type { PrinterMachine } from "./simulator.ts";

/** A wire to a virtual printer in this process: the same bytes as over a network. */
export function virtualWire(machine: PrinterMachine): Wire {
	return { open: async () => plugIn(machine) };
}

function plugIn(machine: PrinterMachine): Duplex {
	const answer = (bytes: Uint8Array) => {
		if (!duplex.destroyed) duplex.push(bytes);
	};
	const duplex: Duplex = new Duplex({
		read() {},
		write(chunk: Uint8Array, _encoding, done) {
			machine.accept(chunk, answer, done);
		},
		destroy(error, done) {
			unplug();
			done(error);
		},
	});
	const unplug = machine.attach(answer);
	return duplex;
}

/** Puts a virtual printer behind a TCP port, as a network printer has it (port 9100). The caller listens and closes. */
export function serveMachine(machine: PrinterMachine): Server {
	return createServer({ noDelay: true }, (socket) => {
		const answer = (bytes: Uint8Array) => {
			if (!socket.destroyed) socket.write(bytes);
		};
		const unplug = machine.attach(answer);
		socket.on("data", (bytes: Uint8Array) => {
			socket.pause();
			machine.accept(bytes, answer, () => socket.resume());
		});
		socket.on("error", () => socket.destroy());
		socket.on("close", unplug);
	});
}
