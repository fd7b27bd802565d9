import { randomInt } from "node:crypto";
import type { PrinterStatus, UnreachableReason } from "../../protocol/model/print.ts";
import type { Dialect, Reply } from "./dialects/dialect.ts";
import type { Confirmation, PrintAttempt, Printer, PrintProof, SendResult } from "./printer.ts";
import type { Bitmap, PaperWidth } from "./render/bitmap.ts";
import { Connection } from "./transport/connection.ts";
import type { Transport } from "./transport/transport.ts";
import { unreachableReason } from "./transport/unreachable.ts";

/** All in milliseconds. */
export interface PrinterTimes {
	/** How long an answer to a question may take. */
	answer: number;
	/** How long the printer may take to accept a ticket's bytes. */
	write: number;
	/** How long the paper may take after that. An 85 mm ticket takes 1 s at 150 mm/s. */
	confirm: number;
	/** How often an idle connection is used: printers close it after five minutes. */
	heartbeat: number;
	/** The first and the longest pause before connecting again. */
	reconnectFirst: number;
	reconnectLongest: number;
}

const TIMES: PrinterTimes = {
	answer: 1_500,
	write: 10_000,
	confirm: 8_000,
	heartbeat: 60_000,
	reconnectFirst: 250,
	reconnectLongest: 10_000,
};

const UNREACHABLE: PrinterStatus = { condition: "unreachable", paperNearEnd: false };
const unreachable = (reason: UnreachableReason): PrinterStatus => ({ ...UNREACHABLE, reason });

/** A ticket on its way: what the printer says meanwhile decides it. */
interface InFlight {
	id: string;
	/** Before the first byte nothing can go wrong with it; while writing nothing else may be sent. */
	phase: "before" | "writing" | "sent";
	timer: NodeJS.Timeout | undefined;
	confirmation: PromiseWithResolvers<Confirmation>;
}

/**
 * A printer at the end of a wire: keeps the connection open, knows the printer's state, and sends
 * one ticket at a time. Two rules keep tickets whole (facts/printing.md): after anything doubtful
 * the printer's buffer is cleared before the next ticket, and that one begins with a cut.
 */
export class DirectPrinter implements Printer {
	readonly width: PaperWidth;
	readonly proof: PrintProof;
	readonly #wire: Transport;
	readonly #dialect: Dialect;
	readonly #times: PrinterTimes;
	readonly #listeners = new Set<(status: PrinterStatus) => void>();
	readonly #closing = new AbortController();
	#status: PrinterStatus = UNREACHABLE;
	/** The printer's own last words. */
	#reported: PrinterStatus = UNREACHABLE;
	#connection: Connection | undefined;
	#connecting: Promise<void> | undefined;
	/** It said something on this connection that is no answer of its language. */
	#babbled = false;
	#pause: number;
	#timer: NodeJS.Timeout | undefined;
	#answered: PromiseWithResolvers<boolean> | undefined;
	#cleared: PromiseWithResolvers<boolean> | undefined;
	/** Two at once would take each other's answer, and one of them would call the printer broken. */
	#clearing: Promise<void> | undefined;
	/** It was asked to clear its buffer and did not: whatever else it says, it cannot be used. */
	#clearRefused = false;
	#underWay: InFlight | undefined;
	/** What an earlier ticket may have left: half a picture in the buffer, or only ink on the paper. */
	#leftover: "none" | "buffer" | "paper" = "none";
	/** Random at first: an answer to an earlier run's request must not be taken for one of ours. */
	#sequence = randomInt(14 ** 4);

	constructor(transport: Transport, dialect: Dialect, width: PaperWidth, times: Partial<PrinterTimes> = {}) {
		this.#wire = transport;
		this.#dialect = dialect;
		this.proof = dialect.proof;
		this.width = width;
		this.#times = { ...TIMES, ...times };
		this.#pause = this.#times.reconnectFirst;
		void this.#connect();
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
		if (!this.#connection?.open) await this.#connect();
		const connection = this.#connection;
		// A question between a picture's bytes would become part of the picture.
		if (!connection?.open || this.#underWay?.phase === "writing") return this.#status;
		const asked = this.#answered ?? Promise.withResolvers<boolean>();
		if (!this.#answered) {
			this.#answered = asked;
			connection.askStatus();
		}
		const answered = await within(this.#times.answer, asked.promise);
		if (this.#answered === asked) this.#answered = undefined;
		if (!answered) connection.close("no-answer");
		else if (this.#leftover === "buffer" && !this.#underWay) {
			this.#clearing ??= this.#clear(connection).finally(() => {
				this.#clearing = undefined;
			});
			await this.#clearing;
		}
		return this.#status;
	}

	print(bitmap: Bitmap): PrintAttempt {
		if (this.#underWay) throw new Error("a printer takes one ticket at a time");
		const id = this.#dialect.confirmationId(this.#sequence++);
		const inFlight: InFlight = { id, phase: "before", timer: undefined, confirmation: Promise.withResolvers() };
		this.#underWay = inFlight;
		return { sendResult: this.#handOver(bitmap, inFlight), confirmation: inFlight.confirmation.promise };
	}

	async close(): Promise<void> {
		this.#closing.abort();
		clearTimeout(this.#timer);
		this.#connection?.close("closed");
		await this.#connecting;
	}

	async #handOver(bitmap: Bitmap, inFlight: InFlight): Promise<SendResult> {
		const untouched = (reason: string): SendResult => {
			this.#settle({ kind: "doubtful", reason });
			return { kind: "untouched", reason };
		};
		const connection = this.#connection;
		if (!connection?.open) return untouched("unreachable");
		if (this.#leftover === "buffer") return untouched("buffer-not-cleared");
		if (this.#status.condition !== "ready") return untouched(this.#status.condition);
		const bytes = this.#dialect.encodeTicket(bitmap, inFlight.id, this.#leftover === "paper");
		inFlight.phase = "writing";
		const written = await connection.write(bytes, this.#times.write);
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
		if (this.#underWay === inFlight) {
			inFlight.timer = setTimeout(
				() => this.#settle({ kind: "doubtful", reason: "no-confirmation" }),
				this.#times.confirm,
			);
		}
		return { kind: "sent" };
	}

	/** Decides the ticket that is under way, if there is one. */
	#settle(
		confirmation: Confirmation,
		leaves: "buffer" | "none" = confirmation.kind === "doubtful" ? "buffer" : "none",
	): void {
		const inFlight = this.#underWay;
		if (!inFlight) return;
		this.#underWay = undefined;
		clearTimeout(inFlight.timer);
		if (leaves === "buffer" && inFlight.phase !== "before") this.#leftover = "buffer";
		inFlight.confirmation.resolve(confirmation);
	}

	/** Half a picture left in the buffer would swallow the beginning of the next ticket. */
	async #clear(connection: Connection): Promise<void> {
		const cleared = Promise.withResolvers<boolean>();
		this.#cleared = cleared;
		connection.send(this.#dialect.clearBuffer);
		const done = await within(this.#times.answer, cleared.promise);
		if (this.#cleared === cleared) this.#cleared = undefined;
		if (done) {
			this.#leftover = "paper";
			connection.send(this.#dialect.initSequence);
		}
		this.#clearRefused = !done && connection.open;
		if (connection.open) this.#setStatus(this.#reported);
	}

	/** Opens the connection where there is none; one attempt at a time. Never rejects. */
	#connect(): Promise<void> {
		if (this.#closing.signal.aborted || this.#connection?.open) return Promise.resolve();
		clearTimeout(this.#timer);
		this.#connecting ??= this.#openWire().finally(() => {
			this.#connecting = undefined;
		});
		return this.#connecting;
	}

	async #openWire(): Promise<void> {
		try {
			const duplex = await this.#wire.open(this.#closing.signal);
			if (this.#closing.signal.aborted) {
				duplex.destroy();
				return;
			}
			const connection: Connection = new Connection(duplex, this.#dialect, {
				reply: (reply) => this.#hear(reply),
				end: (reason) => this.#ended(connection, reason),
			});
			this.#connection = connection;
			this.#babbled = false;
			// Half a picture in the buffer would swallow the greeting: then it comes after the clearing.
			if (this.#leftover !== "buffer") connection.send(this.#dialect.initSequence);
			// With a deadline: a host that takes the connection and says nothing is named before somebody needs paper.
			void this.check();
			this.#heartbeat();
		} catch (error) {
			this.#setStatus(unreachable(unreachableReason(error)));
			this.#connectLater();
		}
	}

	#ended(connection: Connection, reason: string): void {
		if (this.#connection !== connection) return;
		this.#connection = undefined;
		clearTimeout(this.#timer);
		this.#answered?.resolve(false);
		this.#cleared?.resolve(false);
		this.#clearRefused = false;
		if (this.#underWay?.phase === "sent") this.#settle({ kind: "doubtful", reason });
		const silence = this.#babbled ? "other-language" : "no-answer";
		this.#setStatus(unreachable(reason === "no-answer" ? silence : "unreachable"));
		this.#connectLater();
	}

	#connectLater(): void {
		if (this.#closing.signal.aborted) return;
		this.#timer = setTimeout(() => void this.#connect(), this.#pause);
		this.#timer.unref();
		this.#pause = Math.min(this.#pause * 2, this.#times.reconnectLongest);
	}

	#heartbeat(): void {
		this.#timer = setTimeout(() => {
			void this.check().then(() => {
				if (this.#connection?.open) this.#heartbeat();
			});
		}, this.#times.heartbeat);
		this.#timer.unref();
	}

	#hear(reply: Reply): void {
		switch (reply.kind) {
			case "status":
				// Only a printer that answers is one: a host that accepts and says nothing keeps its pauses.
				this.#pause = this.#times.reconnectFirst;
				this.#setStatus(reply.status);
				if (reply.answer) this.#answered?.resolve(true);
				if (reply.status.condition !== "ready") this.#stopped(reply.status.condition);
				break;
			case "printed":
				if (this.#underWay?.id === reply.id) this.#settle({ kind: "confirmed" });
				break;
			case "taken":
				if (this.#cleared) this.#cleared.resolve(true);
				// Worked off to its end, so nothing of it is left in the buffer.
				else this.#settle({ kind: "doubtful", reason: "sent-only" }, "none");
				break;
			case "cleared":
				if (this.#cleared) this.#cleared.resolve(true);
				// A Star printer answers in its turn, so after the paper is back: it is asked again, and now answers in time.
				else if (this.#clearRefused) void this.check();
				break;
			case "noise":
				this.#babbled = true;
				break;
			default:
				reply satisfies never;
		}
	}

	/** It stopped within a ticket. When mended it may go on, but then on two papers: nobody may call that printed. */
	#stopped(reason: string): void {
		if (this.#underWay?.phase === "writing") this.#connection?.close(reason);
		else if (this.#underWay?.phase === "sent") this.#settle({ kind: "doubtful", reason });
	}

	#setStatus(reported: PrinterStatus): void {
		this.#reported = reported;
		const refused = this.#clearRefused && reported.condition === "ready";
		const status: PrinterStatus = refused ? { ...reported, condition: "error" } : reported;
		const { condition, reason, paperNearEnd } = this.#status;
		if (status.condition === condition && status.reason === reason && status.paperNearEnd === paperNearEnd) return;
		this.#status = status;
		for (const listener of this.#listeners) listener(status);
	}
}

/** False where the promise has not resolved in time. */
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
