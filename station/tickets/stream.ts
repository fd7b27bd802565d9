import { eq, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event, stream } from "../../db/station/schema.ts";
import type { Change } from "../../protocol/event.ts";
import { firstHead, type Head, seal } from "./seal.ts";

export interface Stream {
	readonly id: string;
	/** Sequence of the last event. */
	seq(): number;
	/**
	 * Writes a change as the next event and returns its sequence. Only to be called inside the
	 * transaction that makes the change: both are kept, or neither.
	 */
	append(change: Change, at: number): number;
}

/** Opens the database's stream, and begins one where there is none. `newId` gives a UUID for an instant. */
export function openStream(
	database: StationDatabase,
	newId: (at: number) => string,
	streamId: string,
	now: number,
): Stream {
	const readHead = database
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

	const begun = readHead.get();
	if (!begun) {
		const head = firstHead(streamId);
		database.insert(stream).values({ id: head.stream, seq: head.seq, head: head.hash, openedAt: now }).run();
	}
	const head = (): Head => {
		const found = readHead.get();
		if (!found) throw new Error("The stream's head is gone from the database.");
		return found;
	};

	return {
		id: begun?.stream ?? streamId,
		seq: () => head().seq,
		append(change, at) {
			const before = head();
			const sealed = seal(before, change, newId(at), at);
			insertEvent.run({ ...sealed });
			moveHead.run({ seq: sealed.seq, hash: sealed.hash, stream: before.stream });
			return sealed.seq;
		},
	};
}
