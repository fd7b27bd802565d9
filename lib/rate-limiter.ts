import { MINUTE_MS } from "./time/durations.ts";

/** Keys remembered at most; the limiter forgets the oldest first. */
const MAX_KEYS = 10_000;

export interface RateLimit {
	/** Attempts within a window. */
	maxAttempts: number;
	/** A minute unless given. */
	windowMs?: number;
	/** The error for a key that is over the limit. `until` is when its window ends, in UTC milliseconds. */
	refuse(until: number): Error;
}

/**
 * Counts attempts for each key (an address) in fixed windows, in memory. It holds back programs that try codes or
 * passwords: a process of its own memory is enough for that, and a restart may forget.
 */
export class RateLimiter {
	readonly #windows = new Map<string, { since: number; attempts: number }>();
	readonly #limit: Required<RateLimit>;

	constructor(limit: RateLimit) {
		this.#limit = { windowMs: MINUTE_MS, ...limit };
	}

	/** Throws the limit's error if the key has used its attempts. `now` is in UTC milliseconds. */
	requireBelowLimit(key: string, now: number): void {
		const { maxAttempts, windowMs, refuse } = this.#limit;
		const window = this.#windows.get(key);
		if (window && isWithin(window.since, windowMs, now) && window.attempts >= maxAttempts)
			throw refuse(window.since + windowMs);
	}

	/** Counts one attempt. Returns how many the key has in its window. */
	count(key: string, now: number): number {
		const window = this.#windows.get(key);
		const isCurrent = window !== undefined && isWithin(window.since, this.#limit.windowMs, now);
		// Deleted first, so that the map's order is the order of use.
		this.#windows.delete(key);
		this.#windows.set(
			key,
			isCurrent ? { since: window.since, attempts: window.attempts + 1 } : { since: now, attempts: 1 },
		);
		const oldest = this.#windows.keys().next();
		if (this.#windows.size > MAX_KEYS && !oldest.done) this.#windows.delete(oldest.value);
		return isCurrent ? window.attempts + 1 : 1;
	}

	/** Forgets a key's attempts. */
	reset(key: string): void {
		this.#windows.delete(key);
	}
}

/** A clock that was set back starts a new window too: otherwise a key could be held back for years. */
function isWithin(since: number, windowMs: number, now: number): boolean {
	return now >= since && now - since < windowMs;
}
