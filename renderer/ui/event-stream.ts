export interface EventStreamListener {
	/** Connected, or connected again: the station may have been restored from a backup in between. */
	onOpen(): void;
	/** The parsed data of one message. Messages that are not JSON are dropped. */
	onMessage(data: unknown): void;
	onLost(): void;
}

/** The part of EventSource that is used, for fakes in tests. */
export type EventSourceLike = Pick<EventSource, "readyState" | "close" | "onopen" | "onmessage" | "onerror">;

export interface EventStreamDeps {
	open(address: string): EventSourceLike;
	setTimeout(callback: () => void, milliseconds: number): number;
	clearTimeout(timer: number): void;
}

const BROWSER: EventStreamDeps = {
	open: (address) => new EventSource(address),
	setTimeout: (callback, milliseconds) => window.setTimeout(callback, milliseconds),
	clearTimeout: (timer) => window.clearTimeout(timer),
};

const CLOSED = 2;
const REOPEN_AFTER_MS = 2_000;

/**
 * Keeps a stream of server-sent events open; returns a function that closes it. The browser itself reconnects after a
 * broken connection, but gives up after an error status (a proxy's 502, a starting station): then this opens a new one.
 */
export function keepEventStream(
	address: string,
	listener: EventStreamListener,
	deps: EventStreamDeps = BROWSER,
): () => void {
	let source: EventSourceLike | null = null;
	let timer: number | null = null;

	function open(): void {
		timer = null;
		const opened = deps.open(address);
		source = opened;
		opened.onopen = () => listener.onOpen();
		opened.onmessage = (message) => {
			const data = parse(message.data);
			if (data !== undefined) listener.onMessage(data);
		};
		opened.onerror = () => {
			listener.onLost();
			if (opened.readyState === CLOSED && timer === null) timer = deps.setTimeout(open, REOPEN_AFTER_MS);
		};
	}

	open();
	return () => {
		if (timer !== null) deps.clearTimeout(timer);
		source?.close();
	};
}

function parse(text: unknown): unknown {
	if (typeof text !== "string") return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
