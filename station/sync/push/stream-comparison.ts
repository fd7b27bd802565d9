import { FIRST_HASH } from "../../../protocol/events/event.ts";
import type { StreamId } from "../../../protocol/model/ids.ts";
import { BATCH_EVENTS, type Cursor } from "../../../protocol/sync/sync.ts";
import type { OwnStream, StreamRepository } from "../stream-repository.ts";

/** What comparing a stream with the server's copy of it found. */
export type Comparison =
	/** The server has the stream up to `ackedSeq`. A lost answer and a restored server look like this too. */
	| { kind: "agrees"; ackedSeq: number }
	/** The stream ended here, and the server has more of it. Only its hashes tell whether our end is part of it. */
	| { kind: "serverAhead" }
	/** The server has events in it that are not ours: a cloned or a restored disk. */
	| { kind: "diverged" };

type HashesCall = (stream: StreamId, seqs: number[]) => Promise<{ seq: number; hash: string }[]>;

/** Compares a stream with the server's cursor. The whole protocol rests on this rule. */
export function compareWithCursor(
	own: OwnStream,
	cursor: Cursor | undefined,
	hashAt: (seq: number) => string | undefined,
): Comparison {
	const { ackedSeq, head } = cursor ?? { ackedSeq: 0, head: FIRST_HASH };
	if (ackedSeq <= own.seq) return hashAt(ackedSeq) === head ? { kind: "agrees", ackedSeq } : { kind: "diverged" };
	return own.open ? { kind: "diverged" } : { kind: "serverAhead" };
}

/** Whether the end of our stream is an event of the server's copy. */
export async function isPrefixOfServerCopy(own: OwnStream, hashes: HashesCall): Promise<boolean> {
	if (own.seq === 0) return true;
	const [theirs] = await hashes(own.stream, [own.seq]);
	return theirs?.hash === own.head;
}

/**
 * The last sequence, `most` at most, at which both copies have the same event. The hashes are a chain: where one
 * agrees, all before it agree.
 */
export async function findLastCommon(
	own: OwnStream,
	limit: number,
	{ log, hashes }: { log: Pick<StreamRepository, "hashAt">; hashes: HashesCall },
): Promise<number> {
	let low = 0;
	let high = Math.min(own.seq, limit);
	while (low < high) {
		const seqs = spread(low, high, BATCH_EVENTS);
		const theirs = new Map((await hashes(own.stream, seqs)).map(({ seq, hash }) => [seq, hash]));
		const agreed = seqs.filter((seq) => theirs.get(seq) === log.hashAt(own, seq));
		const diverged = seqs.filter((seq) => theirs.get(seq) !== log.hashAt(own, seq));
		low = Math.max(low, ...agreed);
		high = Math.min(high, ...diverged.map((seq) => seq - 1));
	}
	return low;
}

/** Up to `most` whole numbers above `low` and up to `high`, evenly spread, `high` among them. */
function spread(low: number, high: number, limit: number): number[] {
	const count = Math.min(limit, high - low);
	return Array.from({ length: count }, (_, index) => low + Math.round(((index + 1) * (high - low)) / count));
}
