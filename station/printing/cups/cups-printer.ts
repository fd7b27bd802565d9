import type { PrinterStatus } from "../../../protocol/model/print.ts";
import type { Bitmap } from "../bitmap.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { PRINTER_TIMES, type PrinterTimes } from "../direct/printer-times.ts";
import type { PrintAttempt, Printer, SendResult } from "../printer.ts";
import type { PrinterSettings } from "../printer-settings.ts";
import { queueCondition, submitJob } from "./cups-queue.ts";

/**
 * A printer behind a queue of this machine (CUPS): the weakest way to print, for printers that
 * nothing else reaches. The spooler says that it took the bytes, and nothing of the paper. So no
 * ticket is ever confirmed: each ends doubtful with the reason "spooler". It is not left `sent`,
 * because staff could not reprint it then. The printer's buffer cannot be cleared: only a cut
 * separates a torn ticket from the next.
 */
export class CupsPrinter implements Printer {
	readonly proof = "sent";
	readonly abilities = undefined;
	readonly #queue: string;
	readonly #dialect: Dialect;
	readonly settings: PrinterSettings;
	readonly #times: PrinterTimes;
	readonly #listeners = new Set<(status: PrinterStatus) => void>();
	readonly #closing = new AbortController();
	readonly #heartbeat: NodeJS.Timeout;
	#status: PrinterStatus = { condition: "unreachable", paperNearEnd: false };
	#checking: Promise<PrinterStatus> | undefined;
	#sending: Promise<SendResult> | undefined;
	#isTorn = false;

	constructor(queue: string, dialect: Dialect, settings: PrinterSettings, times: Partial<PrinterTimes> = {}) {
		this.#queue = queue;
		this.#dialect = dialect;
		this.settings = settings;
		this.#times = { ...PRINTER_TIMES, ...times };
		this.#heartbeat = setInterval(() => void this.check(), this.#times.heartbeatMs);
		this.#heartbeat.unref();
		void this.check();
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
		this.#sending = this.#send(bitmap).finally(() => {
			this.#sending = undefined;
		});
		return { sendResult: this.#sending, confirmation: Promise.resolve({ kind: "doubtful", reason: "spooler" }) };
	}

	doubt(): void {
		this.#isTorn = true;
	}

	async close(): Promise<void> {
		clearInterval(this.#heartbeat);
		this.#closing.abort();
		await Promise.all([this.#checking, this.#sending]);
	}

	async #check(): Promise<PrinterStatus> {
		const condition = await queueCondition(this.#queue, this.#times.answerMs, this.#closing.signal);
		if (condition !== this.#status.condition && !this.#closing.signal.aborted) {
			this.#status = { condition, paperNearEnd: false };
			for (const listener of this.#listeners) listener(this.#status);
		}
		return this.#status;
	}

	async #send(bitmap: Bitmap): Promise<SendResult> {
		if (this.#closing.signal.aborted) return { kind: "untouched", reason: "closed" };
		if (this.#status.condition !== "ready") return { kind: "untouched", reason: this.#status.condition };
		const bytes = this.#dialect.encodeTicket(bitmap, this.settings.format, this.#isTorn);
		const sendResult = await submitJob(this.#queue, bytes, this.#times.writeMs, this.#closing.signal);
		if (sendResult.kind !== "untouched") this.#isTorn = sendResult.kind === "interrupted";
		return sendResult;
	}
}
