import { setImmediate as nextTurn } from "node:timers/promises";
import { type AppendRequest, BATCH_EVENTS, type Cursor } from "../../protocol/sync.ts";
import { checkEvents } from "./check-events.ts";
import type { CheckedBatch, IngestStore } from "./store.ts";

export type TakeOutcome =
	| { kind: "appended" | "moved"; cursor: Cursor }
	/** As far as the events were taken; those after it are not what the station believes. */
	| { kind: "misjudged"; after: number };

export interface TakeParts {
	append: IngestStore["append"];
	/** Whose events they are. */
	station: string;
	/** UTC milliseconds of the server. */
	receivedAt: number;
	/** Events in a batch. */
	most?: number;
}

/**
 * Takes a request's events in batches, each looked at whole and then written by one compare-and-set, and stops at the
 * first that is not taken. What was taken before stays: it follows the stream's end, as if it had come alone. While one
 * batch is written the next is looked at. Throws SyncRefusal BATCH_BROKEN, EVENT_UNKNOWN.
 */
export async function take(
	request: AppendRequest,
	{ append, station, receivedAt, most = BATCH_EVENTS }: TakeParts,
): Promise<TakeOutcome> {
	let batch = batchOf(request, 0, most);
	let events = checkEvents(batch);
	for (;;) {
		const { stream, after, previousHash } = batch;
		const following = batchOf(request, after - request.after + events.length, most);
		const [outcome, checked] = await Promise.all([
			append({ station, stream, after, previousHash, events, receivedAt } satisfies CheckedBatch),
			// Once the statement is on its way.
			nextTurn().then(() => checkEvents(following)),
		]);
		if (outcome.kind === "misjudged") return { kind: "misjudged", after };
		if (outcome.kind === "moved" || checked.length === 0) return outcome;
		batch = following;
		events = checked;
	}
}

function batchOf({ stream, after, previousHash, events }: AppendRequest, from: number, most: number): AppendRequest {
	return {
		stream,
		after: after + from,
		previousHash: events[from - 1]?.hash ?? previousHash,
		events: events.slice(from, from + most),
	};
}
