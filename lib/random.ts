import { randomFillSync } from "node:crypto";
import { v7 as uuidv7 } from "uuid";

export interface Random {
	bytes(count: number): Uint8Array;
	/**
	 * A UUIDv7 for an instant (UTC ms): it sorts by time, which keeps SQLite's indexes compact. `Id` is the branded type
	 * that the caller wants.
	 */
	id<Id extends string>(at: number): Id;
}

const PAGE_BYTES = 4_096;

/** Cryptographic randomness. It is read from the system a page at a time, because each read costs as much as a query. */
export function openRandom(): Random {
	const page = Buffer.alloc(PAGE_BYTES);
	let used = PAGE_BYTES;
	const take = (count: number): Uint8Array => {
		if (used + count > PAGE_BYTES) {
			randomFillSync(page);
			used = 0;
		}
		used += count;
		return page.subarray(used - count, used);
	};
	return {
		// A copy: the page is filled again while the caller may still hold its bytes.
		bytes: (count) => new Uint8Array(take(count)),
		id: <Id extends string>(at: number) => uuidv7({ msecs: at, random: take(16) }) as Id,
	};
}
