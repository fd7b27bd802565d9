/**
 * Sends the latest state to all subscribers after a change. Changes in quick succession are sent as one: 50 boards and
 * 1,500 tickets a second must not make 75,000 messages.
 */
export interface Broadcast<T> {
	/** The state changed: subscribers get the new one soon. */
	invalidate(): void;
	/** The state now, then after every change, until `signal` aborts or the broadcast closes. */
	subscribe(signal: AbortSignal | undefined): AsyncGenerator<T, void, undefined>;
	close(): void;
}

/** Short enough for a call to be on the board within 100 ms, long enough to join a burst. */
const COALESCE_MS = 40;

export function createBroadcast<T>(withBoard: () => T): Broadcast<T> {
	const listeners = new Set<(picture: T) => void>();
	const closing = new AbortController();
	let timer: NodeJS.Timeout | undefined;

	const publish = () => {
		timer = undefined;
		if (listeners.size === 0) return;
		const picture = withBoard();
		for (const listener of listeners) listener(picture);
	};

	return {
		invalidate() {
			if (listeners.size > 0) timer ??= setTimeout(publish, COALESCE_MS);
		},
		async *subscribe(signal) {
			const ended = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
			// Only the newest picture is kept for a slow reader: an older one is of no use to it.
			let newest: T | undefined = withBoard();
			let notify = () => {};
			const listener = (picture: T) => {
				newest = picture;
				notify();
			};
			// At once: a slow reader may never come back for the next picture, and so never reach the end below.
			const onEnd = () => {
				listeners.delete(listener);
				notify();
			};
			listeners.add(listener);
			ended.addEventListener("abort", onEnd);
			try {
				while (!ended.aborted) {
					if (newest === undefined) {
						await new Promise<void>((resolve) => {
							notify = resolve;
							if (ended.aborted) resolve();
						});
						continue;
					}
					const picture = newest;
					newest = undefined;
					yield picture;
				}
			} finally {
				listeners.delete(listener);
				ended.removeEventListener("abort", onEnd);
			}
		},
		close() {
			clearTimeout(timer);
			closing.abort();
		},
	};
}
