import { SyncRefusal } from "../refusal.ts";

const WINDOW = 60_000;
/** Addresses remembered at most; the oldest is forgotten first. */
const MOST_ADDRESSES = 10_000;

/** Slows down whoever tries codes: wrong ones are counted for each address, within a minute. An instance's own memory is enough for noise. */
export class Tries {
	readonly #tries = new Map<string, { since: number; count: number }>();
	readonly #most: number;

	constructor(most: number) {
		this.#most = most;
	}

	/** Refuses with CODE_TRIES where the address has sent too many wrong codes within the last minute. */
	requireFew(address: string, now: number): void {
		const found = this.#tries.get(address);
		if (found && now - found.since < WINDOW && found.count >= this.#most) throw new SyncRefusal("CODE_TRIES");
	}

	add(address: string, now: number): void {
		const found = this.#tries.get(address);
		const fresh = !found || Math.abs(now - found.since) >= WINDOW;
		this.#tries.delete(address);
		this.#tries.set(address, fresh ? { since: now, count: 1 } : { since: found.since, count: found.count + 1 });
		const oldest = this.#tries.keys().next();
		if (this.#tries.size > MOST_ADDRESSES && !oldest.done) this.#tries.delete(oldest.value);
	}
}
