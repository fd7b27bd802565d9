import { setImmediate as nextTurn } from "node:timers/promises";
import type { AppendRequest, Batch, Cursor } from "../../protocol/sync/sync.ts";
import { checkBatch, type Place } from "./check-events.ts";
import type { CheckedEvent, EventStore } from "./event-store.ts";

export type AppendResult =
	| { kind: "appended" | "moved"; cursor: Cursor }
	/** As far as the events were taken; those after it are not what the station believes. */
	| { kind: "conflict"; after: number };

export interface AppendDeps {
	append: EventStore["append"];
	/** Whose events they are. */
	station: string;
	/** UTC milliseconds of the server. */
	receivedAt: number;
}

/**
 * Takes a request's batches in turn, each looked at whole and then written by one compare-and-set, and stops at the
 * first that is not taken. What was taken before stays: it follows the stream's end, as if it had come alone. While one
 * batch is written the next is looked at. Throws SyncRefusal BATCH_BROKEN, EVENT_UNKNOWN.
 */
export async function take(
	{ batches: [first, ...others], ...begin }: AppendRequest,
	{ append, station, receivedAt }: AppendDeps,
): Promise<AppendResult> {
	if (!first) throw new Error("A request holds a batch at least.");
	let place: Place = begin;
	let events = checkBatch(place, first);
	let batch: Batch = first;
	for (;;) {
		const { stream, after } = place;
		const following: Place = { stream, after: after + events.length, previousHash: batch.head };
		const next = others.shift();
		const [outcome, checked] = await Promise.all([
			append({ station, ...place, events, receivedAt }),
			// Once the statement is on its way.
			nextTurn().then((): CheckedEvent[] | undefined => next && checkBatch(following, next)),
		]);
		if (outcome.kind === "conflict") return { kind: "conflict", after };
		if (outcome.kind === "moved" || !next || !checked) return outcome;
		place = following;
		events = checked;
		batch = next;
	}
}
