import { type EventId, type StationId, type StreamId, stationIdSchema } from "../../protocol/model/ids.ts";
import type { Cursor, EventsAnswer, EventsRequest, HandshakeRequest, StreamsAnswer } from "../../protocol/sync/sync.ts";

/** Refusals of requests that no enrolled device is known to have sent are counted under this id. */
export const UNATTRIBUTED = stationIdSchema.parse("00000000-0000-0000-0000-000000000000");

/** An event whose position, text and hash were checked. */
export interface CheckedEvent {
	seq: number;
	id: EventId;
	type: string;
	at: number;
	text: string;
	hash: string;
	/** For an event that only says that another one is known here: the other's id. */
	standsFor: EventId | null;
}

export interface CheckedBatch {
	station: StationId;
	stream: StreamId;
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
	 * The station is wrong about what is here: an event of the batch is in another stream, or one that it calls known is
	 * not here. Nothing was written; the station has to ask again.
	 */
	| { kind: "conflict" };

/** Where events are kept. PostgreSQL implements it, and so does a store in memory for the simulations; one test holds both to the same answers. */
export interface EventStore {
	/** Compare and set: writes the batch and moves the stream's end, if the stream ends where the batch begins. */
	append(batch: CheckedBatch): Promise<AppendOutcome>;
	/** Creates streams that are new, keeps the station's report, and returns the cursor of each stream. Throws Refusal STREAM_FOREIGN. */
	handshake(station: StationId, handshake: HandshakeRequest, now: number): Promise<Cursor[]>;
	/** Those of the ids that are in any stream of the station. */
	known(station: StationId, ids: readonly EventId[]): Promise<EventId[]>;
	/** The hashes of a stream at some sequences; those that it has. */
	hashes(station: StationId, stream: StreamId, seqs: readonly number[]): Promise<{ seq: number; hash: string }[]>;
	/** Every stream of the station, in the order in which they were opened. */
	streams(station: StationId): Promise<StreamsAnswer["streams"]>;
	/** Events for the comparison of two copies, 500 at most: those of a stream in its order, or those with the ids. */
	events(station: StationId, request: EventsRequest): Promise<EventsAnswer["events"]>;
	/** Counts a refusal, so that an administrator sees it. */
	countRefusal(station: StationId, code: string, now: number): Promise<void>;
}
