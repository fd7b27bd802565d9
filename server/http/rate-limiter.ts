import { SyncRefusal } from "../refusal.ts";

const WINDOW = 60_000;
/** Addresses remembered at most; the oldest is forgotten first. */
const MAX_ADDRESSES = 10_000;

/** Slows down whoever tries codes or passwords: tries are counted for each address, within a minute. An instance's own memory is enough for noise. */
export class RateLimiter {
	readonly #tries = new Map<string, { since: number; count: number }>();
	readonly #most: number;
	readonly #refusal: "CODE_RATE_LIMITED" | "SIGN_IN_RATE_LIMITED";

	constructor(most: number, refusal: "CODE_RATE_LIMITED" | "SIGN_IN_RATE_LIMITED" = "CODE_RATE_LIMITED") {
		this.#most = most;
		this.#refusal = refusal;
	}

	/** Refuses where the address has tried too often within the last minute. */
	requireBelowLimit(address: string, now: number): void {
		const found = this.#tries.get(address);
		if (found && now - found.since < WINDOW && found.count >= this.#most) throw new SyncRefusal(this.#refusal);
	}

	add(address: string, now: number): void {
		const found = this.#tries.get(address);
		const fresh = !found || Math.abs(now - found.since) >= WINDOW;
		this.#tries.delete(address);
		this.#tries.set(address, fresh ? { since: now, count: 1 } : { since: found.since, count: found.count + 1 });
		const oldest = this.#tries.keys().next();
		if (this.#tries.size > MAX_ADDRESSES && !oldest.done) this.#tries.delete(oldest.value);
	}

	/** Who proved who they are begins anew. */
	forget(address: string): void {
		this.#tries.delete(address);
	}
}
