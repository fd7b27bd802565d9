import { COUNTER, LINE_ROWS } from "../station/printing/dialects/star/star-bytes.ts";
import { readStarCommand, type StarCommand } from "../station/printing/dialects/star/star-commands.ts";
import type { Answer, PrinterSimulator, SimulatorDeps, SimulatorState } from "./simulator.ts";

/** As much as a printer takes before it stops reading. */
const BUFFER_BYTES = 65_536;
/** A sender that asks for no confirmation gets its paper when nothing has come for this long. */
const IDLE_MS = 500;
const ESC = 0x1b;
const ACK = 0x06;
const SOH = 0x01;

interface Piece {
	rows: Uint8Array[];
	used: Uint8Array[];
}

/**
 * A Star printer without the metal, by Star's manual; strict as EpsonMachine is. ESC ACK SOH works as
 * soon as it arrives, all else in its turn. A picture line waits for its LF, or for the cut.
 */
export class StarSimulator implements PrinterSimulator {
	readonly violations: string[] = [];
	readonly #parts: SimulatorDeps;
	readonly #listeners = new Set<Answer>();
	#state: SimulatorState = { paper: "full", coverOpen: false, cutterJammed: false };
	#failed = false;
	#automatic = false;
	#counter = 0;
	/** Dots of one line feed: 4 mm until it is told otherwise. */
	#spacing = 32;
	#buffer: Uint8Array = new Uint8Array();
	/** The beginning of what may become a real-time command. */
	#held: Uint8Array = new Uint8Array();
	#line: Uint8Array[] = [];
	#rows: Uint8Array[] = [];
	#used: Uint8Array[] = [];
	/** Cut off, but its request for confirmation has not been read yet. */
	#cut: Piece | undefined;
	#delivering: Promise<void> | undefined;
	#waiting: (() => void)[] = [];
	#idle: NodeJS.Timeout | undefined;

	constructor(parts: SimulatorDeps) {
		this.#parts = parts;
	}

	get state(): Readonly<SimulatorState> {
		return this.#state;
	}

	change(change: Partial<SimulatorState>): void {
		this.#state = { ...this.#state, ...change };
		this.#tell();
		this.#work();
	}

	powerCycle(): void {
		this.#buffer = new Uint8Array();
		this.#held = new Uint8Array();
		this.#line = [];
		this.#used = [];
		this.#automatic = false;
		this.#failed = false;
		this.#counter = 0;
		this.#release();
	}

	attach(answer: Answer): () => void {
		this.#listeners.add(answer);
		return () => {
			this.#listeners.delete(answer);
			this.#held = new Uint8Array();
			this.#release();
		};
	}

	accept(bytes: Uint8Array, answer: Answer, done: () => void): void {
		clearTimeout(this.#idle);
		const others = this.#takeRealTime(Buffer.concat([this.#held, bytes]), answer);
		this.#buffer = Buffer.concat([this.#buffer, others]);
		this.#work();
		if (this.#buffer.length < BUFFER_BYTES) done();
		else this.#waiting.push(done);
		this.#idle = setTimeout(() => this.#release(), IDLE_MS);
		this.#idle.unref();
	}

	async settled(): Promise<void> {
		this.#release();
		while (this.#delivering) await this.#delivering;
	}

	get #offline(): boolean {
		const { paper, coverOpen, cutterJammed } = this.#state;
		return paper === "out" || coverOpen || cutterJammed || this.#failed;
	}

	/** Answers questions about the state and gives back what is not one. */
	#takeRealTime(bytes: Uint8Array, answer: Answer): Uint8Array {
		const backOff: Uint8Array[] = [];
		this.#held = new Uint8Array();
		let from = 0;
		for (let at = bytes.indexOf(ESC); at >= 0; at = bytes.indexOf(ESC, Math.max(at + 1, from))) {
			const second = bytes[at + 1];
			const third = bytes[at + 2];
			if (second !== undefined && second !== ACK) continue;
			backOff.push(bytes.subarray(from, at));
			if (second === undefined || third === undefined) {
				this.#held = bytes.slice(at);
				from = bytes.length;
				break;
			}
			if (third === SOH) answer(this.#status());
			// Padding after a torn question is no fault.
			else if (third !== 0) this.#fail(`the real-time command 1b 06 ${third.toString(16)} is none of ours`);
			from = at + 3;
		}
		backOff.push(bytes.subarray(from));
		return Buffer.concat(backOff);
	}

	#work(): void {
		while (!this.#offline && !this.#delivering && this.#step()) {}
		if (this.#buffer.length >= BUFFER_BYTES) return;
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const done of waiting) done();
	}

	/** Works off one command; false where more bytes are needed. */
	#step(): boolean {
		const command = readStarCommand(this.#buffer, this.#parts.width);
		if (command.kind === "incomplete") return false;
		if (command.kind === "unknown") {
			this.#fail(command.reason);
			return false;
		}
		if (this.#cut && command.kind !== "counter") this.#release();
		if (this.#delivering) return true;
		const bytes = this.#buffer.slice(0, command.length);
		this.#buffer = this.#buffer.subarray(command.length);
		if (command.kind !== "padding") this.#used.push(bytes);
		this.#obey(command, bytes);
		return true;
	}

	#obey(command: Exclude<StarCommand, { kind: "incomplete" | "unknown" }>, bytes: Uint8Array): void {
		switch (command.kind) {
			case "padding":
				break;
			case "init":
				this.#spacing = 32;
				break;
			case "automatic":
				this.#automatic = command.on;
				this.#tell();
				break;
			case "spacing":
				this.#spacing = command.dots;
				break;
			case "picture":
				this.#line = this.#rowsOf(bytes.subarray(4), command.stride);
				break;
			case "line":
				this.#printLine(this.#spacing);
				break;
			case "cut":
				if (this.#line.length > 0) this.#printLine(LINE_ROWS);
				this.#cutOff();
				break;
			case "counter":
				this.#count(command.update, command.id);
				break;
			default:
				command satisfies never;
		}
	}

	#rowsOf(dots: Uint8Array, stride: number): Uint8Array[] {
		return Array.from({ length: LINE_ROWS }, (_, row) => {
			const line = new Uint8Array(this.#parts.width / 8);
			line.set(dots.subarray(row * stride, (row + 1) * stride));
			return line;
		});
	}

	#printLine(dots: number): void {
		this.#rows.push(...this.#line);
		for (let dot = this.#line.length; dot < dots; dot++) this.#rows.push(new Uint8Array(this.#parts.width / 8));
		this.#line = [];
	}

	/** A cut through blank paper makes no piece. */
	#cutOff(): void {
		if (this.#rows.length > 0) this.#cut = { rows: this.#rows, used: this.#used };
		this.#rows = [];
		this.#used = [];
	}

	#count(update: boolean, id: Uint8Array): void {
		if (this.#cut) this.#cut.used.push(...this.#used);
		this.#used = [];
		const answer = (): void => {
			if (update) this.#counter = (this.#counter + 1) & 0xff;
			const bytes = Uint8Array.of(...COUNTER, update ? 1 : 0, ...id, this.#counter, 0);
			for (const listener of this.#listeners) listener(bytes);
		};
		this.#release(answer);
	}

	/** Lets go of the piece that was cut off; `then` when it is out. */
	#release(then?: () => void): void {
		const cut = this.#cut;
		this.#cut = undefined;
		if (!cut) {
			then?.();
			return;
		}
		const rows = new Uint8Array(Buffer.concat(cut.rows));
		const bitmap = { width: this.#parts.width, height: cut.rows.length, rows };
		const before = this.#delivering ?? Promise.resolve();
		const delivering = before
			.then(() => this.#parts.deliver({ bitmap, bytes: new Uint8Array(Buffer.concat(cut.used)) }))
			.then(then, (error: unknown) => this.#fail(`the paper could not be kept: ${String(error)}`))
			.finally(() => {
				if (this.#delivering === delivering) this.#delivering = undefined;
				this.#work();
			});
		this.#delivering = delivering;
	}

	#fail(reason: string): void {
		this.violations.push(reason);
		this.#failed = true;
		this.#tell();
	}

	#tell(): void {
		if (!this.#automatic) return;
		const status = this.#status();
		for (const listener of this.#listeners) listener(status);
	}

	/** Nine bytes; the counts in the last two are of no use to us. */
	#status(): Uint8Array {
		const { paper, coverOpen, cutterJammed } = this.#state;
		const flag = (set: boolean, bits: number): number => (set ? bits : 0);
		const printer = flag(this.#offline, 0x08) | flag(coverOpen, 0x20);
		const error = flag(cutterJammed, 0x08) | flag(this.#failed, 0x20);
		const roll = flag(paper !== "full", 0x04) | flag(paper === "out", 0x08);
		return Uint8Array.of(0x23, 0x06, printer, error, 0, roll, 0, 0, 0);
	}
}
