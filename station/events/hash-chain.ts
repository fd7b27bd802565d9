import { type Change, EVENT_FORMAT, FIRST_HASH } from "../../protocol/events/event.ts";
import { chainHash, chainPartsHash } from "../../protocol/events/hash-chain.ts";
import { type EventText, joinText, splitPersonalFields } from "../../protocol/events/personal-fields.ts";
import type { EventId, NewId, StaffId, StreamId } from "../../protocol/model/ids.ts";

/** The end of a stream: the sequence and hash that the next event is chained to. */
export interface Head {
	stream: StreamId;
	seq: number;
	hash: string;
}

export interface ChainedEvent {
	seq: number;
	id: EventId;
	type: Change["type"];
	at: number;
	/** Exact JSON: what is hashed, stored, sent and shown. */
	text: string;
	/** SHA-256, hex, over the previous hash and the text's digest. */
	hash: string;
}

export function firstHead(stream: StreamId): Head {
	return { stream, seq: 0, hash: FIRST_HASH };
}

export interface EventContext {
	/** A UUID for an instant: the event's id, and the salt of its personal fields. */
	newId: NewId;
	/** UTC milliseconds. */
	at: number;
	/** The member of staff who did it. */
	by?: StaffId | undefined;
}

/** Numbers a change, writes it as text and chains it to the head. */
export function chainEvent(head: Head, change: Change, { newId, at, by }: EventContext): ChainedEvent {
	const seq = head.seq + 1;
	const id = newId<EventId>(at);
	const { data, personal } = splitPersonalFields(change.type, change.data);
	const envelope = { format: EVENT_FORMAT, stream: head.stream, seq, id, at, ...(by !== undefined && { by }) };
	const kept = JSON.stringify({ ...envelope, type: change.type, data });
	// A salt of its own, 74 random bits of a UUID: the event's id would still be in the redacted text.
	const parts: EventText = personal
		? { kind: "whole", kept, personal: JSON.stringify({ salt: newId(at), ...personal }) }
		: { kind: "plain", kept };
	const text = parts.kind === "whole" ? joinText(kept, parts.personal) : kept;
	return { seq, id, type: change.type, at, text, hash: chainPartsHash(head.hash, parts) };
}

/** The same event at the end of another stream: only its stream and its sequence change. */
export function moveEvent(head: Head, text: string): { text: string; hash: string } {
	const moved = JSON.stringify({ ...JSON.parse(text), stream: head.stream, seq: head.seq + 1 });
	return { text: moved, hash: chainHash(head.hash, moved) };
}
