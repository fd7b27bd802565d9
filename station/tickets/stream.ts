import { eq, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event, stream } from "../../db/station/schema.ts";
import type { Change } from "../../protocol/event.ts";
import { firstHead, type Head, seal } from "./seal.ts";

/** Writes a change as the next event and returns its sequence. `by` is the member of staff who did it. */
export type Append = (change: Change, at: number, by?: string) => number;

export interface Stream {
	readonly id: string;
	/** Sequence of the last event. */
	seq(): number;
	/**
	 * Runs `work`, which writes changes as the next events.
	 * Only to be called inside the transaction that makes the changes: both are kept, or neither.
	 */
	write<T>(work: (append: Append) => T): T;
}

/** Opens the database's stream, and begins one for the site where there is none. `newId` gives a UUID for an instant. */
export function openStream(
	database: StationDatabase,
	{ newId, streamId, site, now }: { newId: (at: number) => string; streamId: string; site: string; now: number },
): Stream {
	const selectHead = database
		.select({ stream: stream.id, seq: stream.seq, hash: stream.head })
		.from(stream)
		.limit(1)
		.prepare();
	const insertEvent = database
		.insert(event)
		.values({
			seq: sql.placeholder("seq"),
			id: sql.placeholder("id"),
			type: sql.placeholder("type"),
			at: sql.placeholder("at"),
			text: sql.placeholder("text"),
			hash: sql.placeholder("hash"),
		})
		.prepare();
	const moveHead = database
		.update(stream)
		.set({ seq: sql`${sql.placeholder("seq")}`, head: sql`${sql.placeholder("hash")}` })
		.where(eq(stream.id, sql.placeholder("stream")))
		.prepare();

	const begun = selectHead.get();
	if (!begun) {
		const head = firstHead(streamId);
		database.insert(stream).values({ id: head.stream, site, seq: head.seq, head: head.hash, openedAt: now }).run();
	}
	const readHead = (): Head => {
		const found = selectHead.get();
		if (!found) throw new Error("The stream's head is gone from the database.");
		return found;
	};

	return {
		id: begun?.stream ?? streamId,
		seq: () => readHead().seq,
		write(work) {
			// Read and moved once for all events of the transaction.
			let head = readHead();
			const begunAt = head.seq;
			const result = work((change, at, by) => {
				const sealed = seal(head, change, newId(at), at, by);
				insertEvent.run({ ...sealed });
				head = { stream: head.stream, seq: sealed.seq, hash: sealed.hash };
				return sealed.seq;
			});
			if (head.seq !== begunAt) moveHead.run({ ...head });
			return result;
		},
	};
}
