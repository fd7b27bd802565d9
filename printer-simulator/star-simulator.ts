import { type RasterCommand, readRasterCommand } from "../station/printing/dialects/star/read-raster-command.ts";
import { readStarCommand } from "../station/printing/dialects/star/read-star-command.ts";
import { COUNTER, LINE_ROWS } from "../station/printing/dialects/star/star-bytes.ts";
import type { Behaviours } from "./behaviours.ts";
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
import { isOffline, StarAnswers } from "./star-answers.ts";

const ESC = 0x1b;
const ACK = 0x06;
const SOH = 0x01;
/** Dots of one line feed after ESC @: 4 mm. */
const DEFAULT_SPACING_DOTS = 32;
const PRINTING: readonly RasterCommand["kind"][] = ["picture", "line", "feed", "cut"];
const TEXT_ROW = Uint8Array.of(0xaa, 0xaa, 0xaa);

/**
 * A Star printer without the hardware, by Star's manual; strict as EpsonSimulator is. ESC ACK SOH takes
 * effect as it arrives, all else in its turn. A picture line waits for its LF, or for the cut. One of the TSP100
 * family (`hasOnlyGraphics`) takes rows instead of lines, and prints them at a form feed.
 */
export class StarSimulator implements PrinterSimulator {
	readonly violations: string[] = [];
	readonly behaviours: Behaviours;
	readonly #options: SimulatorOptions;
	readonly #hasOnlyGraphics: boolean;
	readonly #paper: PaperPath;
	readonly #answers: StarAnswers;
	/** With what closes each. */
	readonly #connections = new Map<Reply, () => void>();
	/** A piece was cut off since a connection was last closed. */
	#hasCut = false;
	#state: SimulatorState = { paper: "full", coverOpen: false, cutterJammed: false };
	#hasFailed = false;
	#reportsChanges = false;
	#counter = 0;
	#spacingDots = DEFAULT_SPACING_DOTS;
	#buffer: Uint8Array = new Uint8Array();
	/** The beginning of what may become a real-time command. */
	#partial: Uint8Array = new Uint8Array();
	/** A picture line that no line feed has printed yet, or rows that no form feed has. */
	#line: Uint8Array[] = [];
	/** The line that is printed next has text in it. */
	#hasText = false;
	#isRaster = false;
	#formFeedCuts = false;
	#waitingWriters: (() => void)[] = [];
	#idleTimer: NodeJS.Timeout | undefined;

	constructor(options: SimulatorOptions, hasOnlyGraphics = false) {
		this.#options = options;
		this.#hasOnlyGraphics = hasOnlyGraphics;
		this.behaviours = options.behaviours ?? new Set();
		this.#answers = new StarAnswers(this.behaviours);
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
		this.#buffer = new Uint8Array();
		this.#partial = new Uint8Array();
		this.#line = [];
		this.#hasText = false;
		this.#isRaster = false;
		this.#reportsChanges = false;
		this.#hasFailed = false;
		this.#counter = 0;
		this.#paper.forgetBytes();
		this.#paper.release();
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
		const others = this.#obeyRealTime(Buffer.concat([this.#partial, bytes]), reply);
		this.#buffer = Buffer.concat([this.#buffer, others]);
		this.#work();
		if (this.#buffer.length < INPUT_BUFFER_BYTES) done();
		else this.#waitingWriters.push(done);
		this.#idleTimer = setTimeout(() => this.#goIdle(), IDLE_MS);
		this.#idleTimer.unref();
	}

	/** Without a cutter a person tears the paper off once it rests. */
	#goIdle(): void {
		if (this.behaviours.has("no-cutter")) this.#paper.cut();
		this.#paper.release();
		this.#endJob();
	}

	/** Some print servers take a connection for one job. */
	#endJob(): void {
		if (!this.behaviours.has("closes-after-job") || !this.#hasCut) return;
		this.#hasCut = false;
		for (const hangUp of [...this.#connections.values()]) hangUp();
	}

	settled(): Promise<void> {
		if (this.behaviours.has("no-cutter")) this.#paper.cut();
		return this.#paper.settled();
	}

	get #starState() {
		return { ...this.#state, hasFailed: this.#hasFailed };
	}

	/** Answers questions about the state and returns the bytes that are none. */
	#obeyRealTime(bytes: Uint8Array, reply: Reply): Uint8Array {
		const others: Uint8Array[] = [];
		this.#partial = new Uint8Array();
		let from = 0;
		for (let at = bytes.indexOf(ESC); at >= 0; at = bytes.indexOf(ESC, Math.max(at + 1, from))) {
			const second = bytes[at + 1];
			const third = bytes[at + 2];
			if (second !== undefined && second !== ACK) continue;
			others.push(bytes.subarray(from, at));
			if (second === undefined || third === undefined) {
				this.#partial = bytes.slice(at);
				from = bytes.length;
				break;
			}
			if (third === SOH) this.#answers.answer(this.#starState, reply);
			// NULs that fill up a torn question are no error.
			else if (third !== 0) this.#fail(`the real-time command 1b 06 ${third.toString(16)} is not one of ours`);
			from = at + 3;
		}
		others.push(bytes.subarray(from));
		return Buffer.concat(others);
	}

	#work(): void {
		while (!isOffline(this.#starState) && !this.#paper.isDelivering && this.#step()) {}
		if (this.#buffer.length >= INPUT_BUFFER_BYTES) return;
		const writers = this.#waitingWriters;
		this.#waitingWriters = [];
		for (const done of writers) done();
	}

	/** Processes one command; false where more bytes are needed. */
	#step(): boolean {
		const width = this.behaviours.has("crops") ? ANY_WIDTH : this.#options.width;
		const command = this.#hasOnlyGraphics
			? readRasterCommand(this.#buffer, width, this.#isRaster)
			: readStarCommand(this.#buffer, width);
		if (command.kind === "incomplete") return false;
		if (command.kind === "unknown") {
			this.#fail(command.reason);
			return false;
		}
		if (this.#paper.holdsCutPiece && command.kind !== "counter") this.#paper.release();
		if (this.#paper.isDelivering) return true;
		const bytes = this.#buffer.slice(0, command.length);
		this.#buffer = this.#buffer.subarray(command.length);
		if (command.kind !== "padding") this.#paper.recordBytes(bytes);
		this.#obey(command, bytes);
		return true;
	}

	#obey(command: Exclude<RasterCommand, { kind: "incomplete" | "unknown" }>, bytes: Uint8Array): void {
		if (PRINTING.includes(command.kind)) this.#printText();
		switch (command.kind) {
			case "padding":
				break;
			case "init":
				this.#hasText = false;
				this.#spacingDots = DEFAULT_SPACING_DOTS;
				break;
			case "automatic":
				this.#reportsChanges = command.on;
				this.#reportState();
				break;
			case "spacing":
				this.#spacingDots = command.dots;
				break;
			case "picture":
				this.#line = rowsOf(bytes.subarray(4), command.stride);
				break;
			case "line":
				this.#printLine(this.#spacingDots);
				break;
			case "cut":
				if (this.#line.length > 0) this.#printLine(LINE_ROWS);
				this.#cut();
				break;
			case "feed":
				if (this.#isRaster) this.#line.push(...Array.from({ length: command.dots }, () => new Uint8Array()));
				else this.#paper.feedRows(command.dots);
				break;
			case "enter":
				this.#isRaster = true;
				this.#line = [];
				break;
			case "leave":
				this.#isRaster = false;
				this.#line = [];
				break;
			case "form-feed-mode":
				if (this.#line.length === 0) this.#formFeedCuts = command.cuts;
				break;
			case "row":
				this.#line.push(command.dots);
				break;
			case "form-feed":
				this.#printLine(this.#line.length);
				if (this.#formFeedCuts) this.#cut();
				break;
			case "counter":
				this.#paper.releaseWithRequest(() => this.#answerCounter(command));
				break;
			default:
				command satisfies never;
		}
	}

	#cut(): void {
		this.#hasCut = true;
		if (!this.behaviours.has("no-cutter")) this.#paper.cut();
	}

	#printLine(dots: number): void {
		for (const row of this.#line) this.#paper.printRow(row);
		this.#paper.feedRows(dots - this.#line.length);
		this.#line = [];
	}

	#answerCounter({ update, id }: { update: boolean; id: Uint8Array }): void {
		if (this.behaviours.has("restarts-at-unknown")) {
			this.#restart();
			return;
		}
		// One of the TSP100 family prints no text.
		if (this.behaviours.has("prints-unknown")) this.#hasText = !this.#hasOnlyGraphics;
		if (this.behaviours.has("clone-no-id") || this.behaviours.has("prints-unknown")) return;
		if (update) this.#counter = (this.#counter + 1) & 0xff;
		this.#send(Uint8Array.of(...COUNTER, update ? 1 : 0, ...id, this.#counter, 0));
		this.#endJob();
	}

	/** What it took for text comes out before whatever is printed next. */
	#printText(): void {
		if (!this.#hasText) return;
		this.#hasText = false;
		for (let row = 0; row < LINE_ROWS; row++) this.#paper.printRow(TEXT_ROW);
	}

	#restart(): void {
		this.powerCycle();
		for (const hangUp of [...this.#connections.values()]) hangUp();
	}

	#fail(reason: string): void {
		this.violations.push(reason);
		this.#hasFailed = true;
		this.#reportState();
	}

	#send(bytes: Uint8Array): void {
		for (const reply of this.#connections.keys()) reply(bytes);
	}

	#reportState(): void {
		this.#options.onChange?.();
		if (this.#reportsChanges) this.#answers.report(this.#starState, (bytes) => this.#send(bytes));
	}
}

/** ESC k's data as 24 rows. */
function rowsOf(dots: Uint8Array, stride: number): Uint8Array[] {
	return Array.from({ length: LINE_ROWS }, (_, row) => dots.subarray(row * stride, (row + 1) * stride));
}
