import type { Duplex } from "node:stream";
import type { Dialect, Reply, ReplyParser } from "../dialects/dialect.ts";

/** Small enough to notice a printer that stopped to read, or a lost connection, early. */
const CHUNK_BYTES = 16_384;

/** The printer ended the connection in the orderly way. */
export const CLOSED_BY_PRINTER = "closed-by-printer";

/** What became of a write. */
export type Written =
	| { kind: "all" }
	/** `touched`: some bytes may have been sent. */
	| { kind: "broken"; reason: string; touched: boolean };

export interface ConnectionEvents {
	onReply(reply: Reply): void;
	/** Called once; nothing is called after it. */
	onEnd(reason: string): void;
}

/** One open connection to a printer: writes with back-pressure and a deadline, and passes on what the printer replies. */
export class Connection {
	readonly #duplex: Duplex;
	readonly #events: ConnectionEvents;
	readonly #parser: ReplyParser;
	readonly #ended = new AbortController();

	constructor(duplex: Duplex, dialect: Dialect, events: ConnectionEvents) {
		this.#duplex = duplex;
		this.#events = events;
		this.#parser = dialect.replyParser();
		duplex.on("data", (bytes: Uint8Array) => {
			for (const reply of trusted(this.#parser.push(bytes))) events.onReply(reply);
		});
		duplex.on("error", (error: NodeJS.ErrnoException) => this.close(error.code ?? "connection-error"));
		duplex.on("end", () => this.close(CLOSED_BY_PRINTER));
		duplex.on("close", () => this.close("closed"));
	}

	get open(): boolean {
		return !this.#ended.signal.aborted;
	}

	/** Calls `listener` when the connection ends, or at once if it has ended. */
	onceEnded(listener: () => void): void {
		if (this.open) this.#ended.signal.addEventListener("abort", listener, { once: true });
		else listener();
	}

	/** Sends a short command without waiting until it is written. */
	send(bytes: Uint8Array): void {
		if (this.open) this.#duplex.write(bytes);
	}

	/** Writes all of `bytes`, however long it takes. Ends the connection if the printer takes none of them for `stallMs`. */
	async write(bytes: Uint8Array, stallMs: number): Promise<Written> {
		if (!this.open) return { kind: "broken", reason: String(this.#ended.signal.reason), touched: false };
		const timer = setTimeout(() => this.close("write-timeout"), stallMs);
		try {
			for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
				await this.#writeChunk(bytes.subarray(at, at + CHUNK_BYTES));
				if (!this.open) return { kind: "broken", reason: String(this.#ended.signal.reason), touched: true };
				timer.refresh();
			}
			return { kind: "all" };
		} finally {
			clearTimeout(timer);
		}
	}

	/** Resolves when the transport has taken the chunk or the connection has ended. */
	#writeChunk(chunk: Uint8Array): Promise<void> {
		return new Promise((resolve) => {
			const done = () => {
				this.#ended.signal.removeEventListener("abort", done);
				resolve();
			};
			this.#ended.signal.addEventListener("abort", done);
			this.#duplex.write(chunk, done);
		});
	}

	/** `reason`: a word for the log and the job's record. Only the first call counts. */
	close(reason: string): void {
		if (!this.open) return;
		this.#ended.abort(reason);
		this.#duplex.destroy();
		this.#events.onEnd(reason);
	}
}

/**
 * A few bits tell replies apart, so text of any kind contains some that look like one. What arrives
 * together with noise is noise, except for the replies that nothing else looks like.
 */
function trusted(replies: Reply[]): Reply[] {
	if (!replies.some(({ kind }) => kind === "noise")) return replies;
	return replies.filter(({ kind }) => kind === "noise" || kind === "printed" || kind === "cleared");
}
