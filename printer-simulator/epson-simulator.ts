import { readCommand } from "../station/printing/dialects/epson/epson-commands.ts";
import type { Bitmap } from "../station/printing/render/bitmap.ts";
import type { Answer, PrinterSimulator, SimulatorDeps, SimulatorState } from "./simulator.ts";

const LINE_DOTS = 30;
/** As much as a printer takes before it stops reading. */
const BUFFER_BYTES = 65_536;
/** A sender that asks for no confirmation gets its paper when nothing has come for this long. */
const IDLE_MS = 500;

/**
 * An Epson printer without the metal: takes the bytes that a real one would take, and does with
 * them what Epson's manual says. It is strict: a command that this product never sends is a
 * fault that stops it, as is a real-time command inside a picture.
 *
 * Real-time commands (DLE EOT, DLE DC4) work as soon as they arrive, all others in their turn.
 */
export class EpsonSimulator implements PrinterSimulator {
	/** What it could not take, in words; empty while all is well. */
	readonly violations: string[] = [];
	readonly #parts: SimulatorDeps;
	readonly #listeners = new Set<Answer>();
	#state: SimulatorState = { paper: "full", coverOpen: false, cutterJammed: false };
	#failed = false;
	#automatic = false;
	/** Received and not yet worked on. */
	#buffer: Uint8Array = new Uint8Array();
	/** The beginning of what may become a real-time command. */
	#held: Uint8Array = new Uint8Array();
	/** Rows still to come of the picture that is being printed, each of `stride` bytes. */
	#picture = { rowsLeft: 0, stride: 0 };
	#rows: Uint8Array[] = [];
	#used: Uint8Array[] = [];
	/** Cut off, but its request for confirmation has not been read yet. */
	#cut: { rows: Uint8Array[]; used: Uint8Array[] } | undefined;
	#delivering: Promise<void> | undefined;
	#waiting: (() => void)[] = [];
	#idle: NodeJS.Timeout | undefined;

	constructor(parts: SimulatorDeps) {
		this.#parts = parts;
	}

	get state(): Readonly<SimulatorState> {
		return this.#state;
	}

	/** Opens the cover, takes the paper away, puts it back. */
	change(change: Partial<SimulatorState>): void {
		this.#state = { ...this.#state, ...change };
		this.#tell();
		this.#work();
	}

	/** Switched off and on: all that was in its memory is gone, also the picture begun. */
	powerCycle(): void {
		this.#reset();
		this.#automatic = false;
		this.#held = new Uint8Array();
		this.#failed = false;
	}

	/** A connection begins. Returns what ends it. */
	attach(answer: Answer): () => void {
		this.#listeners.add(answer);
		return () => {
			this.#listeners.delete(answer);
			this.#held = new Uint8Array();
			this.#release();
		};
	}

	/** Bytes from a connection; `done` when it will take more. */
	accept(bytes: Uint8Array, answer: Answer, done: () => void): void {
		clearTimeout(this.#idle);
		// First, because it may empty the buffer.
		const others = this.#takeRealTime(join(this.#held, bytes), answer);
		this.#buffer = join(this.#buffer, others);
		this.#work();
		if (this.#buffer.length < BUFFER_BYTES) done();
		else this.#waiting.push(done);
		this.#idle = setTimeout(() => this.#release(), IDLE_MS);
		this.#idle.unref();
	}

	/** Resolves when all that was received and could be printed has been delivered. */
	async settled(): Promise<void> {
		this.#release();
		while (this.#delivering) await this.#delivering;
	}

	get #offline(): boolean {
		const { paper, coverOpen, cutterJammed } = this.#state;
		return paper === "out" || coverOpen || cutterJammed || this.#failed;
	}

	/** Works real-time commands and gives back what is not one. */
	#takeRealTime(bytes: Uint8Array, answer: Answer): Uint8Array {
		let backOff: Uint8Array[] = [];
		this.#held = new Uint8Array();
		let at = 0;
		while (at < bytes.length) {
			const command = readRealTime(bytes, at);
			switch (command.kind) {
				case "none": {
					const next = bytes.indexOf(DLE, at + 1);
					const end = next < 0 ? bytes.length : next;
					backOff.push(bytes.subarray(at, end));
					at = end;
					break;
				}
				case "incomplete":
					this.#held = bytes.slice(at);
					at = bytes.length;
					break;
				case "status":
					answer(Uint8Array.of(this.#statusByte(command.number)));
					at += 3;
					break;
				case "clear":
					backOff = [];
					this.#reset();
					this.#recover();
					answer(Uint8Array.of(0x37, 0x25, 0x00));
					at += CLEAR.length;
					break;
				case "unknown":
					this.#fail(`the real-time command 10 ${hex(bytes[at + 1])} is none of ours`);
					at += 2;
					break;
				default:
					command satisfies never;
			}
		}
		return backOff.length === 1 && backOff[0] ? backOff[0] : Buffer.concat(backOff);
	}

	#work(): void {
		while (!this.#offline && !this.#delivering && this.#step()) {}
		if (this.#buffer.length >= BUFFER_BYTES) return;
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const done of waiting) done();
	}

	/** Works off one row or one command; false where more bytes are needed. */
	#step(): boolean {
		if (this.#picture.rowsLeft > 0) {
			const { stride } = this.#picture;
			if (this.#buffer.length < stride) return false;
			this.#print(this.#use(stride), stride);
			this.#picture.rowsLeft -= 1;
			return true;
		}
		const command = readCommand(this.#buffer, this.#parts.width);
		if (command.kind === "incomplete") return false;
		if (this.#cut && command.kind !== "confirm" && command.kind !== "unknown") this.#release();
		if (this.#delivering) return true;
		switch (command.kind) {
			case "unknown":
				this.#fail(command.reason);
				return false;
			case "init":
				break;
			case "automatic":
				this.#automatic = true;
				break;
			case "feed":
				for (let dot = 0; dot < command.dots; dot++) this.#print(new Uint8Array(), 0);
				break;
			case "line":
				for (let dot = 0; dot < command.lines * LINE_DOTS; dot++) this.#print(new Uint8Array(), 0);
				break;
			case "picture":
				this.#picture = { rowsLeft: command.rows, stride: command.stride };
				break;
			case "cut":
			case "confirm":
			case "padding":
			case "paper":
				break;
			default:
				command satisfies never;
		}
		this.#use(command.length);
		if (command.kind === "automatic") this.#tell();
		if (command.kind === "cut") this.#cutOff();
		if (command.kind === "confirm") this.#confirm(command.id);
		if (command.kind === "paper") this.#send(Uint8Array.of(this.#paperByte()));
		return true;
	}

	#use(length: number): Uint8Array {
		const used = this.#buffer.slice(0, length);
		this.#buffer = this.#buffer.subarray(length);
		this.#used.push(used);
		return used;
	}

	#print(dots: Uint8Array, stride: number): void {
		const row = new Uint8Array(this.#parts.width / 8);
		row.set(dots.subarray(0, stride));
		this.#rows.push(row);
	}

	/** A cut through blank paper makes no piece. */
	#cutOff(): void {
		if (this.#rows.length > 0) this.#cut = { rows: this.#rows, used: this.#used };
		this.#rows = [];
		this.#used = [];
	}

	#confirm(id: Uint8Array): void {
		if (this.#cut) {
			this.#cut.used.push(...this.#used);
			this.#used = [];
		}
		this.#release(() => this.#send(Uint8Array.of(0x37, 0x22, ...id, 0x00)));
	}

	/** Lets go of the piece that was cut off; `then` when it is out. */
	#release(then?: () => void): void {
		const cut = this.#cut;
		this.#cut = undefined;
		if (!cut) {
			then?.();
			return;
		}
		const bitmap: Bitmap = {
			width: this.#parts.width,
			height: cut.rows.length,
			rows: new Uint8Array(Buffer.concat(cut.rows)),
		};
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

	/** The buffer is emptied; what is on the paper stays there. */
	#reset(): void {
		this.#buffer = new Uint8Array();
		this.#picture = { rowsLeft: 0, stride: 0 };
		this.#used = [];
		this.#release();
	}

	#fail(reason: string): void {
		this.violations.push(reason);
		this.#failed = true;
		this.#tell();
	}

	#recover(): void {
		if (!this.#failed) return;
		this.#failed = false;
		this.#tell();
	}

	#send(bytes: Uint8Array): void {
		for (const answer of this.#listeners) answer(bytes);
	}

	/** GS r 1: the paper's sensors. */
	#paperByte(): number {
		const { paper } = this.#state;
		return flag(paper !== "full", 0x03) | flag(paper === "out", 0x0c);
	}

	#tell(): void {
		if (!this.#automatic) return;
		const { paper, coverOpen, cutterJammed } = this.#state;
		this.#send(
			Uint8Array.of(
				0x10 | flag(this.#offline, 0x08) | flag(coverOpen, 0x20),
				flag(cutterJammed, 0x08) | flag(this.#failed, 0x20),
				flag(paper !== "full", 0x03) | flag(paper === "out", 0x0c),
				0x0f,
			),
		);
	}

	#statusByte(number: number): number {
		const { paper, coverOpen, cutterJammed } = this.#state;
		switch (number) {
			case 1:
				return 0x12 | flag(this.#offline, 0x08);
			case 2:
				return 0x12 | flag(coverOpen, 0x04) | flag(paper === "out", 0x20) | flag(cutterJammed || this.#failed, 0x40);
			case 3:
				return 0x12 | flag(cutterJammed, 0x08) | flag(this.#failed, 0x20);
			default:
				return 0x12 | flag(paper !== "full", 0x0c) | flag(paper === "out", 0x60);
		}
	}
}

type RealTime =
	| { kind: "none" }
	| { kind: "incomplete" }
	| { kind: "status"; number: number }
	| { kind: "clear" }
	| { kind: "unknown" };

const DLE = 0x10;
const CLEAR = [DLE, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];

function readRealTime(bytes: Uint8Array, at: number): RealTime {
	if (bytes[at] !== DLE) return { kind: "none" };
	const second = bytes[at + 1];
	if (second === undefined) return { kind: "incomplete" };
	if (second === 0x04) {
		const number = bytes[at + 2];
		if (number === undefined) return { kind: "incomplete" };
		return number >= 1 && number <= 4 ? { kind: "status", number } : { kind: "unknown" };
	}
	if (second === 0x14) {
		const backOff = bytes.subarray(at, at + CLEAR.length);
		if (!backOff.every((byte, index) => byte === CLEAR[index])) return { kind: "unknown" };
		return backOff.length < CLEAR.length ? { kind: "incomplete" } : { kind: "clear" };
	}
	return second === 0x05 ? { kind: "unknown" } : { kind: "none" };
}

function flag(set: boolean, bits: number): number {
	return set ? bits : 0;
}

function hex(byte: number | undefined): string {
	return (byte ?? 0).toString(16).padStart(2, "0");
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
	if (first.length === 0) return second;
	const joined = new Uint8Array(first.length + second.length);
	joined.set(first);
	joined.set(second, first.length);
	return joined;
}
