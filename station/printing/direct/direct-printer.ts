import { randomInt } from "node:crypto";
import type { PrinterStatus, UnreachableReason } from "../../../protocol/model/print.ts";
import type { Bitmap, PaperWidth } from "../bitmap.ts";
import type { Dialect, Reply } from "../dialects/dialect.ts";
import type { Confirmation, PrintAttempt, Printer, PrintProof, SendResult } from "../printer.ts";
import type { Connection } from "../transport/connection.ts";
import type { Transport } from "../transport/transport.ts";
import { unreachableReason } from "../transport/unreachable.ts";
import { PrinterLink } from "./printer-link.ts";
import { PRINTER_TIMES, type PrinterTimes } from "./printer-times.ts";
import { TicketInFlight } from "./ticket-in-flight.ts";

const UNREACHABLE: PrinterStatus = { condition: "unreachable", paperNearEnd: false };
const unreachable = (reason: UnreachableReason): PrinterStatus => ({ ...UNREACHABLE, reason });

/**
 * A printer at the end of a transport: keeps the connection open, knows the printer's state, and sends
 * one ticket at a time. Two rules keep tickets whole: after anything doubtful the printer's buffer is
 * cleared before the next ticket, and that ticket begins with a cut.
 */
export class DirectPrinter implements Printer {
	readonly width: PaperWidth;
	readonly proof: PrintProof;
	readonly #dialect: Dialect;
	readonly #times: PrinterTimes;
	readonly #link: PrinterLink;
	readonly #listeners = new Set<(status: PrinterStatus) => void>();
	#status: PrinterStatus = UNREACHABLE;
	/** What the printer itself last reported. */
	#reported: PrinterStatus = UNREACHABLE;
	/** It has sent something on this connection that its dialect does not know. */
	#sentNoise = false;
	#answer: PromiseWithResolvers<boolean> | undefined;
	#cleared: PromiseWithResolvers<boolean> | undefined;
	/** One at a time: two would take each other's answer, and the printer would seem broken. */
	#clearing: Promise<void> | undefined;
	/** It was asked to clear its buffer and did not. Whatever else it says, it cannot be used. */
	#refusedToClear = false;
	#inFlight: TicketInFlight | undefined;
	/** What an earlier ticket may have left: half a picture in the buffer, or only ink on the paper. */
	#leftover: "none" | "buffer" | "paper" = "none";
	/** Random at first: an answer to an earlier run's request must not match one of ours. */
	#sequence = randomInt(14 ** 4);

	constructor(transport: Transport, dialect: Dialect, width: PaperWidth, times: Partial<PrinterTimes> = {}) {
		this.#dialect = dialect;
		this.proof = dialect.proof;
		this.width = width;
		this.#times = { ...PRINTER_TIMES, ...times };
		this.#link = new PrinterLink(transport, dialect, this.#times, {
			onOpen: (connection) => this.#begin(connection),
			onReply: (reply) => this.#receive(reply),
			onEnd: (reason) => this.#end(reason),
			onFailure: (error) => this.#setStatus(unreachable(unreachableReason(error))),
			onHeartbeat: () => this.check(),
		});
		void this.#link.connect();
	}

	get status(): PrinterStatus {
		return this.#status;
	}

	onStatus(listener: (status: PrinterStatus) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	doubt(): void {
		this.#leftover = "buffer";
	}

	async check(): Promise<PrinterStatus> {
		await this.#link.connect();
		const { connection } = this.#link;
		// A question between the bytes of a picture would become part of the picture.
		if (!connection || this.#inFlight?.phase === "writing") return this.#status;
		if (!(await this.#askStatus(connection))) connection.close("no-answer");
		else if (this.#leftover === "buffer" && !this.#inFlight) {
			this.#clearing ??= this.#clear(connection).finally(() => {
				this.#clearing = undefined;
			});
			await this.#clearing;
		}
		return this.#status;
	}

	print(bitmap: Bitmap): PrintAttempt {
		if (this.#inFlight) throw new Error("a printer takes one ticket at a time");
		const inFlight = new TicketInFlight(this.#dialect.confirmationId(this.#sequence++));
		this.#inFlight = inFlight;
		return { sendResult: this.#send(bitmap, inFlight), confirmation: inFlight.confirmation };
	}

	close(): Promise<void> {
		return this.#link.close();
	}

	async #send(bitmap: Bitmap, inFlight: TicketInFlight): Promise<SendResult> {
		const untouched = (reason: string): SendResult => {
			this.#settle({ kind: "doubtful", reason });
			return { kind: "untouched", reason };
		};
		const { connection } = this.#link;
		if (!connection) return untouched("unreachable");
		if (this.#leftover === "buffer") return untouched("buffer-not-cleared");
		if (this.#status.condition !== "ready") return untouched(this.#status.condition);
		const bytes = this.#dialect.encodeTicket(bitmap, inFlight.id, this.#leftover === "paper");
		inFlight.phase = "writing";
		const written = await connection.write(bytes, this.#times.writeMs);
		if (written.kind === "broken" && !written.touched) {
			inFlight.phase = "before";
			return untouched(written.reason);
		}
		this.#leftover = "none";
		inFlight.phase = "sent";
		if (written.kind === "broken") {
			this.#settle({ kind: "doubtful", reason: written.reason });
			return { kind: "interrupted", reason: written.reason };
		}
		// It may have been confirmed, or have stopped, before the last write was reported.
		if (this.#inFlight === inFlight) {
			inFlight.expectConfirmation(this.#times.confirmMs, () =>
				this.#settle({ kind: "doubtful", reason: "no-confirmation" }),
			);
		}
		return { kind: "sent" };
	}

	/** Settles the ticket that is in flight, if there is one. */
	#settle(
		confirmation: Confirmation,
		leaves: "buffer" | "none" = confirmation.kind === "doubtful" ? "buffer" : "none",
	): void {
		const inFlight = this.#inFlight;
		if (!inFlight) return;
		this.#inFlight = undefined;
		if (leaves === "buffer" && inFlight.phase !== "before") this.#leftover = "buffer";
		inFlight.settle(confirmation);
	}

	/** Asks for the printer's state; false if no answer came in time. Callers at the same time share one question. */
	async #askStatus(connection: Connection): Promise<boolean> {
		const answer = this.#answer ?? Promise.withResolvers<boolean>();
		if (!this.#answer) {
			this.#answer = answer;
			connection.askStatus();
		}
		const answered = await within(this.#times.answerMs, answer.promise);
		if (this.#answer === answer) this.#answer = undefined;
		return answered;
	}

	/** Half a picture left in the buffer would swallow the beginning of the next ticket. */
	async #clear(connection: Connection): Promise<void> {
		const cleared = Promise.withResolvers<boolean>();
		this.#cleared = cleared;
		connection.send(this.#dialect.clearBuffer);
		const done = await within(this.#times.answerMs, cleared.promise);
		if (this.#cleared === cleared) this.#cleared = undefined;
		if (done) {
			this.#leftover = "paper";
			connection.send(this.#dialect.initSequence);
		}
		this.#refusedToClear = !done && connection.open;
		if (connection.open) this.#setStatus(this.#reported);
	}

	#begin(connection: Connection): void {
		this.#sentNoise = false;
		// Half a picture in the buffer would swallow the init sequence: then it follows the clearing.
		if (this.#leftover !== "buffer") connection.send(this.#dialect.initSequence);
		// A host that accepts connections and says nothing is found before a visitor needs paper.
		void this.check();
	}

	#end(reason: string): void {
		this.#answer?.resolve(false);
		this.#cleared?.resolve(false);
		this.#refusedToClear = false;
		if (this.#inFlight?.phase === "sent") this.#settle({ kind: "doubtful", reason });
		const silence = this.#sentNoise ? "other-language" : "no-answer";
		this.#setStatus(unreachable(reason === "no-answer" ? silence : "unreachable"));
	}

	#receive(reply: Reply): void {
		switch (reply.kind) {
			case "status":
				this.#link.markAlive();
				this.#setStatus(reply.status);
				if (reply.answer) this.#answer?.resolve(true);
				if (reply.status.condition !== "ready") this.#stop(reply.status.condition);
				break;
			case "printed":
				if (this.#inFlight?.id === reply.id) this.#settle({ kind: "confirmed" });
				break;
			case "processed":
				if (this.#cleared) this.#cleared.resolve(true);
				// It has processed the whole ticket, so nothing of it is left in the buffer.
				else this.#settle({ kind: "doubtful", reason: "sent-only" }, "none");
				break;
			case "cleared":
				if (this.#cleared) this.#cleared.resolve(true);
				// A Star printer answers only when the paper is back: asked again, it now answers in time.
				else if (this.#refusedToClear) void this.check();
				break;
			case "noise":
				this.#sentNoise = true;
				break;
			default:
				reply satisfies never;
		}
	}

	/** The printer stopped within a ticket. It may continue later, but then on two pieces of paper: that ticket is not printed. */
	#stop(reason: string): void {
		if (this.#inFlight?.phase === "writing") this.#link.connection?.close(reason);
		else if (this.#inFlight?.phase === "sent") this.#settle({ kind: "doubtful", reason });
	}

	#setStatus(reported: PrinterStatus): void {
		this.#reported = reported;
		const isBlocked = this.#refusedToClear && reported.condition === "ready";
		const status: PrinterStatus = isBlocked ? { ...reported, condition: "error" } : reported;
		const { condition, reason, paperNearEnd } = this.#status;
		if (status.condition === condition && status.reason === reason && status.paperNearEnd === paperNearEnd) return;
		this.#status = status;
		for (const listener of this.#listeners) listener(status);
	}
}

/** False if the promise has not resolved in time. */
async function within(ms: number, promise: Promise<boolean>): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<boolean>((resolve) => {
		timer = setTimeout(() => resolve(false), ms);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}
