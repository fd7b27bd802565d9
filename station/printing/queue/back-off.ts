/** In milliseconds. */
export interface BackOffLimits {
	firstMs: number;
	longestMs: number;
}

/**
 * The waits of a loop that runs for as long as the station: until there is work, or for a pause that
 * grows, so that an error that stays does not keep the station busy.
 */
export class BackOff {
	readonly #limits: BackOffLimits;
	#pauseMs: number;
	#closed = false;
	#endWait: (() => void) | undefined;

	constructor(limits: BackOffLimits) {
		this.#limits = limits;
		this.#pauseMs = limits.firstMs;
	}

	/** Something succeeded: the next pause is a short one. */
	reset(): void {
		this.#pauseMs = this.#limits.firstMs;
	}

	/** Pauses longer each time. Ends early when `isOver` is true at a signal; the next pause is then a short one. */
	async pause(isOver: () => boolean): Promise<void> {
		const ms = this.#pauseMs;
		this.#pauseMs = Math.min(ms * 2, this.#limits.longestMs);
		await this.waitUntil(isOver, ms);
		if (isOver()) this.reset();
	}

	/** Waits until `isOver` is true at a signal, the time has passed, or the waits are closed. */
	async waitUntil(isOver: () => boolean, timeoutMs?: number): Promise<void> {
		if (isOver() || this.#closed) return;
		const wait = Promise.withResolvers<void>();
		const timer = timeoutMs === undefined ? undefined : setTimeout(wait.resolve, timeoutMs);
		timer?.unref();
		this.#endWait = () => {
			if (isOver() || this.#closed) wait.resolve();
		};
		await wait.promise;
		clearTimeout(timer);
		this.#endWait = undefined;
	}

	/** What a wait is for may have come. */
	signal(): void {
		this.#endWait?.();
	}

	/** Ends the present wait and every later one at once. */
	close(): void {
		this.#closed = true;
		this.#endWait?.();
	}
}
