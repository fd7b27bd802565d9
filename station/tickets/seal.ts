import { hash } from "node:crypto";
import { type Change, EVENT_FORMAT, FIRST_HASH } from "../../protocol/event.ts";
import { digestInCut } from "../../protocol/event-cut.ts";

/** The end of a stream: the sequence and hash that the next event is chained to. */
export interface Head {
	stream: string;
	seq: number;
	hash: string;
}

export interface SealedEvent {
	seq: number;
	id: string;
	type: Change["type"];
	at: number;
	/** Exact JSON: what is hashed, stored, sent and shown. */
	text: string;
	/** SHA-256, hex, over the previous hash and the text's digest. */
	hash: string;
}

export function firstHead(stream: string): Head {
	return { stream, seq: 0, hash: FIRST_HASH };
}

/** Numbers a change, writes it as text and chains it to the head. `by` is the member of staff who did it. */
export function seal(head: Head, change: Change, id: string, at: number, by?: string): SealedEvent {
	const seq = head.seq + 1;
	const text = JSON.stringify({
		format: EVENT_FORMAT,
		stream: head.stream,
		seq,
		id,
		at,
		...(by !== undefined && { by }),
		type: change.type,
		data: change.data,
	});
	return { seq, id, type: change.type, at, text, hash: chainHash(head.hash, text) };
}

/** The same event at the end of another stream: all of it as it was but for its stream and place. */
export function reseal(head: Head, text: string): { text: string; hash: string } {
	const moved = JSON.stringify({ ...JSON.parse(text), stream: head.stream, seq: head.seq + 1 });
	return { text: moved, hash: chainHash(head.hash, moved) };
}

export function chainHash(previous: string, text: string): string {
	// In one go: a Hash object for each event takes twice as long.
	return hash("sha256", previous + digestOf(text));
}

/** SHA-256, hex, of an event's text; of one that was cut, of the text as it was. */
export function digestOf(text: string): string {
	return digestInCut(text) ?? hash("sha256", text);
}
