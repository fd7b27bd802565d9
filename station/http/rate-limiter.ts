import type { RefusalCode } from "../../protocol/api/refusals.ts";
import { Refusal } from "../refusal.ts";

/** Wrong codes that one address may send in a minute: a typing visitor makes three, a program thousands. */
const MAX_WRONG = 20;
const WINDOW = 60_000;
/** Addresses remembered at most; the oldest is forgotten first. */
const MAX_ADDRESSES = 10_000;

/** Slows down whoever tries codes. A code has 50 random bits; this keeps the noise of trying out of the station. */
export class RateLimiter {
	readonly #tries = new Map<string, { since: number; count: number }>();
	readonly #most: number;
	readonly #refusal: RefusalCode;

	constructor(most = MAX_WRONG, refusal: RefusalCode = "CODE_RATE_LIMITED") {
		this.#most = most;
		this.#refusal = refusal;
	}

	/** Refuses where the address has sent too many wrong codes within the last minute. */
	requireBelowLimit(address: string, now: number): void {
		const found = this.#tries.get(address);
		if (found && now - found.since < WINDOW && found.count >= this.#most)
			throw new Refusal(this.#refusal, { until: found.since + WINDOW });
	}

	add(address: string, now: number): void {
		const found = this.#tries.get(address);
		const fresh = !found || now - found.since >= WINDOW || now < found.since;
		this.#tries.delete(address);
		this.#tries.set(address, fresh ? { since: now, count: 1 } : { since: found.since, count: found.count + 1 });
		const oldest = this.#tries.keys().next();
		if (this.#tries.size > MAX_ADDRESSES && !oldest.done) this.#tries.delete(oldest.value);
	}
}
