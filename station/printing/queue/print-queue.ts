import type { PrinterStatus } from "../../../protocol/model/print.ts";
import { Refusal } from "../../refusal.ts";
import type { PrintAttempt, Printer } from "../printer.ts";
import type { Bitmap } from "../render/bitmap.ts";
import { type Rendering, RenderingError } from "../render/rendering.ts";
import type { TicketContent } from "../render/ticket-content.ts";
import { afterRestart, type PrintChange } from "./print-job.ts";

export interface QueuedJob {
	id: string;
	/** How often it was sent before: 0 at first. */
	attempts: number;
}

/** The press's view of the print jobs' table. Each call is one synchronous, durable act. */
export interface PrintQueueJobs {
	/** The oldest queued job that should still be printed. */
	next(now: number): QueuedJob | undefined;
	/** Ends a few of the queued jobs whose paper is of no use any more, and tells how many: perhaps not all. */
	endExpired(now: number): number;
	/** Jobs in `sending` or `sent`: after a start, those that a crash or a power loss left behind. */
	inFlight(): readonly { id: string; state: "sending" | "sent" }[];
	/** Writes a change before its act. Throws where nothing could be written. */
	record(job: string, change: PrintChange, now: number): void;
	paperOf(job: string): TicketContent;
}

/** The part of pino's logger that the press needs. */
export interface PrintQueueLog {
	info(details: object, message: string): void;
	warn(details: object, message: string): void;
	error(details: object, message: string): void;
}

export interface PrintQueueDeps {
	book: PrintQueueJobs;
	printer: Printer;
	rendering: Pick<Rendering, "render">;
	/** UTC milliseconds now. */
	clock(): number;
	log: PrintQueueLog;
	/** Told when the printer's status has changed. */
	onChange?: (status: PrinterStatus) => void;
	/** The first and the longest pause, in milliseconds, before something is tried again. */
	pauses?: { first: number; longest: number };
}

export interface PrintQueue {
	/** There may be something to print: call after each issue. Costs nothing when there is not. */
	notify(): void;
	status(): PrinterStatus;
	/** Prints a picture that is no ticket, between two tickets. Refuses with PRINTER_NOT_READY; never prints it later. */
	printUnqueued(bitmap: Bitmap): Promise<void>;
	/** Takes no further job and waits for the one under way, at most a little longer than a second. */
	close(): Promise<void>;
}

const PAUSES = { first: 500, longest: 15_000 };
/** The station has two seconds to end; a job that is still open then is doubtful at the next start. */
const CLOSE_MS = 1_200;

/** Starts the press: it prints what the book has queued, one job at a time, oldest first. */
export function startPrintQueue(deps: PrintQueueDeps): PrintQueue {
	return new KioskEffects(deps).printQueue();
}

/** A ticket that three times could not be drawn must not keep the others waiting. */
const MAX_RENDER_ATTEMPTS = 3;

/** What a turn of the press came to. */
type Turn = "done" | "nothing-queued" | "again-later";

class KioskEffects {
	readonly #parts: PrintQueueDeps;
	readonly #pauses: { first: number; longest: number };
	#pause: number;
	#closing = false;
	/** Something was queued since the last look. */
	#woken = true;
	/** The printer has become ready since the last look. */
	#ready = false;
	/** Ends the present rest, if what it waits for has come. */
	#rouse: (() => void) | undefined;
	#failedDrawings = 0;
	readonly #loose: { bitmap: Bitmap; resolve(): void; reject(fault: Error): void }[] = [];
	/** The picture of a job that could not be printed yet. */
	#drawn: { job: string; bitmap: Promise<Bitmap> } | undefined;

	constructor(deps: PrintQueueDeps) {
		this.#parts = deps;
		this.#pauses = deps.pauses ?? PAUSES;
		this.#pause = this.#pauses.first;
	}

	printQueue(): PrintQueue {
		const { printer, onChange } = this.#parts;
		const forget = printer.onStatus((status) => {
			onChange?.(status);
			// Paper is back, the cover is closed: print what waits, now.
			if (status.condition !== "ready") return;
			this.#ready = true;
			this.#rouse?.();
		});
		const running = this.#run();
		return {
			notify: () => {
				this.#woken = true;
				this.#rouse?.();
			},
			status: () => printer.status,
			printUnqueued: (bitmap) =>
				new Promise((resolve, reject) => {
					this.#loose.push({ bitmap, resolve, reject });
					this.#woken = true;
					this.#rouse?.();
				}),
			close: async () => {
				this.#closing = true;
				this.#rouse?.();
				await Promise.race([running, pause(CLOSE_MS)]);
				forget();
			},
		};
	}

	async #run(): Promise<void> {
		await this.#untilDone("settling what the last run left", () => this.#settleLeftovers());
		while (!this.#closing) {
			this.#woken = false;
			this.#ready = false;
			await this.#printLoosePapers();
			const turn = await this.#turn();
			if (turn === "done") this.#pause = this.#pauses.first;
			else if (turn === "nothing-queued") await this.#rest(() => this.#woken);
			else await this.#restABit();
		}
	}

	/** What was under way when the station ended is doubtful, and may still be in the printer. */
	#settleLeftovers(): void {
		const { book, printer, clock, log } = this.#parts;
		for (const { id, state } of book.inFlight()) {
			const change = afterRestart(state);
			if (!change) continue;
			printer.doubt();
			book.record(id, change, clock());
			log.warn({ job: id, state }, "nobody can say whether this ticket was printed before the station ended");
		}
	}

	async #printLoosePapers(): Promise<void> {
		for (let paper = this.#loose.shift(); paper && !this.#closing; paper = this.#loose.shift()) {
			const { printer } = this.#parts;
			const { condition } = await printer.check();
			if (condition !== "ready") {
				paper.reject(new Refusal("PRINTER_NOT_READY", { condition }));
				continue;
			}
			const { sendResult, confirmation } = printer.print(paper.bitmap);
			const handed = await sendResult;
			const said = handed.kind === "sent" ? await confirmation : undefined;
			if (said?.kind === "confirmed" || (said && printer.proof === "sent")) paper.resolve();
			else {
				if (handed.kind !== "untouched") printer.doubt();
				paper.reject(new Refusal("PRINTER_NOT_READY", { condition: printer.status.condition }));
			}
		}
	}

	async #turn(): Promise<Turn> {
		const { book, printer, clock, log } = this.#parts;
		try {
			if (book.endExpired(clock()) > 0) return await breathe();
			const job = book.next(clock());
			if (!job) return "nothing-queued";
			const [bitmap, status] = await Promise.all([this.#bitmapOf(job), printer.check()]);
			if (!bitmap) return "done";
			if (status.condition !== "ready" || this.#closing) return "again-later";
			book.record(job.id, { type: "print.sending", attempt: job.attempts + 1 }, clock());
			return await this.#print(job, printer.print(bitmap));
		} catch (err) {
			log.error({ err }, "the press could not go on; it tries again");
			return "again-later";
		}
	}

	/** Undefined where the ticket cannot be drawn: the job has failed. */
	async #bitmapOf(job: QueuedJob): Promise<Bitmap | undefined> {
		const { book, rendering, log, clock } = this.#parts;
		try {
			if (this.#drawn?.job !== job.id) {
				this.#drawn = { job: job.id, bitmap: rendering.render(book.paperOf(job.id)) };
			}
			const bitmap = await this.#drawn.bitmap;
			this.#failedDrawings = 0;
			return bitmap;
		} catch (err) {
			this.#drawn = undefined;
			this.#failedDrawings += 1;
			const hopeless = err instanceof RenderingError && err.blame === "paper";
			if (!hopeless && this.#failedDrawings < MAX_RENDER_ATTEMPTS) throw err;
			log.error({ err, job: job.id }, "this ticket cannot be drawn");
			book.record(job.id, { type: "print.failed", reason: "cannot-be-drawn" }, clock());
			this.#failedDrawings = 0;
			return undefined;
		}
	}

	async #print(job: QueuedJob, { sendResult, confirmation }: PrintAttempt): Promise<Turn> {
		const { log } = this.#parts;
		const handed = await sendResult;
		switch (handed.kind) {
			case "untouched":
				log.warn({ job: job.id, reason: handed.reason }, "nothing was sent; the ticket waits");
				await this.#record(job.id, { type: "print.requeued", reason: handed.reason });
				return "again-later";
			case "interrupted":
				log.warn({ job: job.id, reason: handed.reason }, "sending broke off; the ticket is doubtful");
				await this.#record(job.id, { type: "print.doubtful", reason: handed.reason });
				break;
			case "sent":
				await this.#record(job.id, { type: "print.sent" });
				await this.#conclude(job.id, confirmation);
				break;
			default:
				handed satisfies never;
		}
		this.#drawn = undefined;
		return "done";
	}

	async #conclude(job: string, confirmation: PrintAttempt["confirmation"]): Promise<void> {
		const outcome = await confirmation;
		if (outcome.kind === "confirmed") return this.#record(job, { type: "print.confirmed" });
		this.#parts.log.warn({ job, reason: outcome.reason }, "the printer did not confirm; the ticket is doubtful");
		return this.#record(job, { type: "print.doubtful", reason: outcome.reason });
	}

	/** After an act there is no way back: writes until it is written. */
	#record(job: string, change: PrintChange): Promise<void> {
		const { book, clock } = this.#parts;
		return this.#untilDone(`recording ${change.type}`, () => book.record(job, change, clock()));
	}

	async #untilDone(what: string, act: () => void): Promise<void> {
		for (;;) {
			try {
				act();
				return;
			} catch (err) {
				this.#parts.log.error({ err }, `${what} failed`);
				if (this.#closing) return;
				await this.#restABit();
			}
		}
	}

	/**
	 * Each time longer than before, so that a fault that stays does not keep the station busy. New
	 * tickets do not end the pause, however many: only a printer that becomes ready does.
	 */
	async #restABit(): Promise<void> {
		const ms = this.#pause;
		this.#pause = Math.min(ms * 2, this.#pauses.longest);
		await this.#rest(() => this.#ready, ms);
		if (this.#ready) this.#pause = this.#pauses.first;
	}

	/** Until `over` is so, the time has passed, or the press closes. */
	async #rest(over: () => boolean, ms?: number): Promise<void> {
		if (over() || this.#closing) return;
		const backOff = Promise.withResolvers<void>();
		const timer = ms === undefined ? undefined : setTimeout(backOff.resolve, ms);
		timer?.unref();
		this.#rouse = () => {
			if (over() || this.#closing) backOff.resolve();
		};
		await backOff.promise;
		clearTimeout(timer);
		this.#rouse = undefined;
	}
}

/** Lets requests that wait be answered first. */
function breathe(): Promise<"done"> {
	return new Promise((resolve) => {
		setImmediate(resolve, "done");
	});
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms).unref();
	});
}
