import { type EpsonCommand, readEpsonCommand } from "../station/printing/dialects/epson/read-epson-command.ts";
import type { Behaviour, Behaviours } from "./behaviours.ts";
import { hex, join } from "./bytes.ts";
import { EpsonAnswers } from "./epson-answers.ts";
import { takeRealTime } from "./epson-real-time.ts";
import { automaticStatus, isOffline, paperSensorByte } from "./epson-status.ts";
import { PaperPath } from "./paper-path.ts";
import {
	ANY_WIDTH,
	IDLE_MS,
	INPUT_BUFFER_BYTES,
	type PrinterSimulator,
	type Reply,
	type SimulatorOptions,
	type SimulatorState,
} from "./simulator.ts";

/** Of `reports-often`. */
const REPORT_MS = 1_000;
/** One line feed. */
const LINE_DOTS = 30;

const PRINTING: readonly EpsonCommand["kind"][] = ["picture", "feed", "line", "cut"];
const TEXT_ROW = Uint8Array.of(0xaa, 0xaa, 0xaa);

type KnownCommand = Exclude<EpsonCommand, { kind: "incomplete" | "unknown" }>;

/**
 * An Epson printer without the hardware: takes the bytes that a real one would take, and does with
 * them what Epson's manual says. It is strict: a command that this product never sends is an error
 * that stops it, as is a real-time command inside a picture.
 *
 * Real-time commands (DLE EOT, DLE DC4) take effect as they arrive, all others in their turn.
 */
export class EpsonSimulator implements PrinterSimulator {
	readonly violations: string[] = [];
	readonly behaviours: Behaviours;
	readonly #options: SimulatorOptions;
	readonly #paper: PaperPath;
	readonly #answers: EpsonAnswers;
	/** With what closes each. */
	readonly #connections = new Map<Reply, () => void>();
	/** A piece was cut off since a connection was last closed. */
	#hasCut = false;
	/** The line that is printed next has text in it. */
	#hasText = false;
	#state: SimulatorState = { paper: "full", coverOpen: false, cutterJammed: false };
	#hasFailed = false;
	#reportsChanges = false;
	/** Received and not yet worked on. */
	#buffer: Uint8Array = new Uint8Array();
	/** The beginning of what may become a real-time command. */
	#partial: Uint8Array = new Uint8Array();
	/** Rows still to come of the picture that is being printed, each of `stride` bytes. */
	#picture = { rowsLeft: 0, stride: 0 };
	#waitingWriters: (() => void)[] = [];
	#idleTimer: NodeJS.Timeout | undefined;

	constructor(options: SimulatorOptions) {
		this.#options = options;
		this.behaviours = options.behaviours ?? new Set();
		this.#answers = new EpsonAnswers(this.behaviours, options.lateMs);
		if (this.#is("reports-often")) setInterval(() => this.#reportState(), REPORT_MS).unref();
		this.#paper = new PaperPath({
			widthDots: options.width,
			deliver: options.deliver,
			onFailure: (reason) => this.#fail(reason),
			onDelivered: () => this.#work(),
		});
	}

	get state(): Readonly<SimulatorState> {
		return this.#state;
	}

	change(change: Partial<SimulatorState>): void {
		this.#state = { ...this.#state, ...change };
		this.#reportState();
		this.#work();
	}

	powerCycle(): void {
		this.#clearBuffer();
		this.#reportsChanges = false;
		this.#partial = new Uint8Array();
		this.#hasFailed = false;
		this.#hasText = false;
	}

	attach(reply: Reply, hangUp: () => void = () => {}): () => void {
		this.#connections.set(reply, hangUp);
		return () => {
			this.#connections.delete(reply);
			this.#partial = new Uint8Array();
			this.#paper.release();
		};
	}

	accept(bytes: Uint8Array, reply: Reply, done: () => void): void {
		clearTimeout(this.#idleTimer);
		if (this.#is("echoes")) reply(bytes);
		// First, because it may empty the buffer.
		const others = this.#obeyRealTime(join(this.#partial, bytes), reply);
		this.#buffer = join(this.#buffer, others);
		this.#work();
		if (this.#buffer.length < INPUT_BUFFER_BYTES) done();
		else this.#waitingWriters.push(done);
		this.#idleTimer = setTimeout(() => this.#goIdle(), IDLE_MS);
		this.#idleTimer.unref();
	}

	settled(): Promise<void> {
		if (this.#is("no-cutter")) this.#paper.cut();
		return this.#paper.settled();
	}

	/** Without a cutter a person tears the paper off once it rests. */
	#goIdle(): void {
		if (this.#is("no-cutter")) this.#paper.cut();
		this.#paper.release();
		this.#endJob();
	}

	/** Some print servers take a connection for one job. */
	#endJob(): void {
		if (!this.#is("closes-after-job") || !this.#hasCut) return;
		this.#hasCut = false;
		for (const hangUp of [...this.#connections.values()]) hangUp();
	}

	#is(behaviour: Behaviour): boolean {
		return this.behaviours.has(behaviour);
	}

	get #epsonState() {
		const { paper, ...state } = this.#state;
		const isNearEnd = paper === "full" && this.#is("near-end-stuck");
		return {
			...state,
			paper: isNearEnd ? ("near-end" as const) : paper,
			hasFailed: this.#hasFailed,
			saysOffline: this.#is("says-offline"),
		};
	}

	/** Obeys real-time commands and returns the bytes that are none. */
	#obeyRealTime(bytes: Uint8Array, reply: Reply): Uint8Array {
		const { others, partial } = takeRealTime(bytes, (command) => {
			if (command.kind === "clear") return this.#obeyClear(reply);
			if (command.kind === "status") this.#answers.answer(command.query, this.#epsonState, reply);
			else this.#fail(`the real-time command 10 ${hex(command.second)} is not one of ours`);
			return "goes-on";
		});
		this.#partial = partial;
		return others;
	}

	#obeyClear(reply: Reply): "goes-on" | "forgets" {
		if (this.#is("restarts-at-unknown")) this.#restart();
		if (!this.#knowsIds) return "goes-on";
		this.#clearBuffer();
		this.#recover();
		reply(Uint8Array.of(0x37, 0x25, 0x00));
		return "forgets";
	}

	#work(): void {
		while (!isOffline(this.#epsonState) && !this.#paper.isDelivering && this.#step()) {}
		if (this.#buffer.length >= INPUT_BUFFER_BYTES) return;
		const writers = this.#waitingWriters;
		this.#waitingWriters = [];
		for (const done of writers) done();
	}

	/** Processes one row or one command; false where more bytes are needed. */
	#step(): boolean {
		if (this.#picture.rowsLeft > 0) {
			if (this.#buffer.length < this.#picture.stride) return false;
			this.#paper.printRow(this.#consume(this.#picture.stride));
			this.#picture.rowsLeft -= 1;
			return true;
		}
		const command = readEpsonCommand(this.#buffer, this.#is("crops") ? ANY_WIDTH : this.#options.width);
		if (command.kind === "incomplete") return false;
		// Only the request for confirmation belongs to the piece before it.
		if (this.#paper.holdsCutPiece && command.kind !== "confirm" && command.kind !== "unknown") this.#paper.release();
		if (this.#paper.isDelivering) return true;
		if (command.kind === "unknown") return this.#meetUnknown(command.reason);
		this.#consume(command.length);
		this.#obey(command);
		return true;
	}

	/** The rest of a picture whose height was misread prints as text: noise, and no error that anybody hears of. */
	#meetUnknown(reason: string): boolean {
		if (!this.#is("gsv0-low-byte")) {
			this.#fail(reason);
			return false;
		}
		this.#paper.printRow(this.#consume(1));
		return true;
	}

	#obey(command: KnownCommand): void {
		if (PRINTING.includes(command.kind)) this.#printText();
		switch (command.kind) {
			case "init":
				this.#hasText = false;
				break;
			case "padding":
			case "control":
				break;
			case "automatic":
				this.#reportsChanges = true;
				this.#reportState();
				break;
			case "feed":
				this.#paper.feedRows(command.dots);
				break;
			case "line":
				this.#paper.feedRows(command.lines * LINE_DOTS);
				break;
			case "picture":
				this.#picture = {
					rowsLeft: this.#is("gsv0-low-byte") ? command.rows & 0xff : command.rows,
					stride: command.stride,
				};
				break;
			case "cut":
				this.#hasCut = true;
				if (!this.#is("no-cutter")) this.#paper.cut();
				break;
			case "confirm":
				this.#paper.releaseWithRequest(() => {
					if (this.#knowsIds) this.#send(Uint8Array.of(0x37, 0x22, ...command.id, 0x00));
					this.#endJob();
				});
				if (this.#is("prints-unknown")) this.#hasText = true;
				if (this.#is("restarts-at-unknown")) this.#restart();
				break;
			case "paper":
				if (!this.#is("no-processed")) this.#send(Uint8Array.of(paperSensorByte(this.#epsonState)));
				this.#endJob();
				break;
			default:
				command satisfies never;
		}
	}

	/** What it took for text comes out before whatever is printed next. */
	#printText(): void {
		if (!this.#hasText) return;
		this.#hasText = false;
		for (let row = 0; row < LINE_DOTS; row++) this.#paper.printRow(TEXT_ROW);
	}

	get #knowsIds(): boolean {
		return !this.#is("clone-no-id") && !this.#is("prints-unknown") && !this.#is("restarts-at-unknown");
	}

	#restart(): void {
		this.powerCycle();
		for (const hangUp of [...this.#connections.values()]) hangUp();
	}

	#consume(length: number): Uint8Array {
		const bytes = this.#buffer.slice(0, length);
		this.#buffer = this.#buffer.subarray(length);
		this.#paper.recordBytes(bytes);
		return bytes;
	}

	/** Empties the buffer; what is on the paper stays there. */
	#clearBuffer(): void {
		this.#buffer = new Uint8Array();
		this.#picture = { rowsLeft: 0, stride: 0 };
		this.#paper.forgetBytes();
		this.#paper.release();
	}

	#fail(reason: string): void {
		this.violations.push(reason);
		this.#hasFailed = true;
		this.#reportState();
	}

	#recover(): void {
		if (!this.#hasFailed) return;
		this.#hasFailed = false;
		this.#reportState();
	}

	#send(bytes: Uint8Array): void {
		for (const reply of this.#connections.keys()) reply(bytes);
	}

	#reportState(): void {
		this.#options.onChange?.();
		if (this.#reportsChanges && this.#answers.reportsByItself) this.#send(automaticStatus(this.#epsonState));
	}
}
