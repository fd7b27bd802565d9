/**
 * Tells listeners that something changed, with the latest picture. Changes in quick succession
 * become one picture: 50 boards and 1,500 issues a second must not make 75,000 messages.
 */
export interface Broadcast<T> {
	/** Something changed: a picture will be taken soon. */
	invalidate(): void;
	/** The picture now, then after every change, until `signal` aborts or the station closes. */
	subscribe(signal: AbortSignal | undefined): AsyncGenerator<T, void, undefined>;
	close(): void;
}

/** Short enough for a call to be on the board within 100 ms, long enough to gather a burst. */
const GATHER = 40;

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
			if (listeners.size > 0) timer ??= setTimeout(publish, GATHER);
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
