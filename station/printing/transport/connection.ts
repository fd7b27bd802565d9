import type { Duplex } from "node:stream";
import type { Dialect, Reply, ReplyParser } from "../dialects/dialect.ts";

/** Small enough for the deadline to be noticed and for a lost connection to be seen early. */
const CHUNK_BYTES = 16_384;

/** How much of a write reached the transport. */
export type Written =
	| { kind: "all" }
	/** `touched`: some bytes may have left. */
	| { kind: "broken"; reason: string; touched: boolean };

export interface ConnectionEvents {
	reply(reply: Reply): void;
	/** Once, and at once: nothing comes after it. */
	end(reason: string): void;
}

/**
 * One open connection to a printer: writes with back-pressure and a deadline, and hands out what
 * comes back. Ends once, and tells so once.
 */
export class Connection {
	readonly #duplex: Duplex;
	readonly #dialect: Dialect;
	readonly #on: ConnectionEvents;
	readonly #parser: ReplyParser;
	readonly #ended = new AbortController();

	constructor(duplex: Duplex, dialect: Dialect, on: ConnectionEvents) {
		this.#duplex = duplex;
		this.#dialect = dialect;
		this.#on = on;
		this.#parser = dialect.replyParser();
		duplex.on("data", (bytes: Uint8Array) => {
			for (const reply of this.#parser.push(bytes)) on.reply(reply);
		});
		duplex.on("error", (error: NodeJS.ErrnoException) => this.close(error.code ?? "connection-error"));
		duplex.on("end", () => this.close("closed-by-printer"));
		duplex.on("close", () => this.close("closed"));
	}

	get open(): boolean {
		return !this.#ended.signal.aborted;
	}

	askStatus(): void {
		if (!this.open) return;
		this.#parser.expectStatus();
		this.#duplex.write(this.#dialect.statusQuestion);
	}

	/** For short commands: no one waits for their end. */
	send(bytes: Uint8Array): void {
		if (this.open) this.#duplex.write(bytes);
	}

	/** Writes all of `bytes`, or ends the connection when that takes longer than the deadline. */
	async write(bytes: Uint8Array, deadlineMs: number): Promise<Written> {
		if (!this.open) return { kind: "broken", reason: String(this.#ended.signal.reason), touched: false };
		const timer = setTimeout(() => this.close("write-timeout"), deadlineMs);
		try {
			for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
				await this.#writeChunk(bytes.subarray(at, at + CHUNK_BYTES));
				if (!this.open) return { kind: "broken", reason: String(this.#ended.signal.reason), touched: true };
			}
			return { kind: "all" };
		} finally {
			clearTimeout(timer);
		}
	}

	/** Resolves when the transport has taken the chunk, or when the connection has ended. */
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

	/** `reason`: a word for the log and the job's record. Only the first counts. */
	close(reason: string): void {
		if (!this.open) return;
		this.#ended.abort(reason);
		this.#duplex.destroy();
		this.#on.end(reason);
	}
}
