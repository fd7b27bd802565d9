import { setImmediate as nextTurn } from "node:timers/promises";
import type { StationId } from "../../protocol/model/ids.ts";
import type { AppendRequest, Batch, Cursor } from "../../protocol/sync/sync.ts";
import { checkBatch, type Position } from "./check-events.ts";
import type { CheckedEvent, EventStore } from "./event-store.ts";

export type AppendResult =
	| { kind: "appended" | "moved"; cursor: Cursor }
	/** Events up to `after` were appended; those that follow are not what the station believes. */
	| { kind: "conflict"; after: number };

export interface AppendDeps {
	append: EventStore["append"];
	/** Whose events they are. */
	station: StationId;
	/** UTC milliseconds of the server. */
	receivedAt: number;
}

/**
 * Appends a request's batches in turn. Each is checked whole, then written by one compare-and-set; the first that fails
 * ends it. Batches before that stay, as if they had come alone. While one batch is written the next is checked. Throws
 * Refusal BATCH_INVALID, EVENT_UNKNOWN.
 */
export async function appendBatches(
	{ batches: [first, ...others], ...start }: AppendRequest,
	{ append, station, receivedAt }: AppendDeps,
): Promise<AppendResult> {
	if (!first) throw new Error("A request has at least one batch.");
	let position: Position = start;
	let events = checkBatch(position, first);
	let batch: Batch = first;
	for (;;) {
		const { stream, after } = position;
		const nextPosition: Position = { stream, after: after + events.length, previousHash: batch.head };
		const next = others.shift();
		const [outcome, nextEvents] = await Promise.all([
			append({ station, ...position, events, receivedAt }),
			// After a turn of the event loop, so that the statement is sent first.
			nextTurn().then((): CheckedEvent[] | undefined => next && checkBatch(nextPosition, next)),
		]);
		if (outcome.kind === "conflict") return { kind: "conflict", after };
		if (outcome.kind === "moved" || !next || !nextEvents) return outcome;
		position = nextPosition;
		events = nextEvents;
		batch = next;
	}
}
