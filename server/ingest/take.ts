import { BATCH_EVENTS, type Cursor } from "../../protocol/sync.ts";
import type { CheckedBatch, IngestStore } from "./store.ts";

export type TakeOutcome =
	| { kind: "appended" | "moved"; cursor: Cursor }
	/** As far as the events were taken; those after it are not what the station believes. */
	| { kind: "misjudged"; after: number };

/**
 * Takes a request's events in batches, each by one compare-and-set, and stops at the first that is not taken. What was
 * taken before stays: it follows the stream's end, as if it had come alone.
 */
export async function take(
	append: IngestStore["append"],
	request: CheckedBatch,
	most = BATCH_EVENTS,
): Promise<TakeOutcome> {
	let { after, previousHash } = request;
	for (;;) {
		const from = after - request.after;
		const events = request.events.slice(from, from + most);
		const outcome = await append({ ...request, after, previousHash, events });
		if (outcome.kind === "misjudged") return { kind: "misjudged", after };
		if (outcome.kind === "moved" || from + events.length === request.events.length) return outcome;
		after += events.length;
		previousHash = outcome.cursor.head;
	}
}
