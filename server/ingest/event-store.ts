import type { Cursor, EventsAnswer, EventsRequest, HandshakeRequest, StreamsAnswer } from "../../protocol/sync/sync.ts";

/** Refusals of requests that no enrolled device is known to have made are counted under this. */
export const UNATTRIBUTED = "00000000-0000-0000-0000-000000000000";

/** An event whose place, text and hash were checked. */
export interface CheckedEvent {
	seq: number;
	id: string;
	type: string;
	at: number;
	text: string;
	hash: string;
	/** Where the event only says that another one is known here: that one's id. */
	standsFor: string | null;
}

export interface CheckedBatch {
	station: string;
	stream: string;
	after: number;
	previousHash: string;
	events: readonly CheckedEvent[];
	/** UTC milliseconds of the server. */
	receivedAt: number;
}

export type AppendOutcome =
	| { kind: "appended"; cursor: Cursor }
	/** The stream does not end there; nothing was written. */
	| { kind: "moved"; cursor: Cursor }
	/**
	 * What the station believes to be here or not to be here is not so (any more): an event of the batch stands in
	 * another stream, or one that it says is known is not. Nothing was written; it has to ask again.
	 */
	| { kind: "conflict" };

/**
 * Where events are kept. Two keep it: PostgreSQL, and one in memory for the walks of test/sync, which a test
 * holds to the same answers.
 */
export interface EventStore {
	/** Compare and set: writes the batch and moves the stream's end, if the stream ends where the batch begins. */
	append(batch: CheckedBatch): Promise<AppendOutcome>;
	/** Makes streams that are new, keeps how the station is, and tells how far each of its streams is. Throws SyncRefusal STREAM_FOREIGN. */
	handshake(station: string, handshake: HandshakeRequest, now: number): Promise<Cursor[]>;
	/** Those of the ids that stand in any stream of the station. */
	known(station: string, ids: readonly string[]): Promise<string[]>;
	/** The hashes of a stream at some sequences; those that it has. */
	hashes(station: string, stream: string, seqs: readonly number[]): Promise<{ seq: number; hash: string }[]>;
	/** Every stream of the station, in the order in which they were opened. */
	streams(station: string): Promise<StreamsAnswer["streams"]>;
	/** Events for the audit, 500 at most: those of a stream in its order, or those with the ids. */
	events(station: string, request: EventsRequest): Promise<EventsAnswer["events"]>;
	/** Counts a refusal, so that an administrator sees it. */
	refused(station: string, code: string, now: number): Promise<void>;
}
