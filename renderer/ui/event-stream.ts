/**
 * Keeps one stream of server-sent events open. The browser reconnects by itself after a broken
 * connection, but gives up for good after a refusal (a proxy's 502, a station that is starting):
 * then this opens a new one.
 */
export interface EventStreamListener {
	/** Connected, for the first time or again: the next message may belong to another history. */
	onOpen(): void;
	/** The data of one message, parsed. What is not JSON never arrives here. */
	onMessage(data: unknown): void;
	onLost(): void;
}

/** The part of EventSource that is used, so that tests can stand in for it. */
export type EventSourceLike = Pick<EventSource, "readyState" | "close" | "onopen" | "onmessage" | "onerror">;

export interface EventStreamDeps {
	open(address: string): EventSourceLike;
	later(action: () => void, milliseconds: number): number;
	forget(timer: number): void;
}

const browserParts: EventStreamDeps = {
	open: (address) => new EventSource(address),
	later: (action, milliseconds) => window.setTimeout(action, milliseconds),
	forget: (timer) => window.clearTimeout(timer),
};

const CLOSED = 2;
const REOPEN_AFTER = 2_000;

/** Gives back the way to close it. */
export function keepEventStream(
	address: string,
	listener: EventStreamListener,
	deps: EventStreamDeps = browserParts,
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
			if (opened.readyState === CLOSED && timer === null) timer = deps.later(open, REOPEN_AFTER);
		};
	}

	open();
	return () => {
		if (timer !== null) deps.forget(timer);
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
