import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Fault, FaultKind } from "./fault-list.ts";
import { GarbledReplies, type ReplyForm } from "./garbled-replies.ts";
import type { PrinterSimulator, SimulatorState } from "./simulator.ts";
import { TicketBoundaries } from "./ticket-boundaries.ts";

export { FAULT_KINDS, type Fault, type FaultKind, parseFaults } from "./fault-list.ts";

/** A ticket's length until one has been seen. */
const USUAL_BYTES = 40_000;
const KILOBYTE = 1_024;

/** A fault on its way: so many bytes until it strikes. */
interface Strike {
	fault: Fault;
	left: number;
}

/**
 * Puts a virtual printer behind a TCP port like serveMachine, and lets the faults happen. `random`
 * gives [0,1): where in a ticket a fault strikes. The caller listens and closes.
 *
 *   paper-out, cover-open, cutter-jam   at any byte, so at any row; mended after `lasts`
 *   reset         at a kilobyte: it forgets what it was sent, goes on reading, and cannot make sense of it;
 *                 where it stopped at that, it is switched off and on after `lasts`
 *   power-loss    it forgets, every connection breaks, and none is taken for `lasts`
 *   refuses       connections break and none is taken for `lasts`; it forgets nothing
 *   closes        the same, but it takes new ones and ends them at once, politely
 *   never-reads   nothing is read for `lasts`; then it goes on
 *   lost-reply    the next answer does not arrive
 *   split-reply, mixed-reply   from that ticket to the next: answers byte by byte, or with its state in between
 *   replug        the connection breaks; its interface starts empty with the next
 */
export function serveFaulty(simulator: PrinterSimulator, faults: readonly Fault[], random: () => number): Server {
	const port = new FaultyPort(simulator, faults, random);
	return createServer({ noDelay: true }, (socket) => port.take(socket));
}

class FaultyPort {
	readonly #machine: PrinterSimulator;
	readonly #faults: readonly Fault[];
	readonly #random: () => number;
	readonly #sockets = new Set<Socket>();
	readonly #marks = new TicketBoundaries();
	#tickets = 0;
	/** Bytes since the ticket began, and the most that there were. */
	#since = 0;
	#longest = 0;
	#strikes: Strike[] = [];
	/** What happens to new connections. */
	#door: "open" | "refuses" | "closes" = "open";
	#unread: Promise<void> | undefined;
	#repliesToLose = 0;

	constructor(simulator: PrinterSimulator, faults: readonly Fault[], random: () => number) {
		this.#machine = simulator;
		this.#faults = faults;
		this.#random = random;
	}

	take(socket: Socket): void {
		socket.on("error", () => socket.destroy());
		if (this.#door === "refuses") {
			socket.resetAndDestroy();
			return;
		}
		if (this.#door === "closes") {
			socket.end();
			socket.resume();
			return;
		}
		const write = (bytes: Uint8Array) => {
			if (!socket.destroyed) socket.write(bytes);
		};
		const replies = new GarbledReplies(this.#machine, () => this.#form(), this.#random, write);
		const answer = (bytes: Uint8Array) => {
			if (this.#repliesToLose > 0) this.#repliesToLose -= 1;
			else replies.send(bytes);
		};
		const unplug = this.#machine.attach(answer);
		this.#sockets.add(socket);
		socket.on("close", () => {
			this.#sockets.delete(socket);
			this.#marks.tear();
			unplug();
		});
		socket.on("data", (bytes: Uint8Array) => {
			socket.pause();
			void this.#read(socket, bytes, answer).then(() => socket.resume());
		});
	}

	/** Hands bytes to the printer up to the next fault, lets it strike, and goes on while the connection holds. */
	async #read(socket: Socket, bytes: Uint8Array, answer: (bytes: Uint8Array) => void): Promise<void> {
		let from = 0;
		for (const begin of [...this.#marks.begins(bytes), undefined]) {
			const end = begin ?? bytes.length;
			while (from < end) {
				await this.#unread;
				if (socket.destroyed) return;
				const to = Math.min(end, from + Math.min(...this.#strikes.map(({ left }) => left)));
				const part = bytes.subarray(from, to);
				await new Promise<void>((done) => this.#machine.accept(part, answer, done));
				from = to;
				this.#pass(part.length);
			}
			if (begin !== undefined) this.#begin();
		}
	}

	#begin(): void {
		this.#tickets += 1;
		this.#since = 0;
		for (const fault of this.#faults) {
			if (this.#tickets % fault.every !== 0) continue;
			const at = Math.floor(this.#random() * (this.#longest || USUAL_BYTES));
			const left = fault.kind === "reset" ? Math.ceil((at + 1) / KILOBYTE) * KILOBYTE : at + 1;
			this.#strikes.push({ fault, left });
		}
	}

	#pass(bytes: number): void {
		if (this.#tickets > 0) this.#since += bytes;
		this.#longest = Math.max(this.#longest, this.#since);
		const strikes = this.#strikes.map(({ fault, left }) => ({ fault, left: left - bytes }));
		this.#strikes = strikes.filter(({ left }) => left > 0);
		for (const { fault, left } of strikes) if (left <= 0) this.#strike(fault);
	}

	#form(): ReplyForm {
		const holds = (kind: FaultKind) =>
			this.#faults.some((fault) => fault.kind === kind && this.#tickets % fault.every === 0);
		if (holds("split-reply")) return "split";
		return holds("mixed-reply") ? "mixed" : "whole";
	}

	#strike({ kind, lasts }: Fault): void {
		switch (kind) {
			case "paper-out":
				this.#stop({ paper: "out" }, { paper: "full" }, lasts);
				break;
			case "cover-open":
				this.#stop({ coverOpen: true }, { coverOpen: false }, lasts);
				break;
			case "cutter-jam":
				this.#stop({ cutterJammed: true }, { cutterJammed: false }, lasts);
				break;
			case "reset":
				this.#forget(lasts);
				break;
			case "power-loss":
				this.#machine.powerCycle();
				this.#shut("refuses", lasts);
				break;
			case "refuses":
			case "closes":
				this.#shut(kind, lasts);
				break;
			case "never-reads":
				this.#unread = pause(lasts, undefined, { ref: false });
				break;
			case "lost-reply":
				this.#repliesToLose += 1;
				break;
			case "split-reply":
			case "mixed-reply":
				// They hold for the whole ticket: see #form.
				break;
			case "replug":
				this.#machine.powerCycle();
				for (const socket of this.#sockets) socket.destroy();
				break;
			default:
				kind satisfies never;
		}
	}

	#stop(broken: Partial<SimulatorState>, mended: Partial<SimulatorState>, lasts: number): void {
		this.#machine.change(broken);
		setTimeout(() => this.#machine.change(mended), lasts).unref();
	}

	/** What comes next makes no sense to it. One that stops at that is switched off and on by somebody. */
	#forget(lasts: number): void {
		const before = this.#machine.violations.length;
		this.#machine.powerCycle();
		const help = () => {
			if (this.#machine.violations.length > before) this.#machine.powerCycle();
		};
		setTimeout(help, lasts).unref();
	}

	#shut(how: "refuses" | "closes", lasts: number): void {
		this.#door = how;
		for (const socket of this.#sockets) socket.resetAndDestroy();
		setTimeout(() => {
			this.#door = "open";
		}, lasts).unref();
	}
}
