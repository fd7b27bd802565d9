import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Fault, FaultKind } from "./fault-list.ts";
import { GarbledReplies, type ReplyForm } from "./garbled-replies.ts";
import { overItsLine } from "./serial-line.ts";
import type { PrinterSimulator, SimulatorState } from "./simulator.ts";
import { TicketBoundaries } from "./ticket-boundaries.ts";

export { FAULT_KINDS, type Fault, type FaultKind, parseFaults } from "./fault-list.ts";

/** A ticket's length until one has been seen. */
const USUAL_TICKET_BYTES = 40_000;
const KILOBYTE = 1_024;
/** The bytes at which it stops may come later, and again after it was switched on. */
const LOOKS_AFTER_RESET = 100;

/** A fault that will strike after so many more bytes. */
interface PendingFault {
	fault: Fault;
	bytesLeft: number;
}

/**
 * Serves a simulator over TCP as serveSimulator does, and lets the faults happen. `random` returns
 * [0,1) and decides where in a ticket a fault strikes. The caller listens and closes.
 *
 *   paper-out, cover-open, cutter-jam   at any byte, so at any row; put right after `lastsMs`
 *   reset         at a kilobyte: it forgets what it was sent, continues to read, and cannot make sense of it;
 *                 if it stopped at that, it is switched off and on after `lastsMs`
 *   power-loss    it forgets, every connection breaks, and it refuses new ones for `lastsMs`
 *   refuses       connections break and it refuses new ones for `lastsMs`; it forgets nothing
 *   closes        the same, but it accepts new ones and closes them at once
 *   never-reads   it reads nothing for `lastsMs`; then it continues
 *   lost-reply    the next reply does not arrive
 *   split-reply, mixed-reply   from that ticket to the next: replies byte by byte, or with a status report inside
 *   replug        the connection breaks, and the next one finds an empty buffer
 */
export function serveFaulty(simulator: PrinterSimulator, faults: readonly Fault[], random: () => number): Server {
	const port = new FaultyPort(simulator, faults, random);
	return createServer({ noDelay: true }, (socket) => port.connect(socket));
}

/** Random numbers in [0,1), the same for the same seed (mulberry32, public domain): a run with faults can be repeated. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

class FaultyPort {
	readonly #simulator: PrinterSimulator;
	readonly #faults: readonly Fault[];
	readonly #random: () => number;
	readonly #sockets = new Set<Socket>();
	readonly #boundaries = new TicketBoundaries();
	#tickets = 0;
	#bytesOfTicket = 0;
	#longestTicketBytes = 0;
	#pending: PendingFault[] = [];
	#newConnections: "accepted" | "refuses" | "closes" = "accepted";
	/** While set, nothing is read. */
	#readingPause: Promise<void> | undefined;
	#repliesToLose = 0;

	constructor(simulator: PrinterSimulator, faults: readonly Fault[], random: () => number) {
		this.#simulator = simulator;
		this.#faults = faults;
		this.#random = random;
	}

	connect(socket: Socket): void {
		socket.on("error", () => socket.destroy());
		const isTaken = this.#sockets.size > 0 && this.#simulator.behaviours.has("one-connection");
		if (this.#newConnections === "refuses" || isTaken) {
			socket.resetAndDestroy();
			return;
		}
		if (this.#newConnections === "closes") {
			socket.end();
			socket.resume();
			return;
		}
		const write = (bytes: Uint8Array) => {
			if (!socket.destroyed) socket.write(bytes);
		};
		const garbled = new GarbledReplies(this.#simulator, () => this.#replyForm(), this.#random, write);
		const reply = overItsLine(this.#simulator, (bytes) => {
			if (this.#repliesToLose > 0) this.#repliesToLose -= 1;
			else garbled.send(bytes);
		});
		const detach = this.#simulator.attach(reply, () => socket.end());
		this.#sockets.add(socket);
		socket.on("close", () => {
			this.#sockets.delete(socket);
			this.#boundaries.reset();
			detach();
		});
		socket.on("data", (bytes: Uint8Array) => {
			socket.pause();
			void this.#read(socket, bytes, reply).then(() => socket.resume());
		});
	}

	/** Passes bytes to the printer up to the next fault, lets it strike, and continues while the connection holds. */
	async #read(socket: Socket, bytes: Uint8Array, reply: (bytes: Uint8Array) => void): Promise<void> {
		let from = 0;
		for (const start of [...this.#boundaries.findStarts(bytes), undefined]) {
			const end = start ?? bytes.length;
			while (from < end) {
				await this.#readingPause;
				if (socket.destroyed) return;
				const to = Math.min(end, from + Math.min(...this.#pending.map(({ bytesLeft }) => bytesLeft)));
				const part = bytes.subarray(from, to);
				await new Promise<void>((done) => this.#simulator.accept(part, reply, done));
				from = to;
				this.#countBytes(part.length);
			}
			if (start !== undefined) this.#beginTicket();
		}
	}

	#beginTicket(): void {
		this.#tickets += 1;
		this.#bytesOfTicket = 0;
		for (const fault of this.#faults) {
			if (this.#tickets % fault.every !== 0) continue;
			const at = Math.floor(this.#random() * (this.#longestTicketBytes || USUAL_TICKET_BYTES));
			const bytesLeft = fault.kind === "reset" ? Math.ceil((at + 1) / KILOBYTE) * KILOBYTE : at + 1;
			this.#pending.push({ fault, bytesLeft });
		}
	}

	#countBytes(bytes: number): void {
		if (this.#tickets > 0) this.#bytesOfTicket += bytes;
		this.#longestTicketBytes = Math.max(this.#longestTicketBytes, this.#bytesOfTicket);
		const pending = this.#pending.map(({ fault, bytesLeft }) => ({ fault, bytesLeft: bytesLeft - bytes }));
		this.#pending = pending.filter(({ bytesLeft }) => bytesLeft > 0);
		for (const { fault, bytesLeft } of pending) if (bytesLeft <= 0) this.#strike(fault);
	}

	#replyForm(): ReplyForm {
		const isActive = (kind: FaultKind) =>
			this.#faults.some((fault) => fault.kind === kind && this.#tickets % fault.every === 0);
		if (isActive("split-reply")) return "split";
		return isActive("mixed-reply") ? "mixed" : "whole";
	}

	#strike({ kind, lastsMs }: Fault): void {
		switch (kind) {
			case "paper-out":
				this.#changeFor(lastsMs, { paper: "out" }, { paper: "full" });
				break;
			case "cover-open":
				this.#changeFor(lastsMs, { coverOpen: true }, { coverOpen: false });
				break;
			case "cutter-jam":
				this.#changeFor(lastsMs, { cutterJammed: true }, { cutterJammed: false });
				break;
			case "reset":
				this.#reset(lastsMs);
				break;
			case "power-loss":
				this.#simulator.powerCycle();
				this.#breakConnections("refuses", lastsMs);
				break;
			case "refuses":
			case "closes":
				this.#breakConnections(kind, lastsMs);
				break;
			case "never-reads":
				this.#readingPause = pause(lastsMs, undefined, { ref: false });
				break;
			case "lost-reply":
				this.#repliesToLose += 1;
				break;
			case "split-reply":
			case "mixed-reply":
				// They apply to the whole ticket: see #replyForm.
				break;
			case "replug":
				this.#simulator.powerCycle();
				for (const socket of this.#sockets) socket.destroy();
				break;
			default:
				kind satisfies never;
		}
	}

	#changeFor(ms: number, broken: Partial<SimulatorState>, mended: Partial<SimulatorState>): void {
		this.#simulator.change(broken);
		setTimeout(() => this.#simulator.change(mended), ms).unref();
	}

	/** What arrives next makes no sense to the printer. If it stops at that, then or later, a person switches it off and on. */
	#reset(lastsMs: number): void {
		const { violations } = this.#simulator;
		let known = violations.length;
		this.#simulator.powerCycle();
		let looks = 0;
		const timer = setInterval(() => {
			looks += 1;
			if (violations.length > known) this.#restart();
			known = violations.length;
			if (looks === LOOKS_AFTER_RESET) clearInterval(timer);
		}, lastsMs).unref();
	}

	/** Switched off and on: nobody keeps a connection over it. */
	#restart(): void {
		this.#simulator.powerCycle();
		for (const socket of this.#sockets) socket.resetAndDestroy();
	}

	#breakConnections(newConnections: "refuses" | "closes", lastsMs: number): void {
		this.#newConnections = newConnections;
		for (const socket of this.#sockets) socket.resetAndDestroy();
		setTimeout(() => {
			this.#newConnections = "accepted";
		}, lastsMs).unref();
	}
}
