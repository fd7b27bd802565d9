import { FIRST_HASH } from "../../../protocol/events/event.ts";
import type { AppendRequest, Batch } from "../../../protocol/sync/sync.ts";
import type { ChainedText, OwnStream, StreamRepository } from "../stream-repository.ts";

/** Far below what the server reads of one request (BATCH_BYTES), whatever script the texts are in. */
const MAX_REQUEST_CHARACTERS = 1_000_000;

/** Batches in one request at most, and events in a batch. */
export interface BatchSizes {
	requestBatches: number;
	batchEvents: number;
}

/** The next events of a stream as one request. */
export interface NextRequest {
	request: AppendRequest;
	count: number;
	/** The end of the stream once the server has them. */
	end: { seq: number; hash: string };
}

/** The request that follows `after`, with as many batches as `sizes` allows; undefined at the stream's end. */
export function nextRequest(
	log: Pick<StreamRepository, "batch">,
	own: OwnStream,
	after: { seq: number; hash: string },
	{ requestBatches, batchEvents }: BatchSizes,
): NextRequest | undefined {
	const events = limitCharacters(log.batch(own, after.seq, requestBatches * batchEvents), MAX_REQUEST_CHARACTERS);
	const last = events.at(-1);
	if (!last) return undefined;
	return {
		request: {
			stream: own.stream,
			after: after.seq,
			previousHash: after.hash,
			batches: splitIntoBatches(events, batchEvents),
		},
		count: events.length,
		end: { seq: after.seq + events.length, hash: last.hash },
	};
}

function splitIntoBatches(events: readonly ChainedText[], size: number): Batch[] {
	return Array.from({ length: Math.ceil(events.length / size) }, (_, index) => {
		const some = events.slice(index * size, (index + 1) * size);
		return { texts: some.map(({ text }) => text), head: some.at(-1)?.hash ?? FIRST_HASH };
	});
}

/** The first events that have at most so many characters together; at least one event. */
function limitCharacters(events: readonly ChainedText[], characters: number): readonly ChainedText[] {
	let sum = 0;
	const firstTooMany = events.findIndex(({ text }, index) => {
		sum += text.length;
		return index > 0 && sum > characters;
	});
	return firstTooMany === -1 ? events : events.slice(0, firstTooMany);
}
