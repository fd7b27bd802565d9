import { hash as sha256 } from "node:crypto";
import { digestInCut } from "../../protocol/event-cut.ts";
import { readEvent } from "../../protocol/event-versions.ts";
import type { AppendRequest } from "../../protocol/sync.ts";
import { SyncRefusal } from "../refusal.ts";
import type { CheckedEvent } from "./store.ts";

/**
 * Checks a batch by itself: each text is an event of a format that is known, of this stream and the next
 * sequence, and each hash is SHA-256 over the one before and the text's digest. Throws SyncRefusal BATCH_BROKEN, EVENT_UNKNOWN.
 */
export function checkEvents({ stream, after, previousHash, events }: AppendRequest): CheckedEvent[] {
	let hash = previousHash;
	const ids = new Set<string>();
	return events.map(({ text, hash: said }, index) => {
		const seq = after + index + 1;
		hash = nextHash(hash, text);
		if (hash !== said) throw new SyncRefusal("BATCH_BROKEN", { seq });
		const event = readEvent(text);
		if (!event) throw new SyncRefusal("EVENT_UNKNOWN", { seq });
		if (event.stream !== stream || event.seq !== seq || ids.has(event.id))
			throw new SyncRefusal("BATCH_BROKEN", { seq });
		ids.add(event.id);
		const standsFor = event.type === "event.known" ? event.data.event : null;
		return { seq, id: event.id, type: event.type, at: event.at, text, hash, standsFor };
	});
}

/** The chain's rule: SHA-256, hex, over the hash before and the text's digest; a text that was cut bears its digest. */
export function nextHash(previous: string, text: string): string {
	return sha256("sha256", previous + (digestInCut(text) ?? sha256("sha256", text)));
}
