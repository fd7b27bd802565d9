import type { PrintJobId } from "../../../protocol/model/ids.ts";
import type { PrinterStatus } from "../../../protocol/model/print.ts";
import type { Bitmap } from "../bitmap.ts";
import type { PrintAttempt } from "../printer.ts";
import type { TicketContent } from "../render/ticket-content.ts";
import { BackOff, type BackOffLimits } from "./back-off.ts";
import { UnrenderableJobError } from "./job-renderer.ts";
import { afterRestart, type PrintChange } from "./print-job.ts";
import { PrintersInUse, type QueuePrinter, type TicketPrinter } from "./printers-in-use.ts";
import { SpooledJob } from "./spooled-job.ts";
import { isAsGoodAsItGets, UnqueuedPrints, type UnqueuedTarget } from "./unqueued-prints.ts";

export interface QueuedJob {
	id: PrintJobId;
	/** How often it was sent before: 0 at first. */
	attempts: number;
}

/** The print jobs as the queue sees them. Each call is synchronous, and durable when it returns. */
export interface PrintQueueJobs {
	/** The oldest queued job that should still be printed. */
	next(now: number): QueuedJob | undefined;
	/** Ends some of the queued jobs whose paper has become useless, and returns how many. There may be more. */
	endExpired(now: number): number;
	/** Jobs in `sending` or `sent`. After a start: those that a crash or a power cut left behind. */
	inFlight(): readonly { id: PrintJobId; state: "sending" | "sent" }[];
	/** False if the job's paper has become useless: its ticket is over, or a reprint has replaced it. */
	isWanted(job: PrintJobId, now: number): boolean;
	/** Records a change before it happens. Throws if nothing could be written. */
	record(job: PrintJobId, change: PrintChange, now: number): void;
	paperOf(job: PrintJobId): TicketContent;
	/** Queues a marked copy of a doubtful first paper that is still wanted. False if there is none to queue. */
	printCopy(job: PrintJobId, now: number): boolean;
}

/** The part of pino's logger that the queue needs. */
export interface PrintQueueLog {
	info(details: object, message: string): void;
	warn(details: object, message: string): void;
	error(details: object, message: string): void;
}

export interface PrintQueueDeps extends TicketPrinter {
	jobs: PrintQueueJobs;
	/** Takes tickets while the printer cannot. */
	standby?: TicketPrinter | undefined;
	/** UTC milliseconds now. */
	clock(): number;
	log: PrintQueueLog;
	/** Called when the printer's status has changed. */
	onChange?: (status: PrinterStatus) => void;
	/** The pauses before something is tried again. */
	pauses?: BackOffLimits;
}

export interface PrintQueue {
	/** There may be something to print: call it after each issue. */
	notify(): void;
	status(): PrinterStatus;
	/** Prints a picture that is no ticket, between two tickets. Refuses with PRINTER_NOT_READY; never prints it later. */
	printUnqueued(target: UnqueuedTarget): Promise<void>;
	/** Takes no further job and waits for the one in flight, at most a little longer than a second. */
	close(timeoutMs?: number): Promise<void>;
}

/** How often a job that may wait in a spooler is looked after. */
const SPOOLED_CHECK_MS = 5_000;
const PAUSES: BackOffLimits = { firstMs: 500, longestMs: 15_000 };
/** The station has two seconds to shut down; a job that is still open then is doubtful at the next start. */
const CLOSE_TIMEOUT_MS = 1_200;

/** Starts the print queue: it prints the queued jobs one at a time, oldest first. */
export function startPrintQueue(deps: PrintQueueDeps): PrintQueue {
	return new PrintLoop(deps).start();
}

/** What one round of the loop came to. */
type Progress = "progress" | "nothing-queued" | "try-later";

class PrintLoop {
	readonly #deps: PrintQueueDeps;
	readonly #printers: PrintersInUse;
	readonly #unqueued: UnqueuedPrints;
	readonly #backOff: BackOff;
	readonly #spooled: SpooledJob;
	#closing = false;
	/** Something was queued since the last round began. */
	#isNotified = true;
	/** The printer has become ready since the last round began. */
	#becameReady = false;

	constructor(deps: PrintQueueDeps) {
		this.#deps = deps;
		this.#printers = new PrintersInUse(deps, deps.standby, deps.clock);
		this.#unqueued = new UnqueuedPrints(this.#printers);
		this.#spooled = new SpooledJob(deps, this.#printers);
		this.#backOff = new BackOff(deps.pauses ?? PAUSES);
	}

	start(): PrintQueue {
		const stopListening = this.#printers.onStatus((status) => {
			this.#deps.onChange?.(status);
			// It may be stuck.
			if (this.#spooled.isKnown) this.#isNotified = true;
			// Paper is back, the cover is closed: print what waits.
			if (status.condition !== "ready") return;
			this.#becameReady = true;
			this.#backOff.signal();
		});
		const running = this.#run();
		return {
			notify: () => this.#notify(),
			status: () => this.#printers.status,
			printUnqueued: (target) => {
				const printed = this.#unqueued.add(target);
				this.#notify();
				return printed;
			},
			close: async (timeoutMs = CLOSE_TIMEOUT_MS) => {
				this.#closing = true;
				this.#backOff.close();
				await Promise.race([running, pause(timeoutMs)]);
				stopListening();
			},
		};
	}

	#notify(): void {
		this.#isNotified = true;
		this.#backOff.signal();
	}

	async #run(): Promise<void> {
		await this.#untilWritten("recover", () => this.#recover());
		while (!this.#closing) {
			this.#isNotified = false;
			this.#becameReady = false;
			await this.#spooled.withdrawUnwanted();
			const stuck = await this.#spooled.withdrawStuck();
			if (stuck) await this.#copyToOther(stuck.job, stuck.by);
			await this.#unqueued.printAll();
			const progress = await this.#processNext();
			if (progress === "progress") this.#backOff.reset();
			else if (progress === "nothing-queued") await this.#waitForWork();
			else await this.#pause();
		}
	}

	#waitForWork(): Promise<void> {
		const timeoutMs = this.#spooled.isKnown ? SPOOLED_CHECK_MS : undefined;
		return this.#backOff.waitUntil(() => this.#isNotified, timeoutMs);
	}

	/** New tickets do not end the pause, however many: only a printer that becomes ready does. */
	#pause(): Promise<void> {
		return this.#backOff.pause(() => this.#becameReady);
	}

	/** A job that was in flight when the station ended is doubtful, and part of it may still be in the printer. */
	#recover(): void {
		const { jobs, clock, log } = this.#deps;
		for (const { id, state } of jobs.inFlight()) {
			const change = afterRestart(state);
			if (!change) continue;
			this.#printers.doubt();
			jobs.record(id, change, clock());
			log.warn(
				{ event: "print.job.doubtful", job: id, state, reason: "restart" },
				"the station ended while this ticket was printed; it may or may not be on paper",
			);
		}
	}

	async #processNext(): Promise<Progress> {
		const { jobs, clock, log } = this.#deps;
		try {
			if (jobs.endExpired(clock()) > 0) return await yieldToRequests();
			const job = jobs.next(clock());
			return job ? await this.#process(job) : "nothing-queued";
		} catch (err) {
			log.error({ event: "print.queue.failed", err }, "the print queue could not continue; it tries again");
			return "try-later";
		}
	}

	async #process(job: QueuedJob): Promise<Progress> {
		const { jobs, clock } = this.#deps;
		for (const one of await this.#printers.inOrder()) {
			const [bitmap, { condition }] = await Promise.all([this.#render(one, job), one.printer.check()]);
			if (!bitmap) return "progress";
			if (this.#closing) return "try-later";
			if (condition !== "ready") continue;
			// The first one became ready meanwhile.
			if (one.isStandby && !this.#printers.status.insteadOf) return "progress";
			jobs.record(job.id, { type: "print.sending", attempt: job.attempts + 1 }, clock());
			const attempt = one.printer.print(bitmap);
			this.#spooled.remember(job.id, one, attempt);
			const progress = await this.#follow(job.id, one, attempt);
			this.#spooled.follow();
			return progress;
		}
		return "try-later";
	}

	/** Undefined if the ticket cannot be rendered: the job has failed. */
	async #render({ renderer }: QueuePrinter, { id }: QueuedJob): Promise<Bitmap | undefined> {
		const { jobs, log, clock } = this.#deps;
		try {
			return await renderer.render(id, () => jobs.paperOf(id));
		} catch (err) {
			if (!(err instanceof UnrenderableJobError)) throw err;
			log.error({ event: "print.job.failed", err, job: id }, "this ticket cannot be rendered");
			jobs.record(id, { type: "print.failed", reason: "cannot-be-drawn" }, clock());
			return undefined;
		}
	}

	/** Records what becomes of a job that was given to the printer. */
	async #follow(job: PrintJobId, by: QueuePrinter, { sendResult, confirmation }: PrintAttempt): Promise<Progress> {
		const { log } = this.#deps;
		const result = await sendResult;
		switch (result.kind) {
			case "untouched":
				log.warn({ event: "print.job.requeued", job, reason: result.reason }, "nothing was sent; the ticket waits");
				await this.#record(job, { type: "print.requeued", reason: result.reason });
				return "try-later";
			case "interrupted":
				await this.#doubt(job, result.reason, "sending was interrupted; the ticket is doubtful");
				await this.#copyToOther(job, by);
				break;
			case "sent": {
				await this.#record(job, { type: "print.sent" });
				const outcome = await confirmation;
				if (outcome.kind === "confirmed") await this.#record(job, { type: "print.confirmed" });
				else await this.#doubt(job, outcome.reason, "the printer did not confirm; the ticket is doubtful");
				if (!isAsGoodAsItGets(outcome)) await this.#copyToOther(job, by);
				break;
			}
			default:
				result satisfies never;
		}
		by.renderer.forget();
		return "progress";
	}

	/** The printer stopped within a ticket: the other one prints it, marked as a copy, because the first paper may exist. */
	async #copyToOther(job: PrintJobId, by: QueuePrinter): Promise<void> {
		const { jobs, clock, log } = this.#deps;
		const other = await this.#printers.findReplacement(by);
		if (!other || this.#closing || !jobs.printCopy(job, clock())) return;
		log.warn(
			{ event: "print.job.copied", job, standby: other.isStandby },
			"the printer stopped within this ticket; the other printer prints a marked copy",
		);
	}

	#doubt(job: PrintJobId, reason: string, message: string): Promise<void> {
		this.#deps.log.warn({ event: "print.job.doubtful", job, reason }, message);
		return this.#record(job, { type: "print.doubtful", reason });
	}

	/** What has happened must be recorded: tries until it is written. */
	#record(job: PrintJobId, change: PrintChange): Promise<void> {
		const { jobs, clock } = this.#deps;
		return this.#untilWritten(change.type, () => jobs.record(job, change, clock()));
	}

	async #untilWritten(what: string, write: () => void): Promise<void> {
		for (;;) {
			try {
				write();
				return;
			} catch (err) {
				this.#deps.log.error(
					{ event: "print.record.failed", what, err },
					`writing "${what}" failed; it is tried again`,
				);
				if (this.#closing) return;
				await this.#pause();
			}
		}
	}
}

/** Lets requests that wait be answered first. */
function yieldToRequests(): Promise<"progress"> {
	return new Promise((resolve) => {
		setImmediate(resolve, "progress");
	});
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms).unref();
	});
}
