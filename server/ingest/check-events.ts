import { chainHash } from "../../protocol/events/hash-chain.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { Batch } from "../../protocol/sync/sync.ts";
import { SyncRefusal } from "../refusal.ts";
import type { CheckedEvent } from "./event-store.ts";

/** Where a batch belongs: the stream's end before it. */
export interface Place {
	stream: string;
	after: number;
	previousHash: string;
}

/**
 * Checks a batch by itself: each text is an event of a format that is known, of this stream and the next sequence,
 * and the chain over them, from the hash before, ends in the hash that the batch names. Throws SyncRefusal BATCH_BROKEN, EVENT_UNKNOWN.
 */
export function checkBatch({ stream, after, previousHash }: Place, { texts, head }: Batch): CheckedEvent[] {
	const hashes = chain(previousHash, texts);
	// First: of a batch that was tampered with nothing is read.
	if (hashes.at(-1) !== head) throw new SyncRefusal("BATCH_INVALID", { after });
	const ids = new Set<string>();
	return texts.map((text, index) => {
		const seq = after + index + 1;
		const event = readEvent(text);
		if (!event) throw new SyncRefusal("EVENT_UNKNOWN", { seq });
		if (event.stream !== stream || event.seq !== seq || ids.has(event.id))
			throw new SyncRefusal("BATCH_INVALID", { seq });
		ids.add(event.id);
		const standsFor = event.type === "event.duplicate" ? event.data.event : null;
		return { seq, id: event.id, type: event.type, at: event.at, text, hash: String(hashes[index]), standsFor };
	});
}

function chain(previousHash: string, texts: readonly string[]): string[] {
	let hash = previousHash;
	return texts.map((text) => {
		hash = chainHash(hash, text);
		return hash;
	});
}
