import type { PrinterStatus } from "../../protocol/model/print.ts";
import type { Dialect } from "./dialects/dialect.ts";
import type { PrinterTimes } from "./direct-printer.ts";
import type { PrintAttempt, Printer, SendResult } from "./printer.ts";
import type { Bitmap, PaperWidth } from "./render/bitmap.ts";
import { handToSpooler, spoolerStatus } from "./transport/cups-queue.ts";

const TIMES = { answer: 1_500, write: 10_000, heartbeat: 60_000 };

/**
 * A printer behind a queue of this machine (CUPS): the weakest way to print, for printers that
 * nothing else reaches. The spooler says only that it took the bytes; what became of them on
 * paper nobody tells the station. So no ticket is ever confirmed: each ends doubtful with the reason
 * "spooler". It is not left `sent`, because staff could not reprint it then, while the doubtful
 * one is a key away from a marked copy. Its buffer cannot be cleared: only a cut parts a torn ticket.
 */
export class CupsPrinter implements Printer {
	readonly width: PaperWidth;
	readonly proof = "sent";
	readonly #queue: string;
	readonly #dialect: Dialect;
	readonly #times: typeof TIMES;
	readonly #listeners = new Set<(status: PrinterStatus) => void>();
	readonly #closing = new AbortController();
	readonly #heartbeat: NodeJS.Timeout;
	#status: PrinterStatus = { condition: "unreachable", paperNearEnd: false };
	#checking: Promise<PrinterStatus> | undefined;
	#handing: Promise<SendResult> | undefined;
	#torn = false;

	constructor(queue: string, dialect: Dialect, width: PaperWidth, times: Partial<PrinterTimes> = {}) {
		this.#queue = queue;
		this.#dialect = dialect;
		this.width = width;
		this.#times = { ...TIMES, ...times };
		this.#heartbeat = setInterval(() => void this.check(), this.#times.heartbeat);
		this.#heartbeat.unref();
		void this.check();
	}

	/** The queue's state: the printer's own (cover, paper) is unknown. */
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
		if (this.#handing) throw new Error("a printer takes one ticket at a time");
		this.#handing = this.#handOver(bitmap).finally(() => {
			this.#handing = undefined;
		});
		return { sendResult: this.#handing, confirmation: Promise.resolve({ kind: "doubtful", reason: "spooler" }) };
	}

	doubt(): void {
		this.#torn = true;
	}

	async close(): Promise<void> {
		clearInterval(this.#heartbeat);
		this.#closing.abort();
		await Promise.all([this.#checking, this.#handing]);
	}

	async #check(): Promise<PrinterStatus> {
		const condition = await spoolerStatus(this.#queue, this.#times.answer, this.#closing.signal);
		if (condition !== this.#status.condition && !this.#closing.signal.aborted) {
			this.#status = { condition, paperNearEnd: false };
			for (const listener of this.#listeners) listener(this.#status);
		}
		return this.#status;
	}

	async #handOver(bitmap: Bitmap): Promise<SendResult> {
		if (this.#closing.signal.aborted) return { kind: "untouched", reason: "closed" };
		if (this.#status.condition !== "ready") return { kind: "untouched", reason: this.#status.condition };
		const bytes = this.#dialect.encodeTicket(bitmap, this.#dialect.confirmationId(0), this.#torn);
		const handed = await handToSpooler(this.#queue, bytes, this.#times.write, this.#closing.signal);
		if (handed.kind !== "untouched") this.#torn = handed.kind === "interrupted";
		return handed;
	}
}
