import { setTimeout as pause } from "node:timers/promises";
import type { PrinterStatus } from "../../../protocol/model/print.ts";
import type { Bitmap } from "../bitmap.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { PRINTER_TIMES, type PrinterTimes } from "../direct/printer-times.ts";
import type { PrintAttempt, Printer, SendResult } from "../printer.ts";
import type { PrinterMemory } from "../printer-memory.ts";
import type { PrinterSettings } from "../printer-settings.ts";
import type { QueueState, Spooler } from "./spooler.ts";

const STATUS: Readonly<Record<QueueState, PrinterStatus>> = {
	ready: { condition: "ready", paperNearEnd: false },
	stopped: { condition: "offline", reason: "queue-stopped", paperNearEnd: false },
	missing: { condition: "unreachable", reason: "queue-missing", paperNearEnd: false },
};
const JOB_WAITS: PrinterStatus = { condition: "offline", reason: "job-waiting", paperNearEnd: false };
/** After a job that had to be withdrawn, nothing shows whether the printer is back. */
const JOB_STUCK: PrinterStatus = { condition: "offline", reason: "job-stuck", paperNearEnd: false };
/** How often the queue is asked whether a job is out. */
const POLL_MS = 250;

/**
 * A printer behind a queue of this machine (CUPS, or Windows' spooler): the weakest way to print, for printers that
 * nothing else reaches. The spooler says that it took the bytes, and nothing of the paper. So no
 * ticket is ever confirmed: each ends doubtful with the reason "spooler". It is not left `sent`,
 * because staff could not reprint it then.
 *
 * The spooler gets one job at a time. While a job waits in its queue the printer is not ready, and the
 * job can be withdrawn: a printer that is switched on after an hour must not print old tickets. The
 * printer's buffer cannot be cleared: only a cut separates a torn ticket from the next.
 */
export class SpoolerPrinter implements Printer {
	readonly settings: PrinterSettings;
	readonly proof = "sent";
	readonly abilities = undefined;
	readonly #queue: Spooler;
	readonly #memory: PrinterMemory;
	readonly #dialect: Dialect;
	readonly #times: PrinterTimes;
	readonly #listeners = new Set<(status: PrinterStatus) => void>();
	readonly #closing = new AbortController();
	readonly #heartbeat: NodeJS.Timeout;
	/** Nothing is known yet. What the first look finds is then a change, so that the log says it. */
	#status: PrinterStatus = { condition: "unreachable", paperNearEnd: false };
	#checking: Promise<PrinterStatus> | undefined;
	#sending: Promise<SendResult> | undefined;
	#isTorn = false;
	/** Until it is aborted, the queue counts as stuck. */
	#mistrust: AbortSignal | undefined;

	constructor(
		queue: Spooler,
		dialect: Dialect,
		settings: PrinterSettings,
		{ times, memory }: { times: Partial<PrinterTimes> | undefined; memory: PrinterMemory },
	) {
		this.#queue = queue;
		this.#memory = memory;
		this.#dialect = dialect;
		this.settings = settings;
		this.#times = { ...PRINTER_TIMES, ...times };
		this.#heartbeat = setInterval(() => void this.check(), this.#times.heartbeatMs);
		this.#heartbeat.unref();
		this.#checking = this.#cancelLeftover().finally(() => {
			this.#checking = undefined;
		});
	}

	/** The state of the queue. That of the printer (cover, paper) is unknown. */
	get status(): PrinterStatus {
		return this.#status;
	}

	onStatus(listener: (status: PrinterStatus) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	check(): Promise<PrinterStatus> {
		this.#checking ??= this.#check().finally(() => {
			this.#checking = undefined;
		});
		return this.#checking;
	}

	print(bitmap: Bitmap): PrintAttempt {
		if (this.#sending) throw new Error("a printer takes one ticket at a time");
		let job: string | undefined;
		this.#sending = this.#send(bitmap, (submitted) => {
			job = submitted;
		}).finally(() => {
			this.#sending = undefined;
		});
		return {
			sendResult: this.#sending,
			confirmation: Promise.resolve({ kind: "doubtful", reason: "spooler" }),
			withdraw: async (isStuck) => {
				if (isStuck) this.#mistrust = AbortSignal.timeout(this.#times.heartbeatMs);
				if (job === undefined) return;
				await this.#queue.cancel(job, this.#times.answerMs, this.#closing.signal);
				await this.check();
			},
		};
	}

	doubt(): void {
		this.#isTorn = true;
	}

	async close(): Promise<void> {
		clearInterval(this.#heartbeat);
		this.#closing.abort();
		await Promise.all([this.#checking, this.#sending]);
	}

	/**
	 * A job that an earlier run left in the queue: its ticket is doubtful by now, so staff may have printed it again. It
	 * must neither come out later nor keep the queue waiting.
	 */
	async #cancelLeftover(): Promise<PrinterStatus> {
		const { spoolerJob } = this.#memory;
		const { answerMs } = this.#times;
		const { signal } = this.#closing;
		if (spoolerJob !== undefined) {
			const jobs = await this.#queue.waitingJobs(answerMs, signal);
			if (jobs.includes(spoolerJob)) await this.#queue.cancel(spoolerJob, answerMs, signal);
		}
		return this.#check();
	}

	async #check(): Promise<PrinterStatus> {
		const state = await this.#queue.state(this.#times.answerMs, this.#closing.signal);
		const status = state === "ready" ? await this.#statusOfJobs() : STATUS[state];
		const hasChanged = status.condition !== this.#status.condition || status.reason !== this.#status.reason;
		if (hasChanged && !this.#closing.signal.aborted) {
			this.#status = status;
			for (const listener of this.#listeners) listener(status);
		}
		return this.#status;
	}

	async #statusOfJobs(): Promise<PrinterStatus> {
		if (await this.#hasWaitingJob()) return JOB_WAITS;
		return this.#mistrust?.aborted === false ? JOB_STUCK : STATUS.ready;
	}

	/** An ordinary job is out within seconds: only one that waits longer tells of a printer that does not print. */
	async #hasWaitingJob(): Promise<boolean> {
		const { signal } = this.#closing;
		// One that waited before is not waited for again.
		const isKnown = this.#status.reason === JOB_WAITS.reason;
		const deadline = AbortSignal.timeout(this.#times.confirmMs);
		for (;;) {
			const jobs = await this.#queue.waitingJobs(this.#times.answerMs, signal);
			if (jobs.length === 0 || signal.aborted) return false;
			if (isKnown || deadline.aborted) return true;
			await pause(POLL_MS, undefined, { signal }).catch(() => {});
		}
	}

	async #send(bitmap: Bitmap, onSubmitted: (job: string) => void): Promise<SendResult> {
		if (this.#closing.signal.aborted) return { kind: "untouched", reason: "closed" };
		if (this.#status.condition !== "ready") return { kind: "untouched", reason: this.#status.condition };
		const bytes = this.#dialect.encodeTicket(bitmap, this.settings.format, this.#isTorn);
		const { result, job } = await this.#queue.submit(bytes, this.#times.writeMs, this.#closing.signal);
		if (job !== undefined) {
			this.#memory.keepSpoolerJob(job);
			onSubmitted(job);
		}
		if (result.kind !== "untouched") this.#isTorn = result.kind === "interrupted";
		return result;
	}
}
