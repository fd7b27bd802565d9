import type { Dialect, Reply } from "../dialects/dialect.ts";
import { Connection } from "../transport/connection.ts";
import type { Transport } from "../transport/transport.ts";
import type { PrinterTimes } from "./printer-times.ts";

export interface LinkEvents {
	/** A new connection is open; nothing has been sent over it. */
	onOpen(connection: Connection): void;
	onReply(reply: Reply): void;
	/** The connection has ended. */
	onEnd(reason: string): void;
	/** No connection could be opened. */
	onFailure(error: unknown): void;
	/** The connection was idle for a heartbeat. Resolves when it has been used. */
	onHeartbeat(): Promise<unknown>;
}

/** Keeps one connection to a printer open: opens it again when it ends, and uses it when it is idle. */
export class PrinterLink {
	readonly #transport: Transport;
	readonly #dialect: Dialect;
	readonly #times: PrinterTimes;
	readonly #events: LinkEvents;
	readonly #closing = new AbortController();
	#connection: Connection | undefined;
	#connecting: Promise<void> | undefined;
	#reconnectMs: number;
	#timer: NodeJS.Timeout | undefined;

	constructor(transport: Transport, dialect: Dialect, times: PrinterTimes, events: LinkEvents) {
		this.#transport = transport;
		this.#dialect = dialect;
		this.#times = times;
		this.#events = events;
		this.#reconnectMs = times.firstReconnectMs;
	}

	/** The connection while it is open. */
	get connection(): Connection | undefined {
		return this.#connection?.open ? this.#connection : undefined;
	}

	/** Opens the connection if there is none; one attempt at a time. Never rejects. */
	connect(): Promise<void> {
		if (this.#closing.signal.aborted || this.connection) return Promise.resolve();
		clearTimeout(this.#timer);
		this.#connecting ??= this.#open().finally(() => {
			this.#connecting = undefined;
		});
		return this.#connecting;
	}

	/**
	 * The printer has answered: the next reconnect may follow soon. A host that accepts connections
	 * and says nothing keeps its growing pauses.
	 */
	markAlive(): void {
		this.#reconnectMs = this.#times.firstReconnectMs;
	}

	/** Ends the connection and every timer, for good. */
	async close(): Promise<void> {
		this.#closing.abort();
		clearTimeout(this.#timer);
		this.#connection?.close("closed");
		await this.#connecting;
	}

	async #open(): Promise<void> {
		try {
			const duplex = await this.#transport.open(this.#closing.signal);
			if (this.#closing.signal.aborted) {
				duplex.destroy();
				return;
			}
			const connection: Connection = new Connection(duplex, this.#dialect, {
				onReply: (reply) => this.#events.onReply(reply),
				onEnd: (reason) => this.#ended(connection, reason),
			});
			this.#connection = connection;
			this.#events.onOpen(connection);
			if (connection.open) this.#scheduleHeartbeat();
		} catch (error) {
			this.#events.onFailure(error);
			this.#scheduleReconnect();
		}
	}

	#ended(connection: Connection, reason: string): void {
		if (this.#connection !== connection) return;
		this.#connection = undefined;
		clearTimeout(this.#timer);
		this.#events.onEnd(reason);
		this.#scheduleReconnect();
	}

	#scheduleReconnect(): void {
		if (this.#closing.signal.aborted) return;
		this.#timer = setTimeout(() => void this.connect(), this.#reconnectMs);
		this.#timer.unref();
		this.#reconnectMs = Math.min(this.#reconnectMs * 2, this.#times.longestReconnectMs);
	}

	#scheduleHeartbeat(): void {
		this.#timer = setTimeout(() => {
			void this.#events.onHeartbeat().then(() => {
				if (this.connection) this.#scheduleHeartbeat();
			});
		}, this.#times.heartbeatMs);
		this.#timer.unref();
	}
}
