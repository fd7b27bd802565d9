import type { StationEvent } from "../../../protocol/events/event.ts";
import type { StreamId } from "../../../protocol/model/ids.ts";

/** An event as one side holds it. */
export interface HeldEvent {
	seq: number;
	text: string;
	hash: string;
	/** Of an `event.duplicate`: the text of the event that it names, where this side has it. */
	original?: string | null;
}

export interface HeldStream {
	stream: StreamId;
	/** The event of another stream that it continues: a fork. */
	from: { stream: StreamId; seq: number } | null;
}

/** One side's events: from a database, from a server over HTTP, or from a file. */
export interface Copy {
	/** In the order of the log. */
	streams(): Promise<HeldStream[]>;
	/** The next events of a stream in its order; none at its end. */
	events(stream: StreamId, after: number): Promise<HeldEvent[]>;
}

/** An event of a copy, read. */
export interface ScannedEvent extends HeldEvent {
	/** Undefined where the text is no event. */
	event: StationEvent | undefined;
	/** Its hash follows from its text and the event before it. */
	isChained: boolean;
}
