import type { Dialect, Reply } from "../dialects/dialect.ts";
import { CLOSED_BY_PRINTER, Connection } from "../transport/connection.ts";
import type { Transport } from "../transport/transport.ts";
import type { PrinterTimes } from "./printer-times.ts";

const RENEWED = "renewed";

export interface LinkEvents {
	/** A new connection is open; nothing has been sent over it. */
	onOpen(connection: Connection): void;
	onReply(reply: Reply): void;
	/** The connection has ended. `reopens`: another one is opened at once. */
	onEnd(reason: string, reopens: boolean): void;
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
	/** It has held for a while: some printers close a connection that is idle, and that is no trouble. */
	#hasHeld = false;
	#holdTimer: NodeJS.Timeout | undefined;
	/** Tickets that went over this connection. */
	#tickets = 0;
	/** The printer closes a connection after a ticket: a second one could get lost in it. */
	#isForOneTicket = false;

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
	 * The printer has answered: the next reconnect may follow soon. A host that accepts connections and says nothing keeps
	 * its growing pauses, and so does one that answers and then closes, again and again, before a ticket went to it.
	 */
	markAlive(): void {
		if (this.#tickets > 0 || this.#hasHeld) this.#reconnectMs = this.#times.firstReconnectMs;
	}

	/** A ticket is about to go over this connection. Returns how many have by then. */
	countTicket(): number {
		this.#tickets += 1;
		return this.#tickets;
	}

	/** The ticket is done: a printer that takes one ticket a connection gets a new one. */
	renewAfterTicket(): void {
		if (this.#isForOneTicket && this.#tickets > 0) this.#connection?.close(RENEWED);
	}

	/**
	 * What a torn ticket left has been cleared. A printer that closes the connection after each piece of paper may do so
	 * any moment for the torn one: the next ticket gets a new connection.
	 */
	renewAfterClearing(): void {
		if (this.#isForOneTicket) this.#connection?.close(RENEWED);
	}

	/** Ends the connection and every timer, for good. */
	async close(): Promise<void> {
		this.#closing.abort();
		clearTimeout(this.#timer);
		clearTimeout(this.#holdTimer);
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
			this.#tickets = 0;
			this.#hasHeld = false;
			this.#holdTimer = setTimeout(() => {
				this.#hasHeld = true;
				this.#reconnectMs = this.#times.firstReconnectMs;
			}, this.#times.longestReconnectMs).unref();
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
		clearTimeout(this.#holdTimer);
		const closedByPrinter = reason === CLOSED_BY_PRINTER;
		this.#isForOneTicket ||= closedByPrinter && this.#tickets > 0;
		// One that closes each connection at once is not followed without a pause.
		const reopens = reason === RENEWED || (closedByPrinter && (this.#tickets > 0 || this.#hasHeld));
		this.#events.onEnd(reason, reopens);
		if (reopens) void this.connect();
		else this.#scheduleReconnect();
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
