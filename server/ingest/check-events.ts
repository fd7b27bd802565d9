import { chainHash } from "../../protocol/events/hash-chain.ts";
import { readEvent } from "../../protocol/events/upcasters.ts";
import type { StreamId } from "../../protocol/model/ids.ts";
import type { Batch } from "../../protocol/sync/sync.ts";
import { Refusal } from "../refusal.ts";
import type { CheckedEvent } from "./event-store.ts";

/** The end of a stream before a batch. */
export interface Position {
	stream: StreamId;
	after: number;
	previousHash: string;
}

/**
 * Checks a batch by itself: each text is an event of a known format, of this stream and with the next sequence, and the
 * hash chain over them ends in the hash that the batch names. Throws Refusal BATCH_INVALID, EVENT_UNKNOWN.
 */
export function checkBatch({ stream, after, previousHash }: Position, { texts, head }: Batch): CheckedEvent[] {
	const hashes = chainHashes(previousHash, texts);
	// Before anything is parsed: a batch that was tampered with is not read.
	if (hashes.at(-1) !== head) throw new Refusal("BATCH_INVALID", { after });
	const ids = new Set<string>();
	return texts.map((text, index) => {
		const seq = after + index + 1;
		const event = readEvent(text);
		if (!event) throw new Refusal("EVENT_UNKNOWN", { seq });
		if (event.stream !== stream || event.seq !== seq || ids.has(event.id)) throw new Refusal("BATCH_INVALID", { seq });
		ids.add(event.id);
		const standsFor = event.type === "event.duplicate" ? event.data.event : null;
		return { seq, id: event.id, type: event.type, at: event.at, text, hash: String(hashes[index]), standsFor };
	});
}

function chainHashes(previousHash: string, texts: readonly string[]): string[] {
	let hash = previousHash;
	return texts.map((text) => {
		hash = chainHash(hash, text);
		return hash;
	});
}
