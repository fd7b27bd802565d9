import type { StationEvent } from "../../../protocol/events/event.ts";

/** An event as one side holds it. */
export interface HeldEvent {
	seq: number;
	text: string;
	hash: string;
	/** Of an event that only says that another is known: that other's text, where this side has it. */
	original?: string | null;
}

export interface HeldStream {
	stream: string;
	/** Where it went on from another stream: a fork. */
	from: { stream: string; seq: number } | null;
}

/** One side's events, wherever they lie: a database, a server over HTTP, a file. */
export interface Copy {
	/** In the order of the log. */
	streams(): Promise<HeldStream[]>;
	/** The next events of a stream in its order; none at its end. */
	events(stream: string, after: number): Promise<HeldEvent[]>;
}

/** An event of a copy with what it says; undefined where its text is no event. */
export interface ScannedEvent extends HeldEvent {
	said: StationEvent | undefined;
	/** Its hash is the one that follows from the event before it. */
	fits: boolean;
}
