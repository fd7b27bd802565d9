import { eq, isNull, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { prepareForMany } from "../../db/station/prepare-for-many.ts";
import { event, stream } from "../../db/station/schema/events.ts";
import type { Change } from "../../protocol/events/event.ts";
import type { NewId, SiteId, StaffId, StreamId } from "../../protocol/model/ids.ts";
import { type ChainedEvent, chainEvent, firstHead, type Head } from "./hash-chain.ts";

/** Writes a change as the next event and returns its place in the station's log. `by` is the member of staff who did it. */
export type Append = (change: Change, at: number, by?: StaffId) => number;

export interface EventLog {
	/** The stream that is written now; another one after a fork. */
	id(): StreamId;
	/** Place of the last event in the station's own log. */
	seq(): number;
	/**
	 * Runs `work`, which writes changes as the next events.
	 * Only to be called inside the transaction that makes the changes: both are kept, or neither.
	 */
	write<T>(work: (append: Append) => T): T;
}

/** Opens the database's stream, and begins one for the site where there is none. `newId` gives a UUID for an instant. */
export function openEventLog(
	database: StationDatabase,
	{ newId, streamId, site, now }: { newId: NewId; streamId: StreamId; site: SiteId; now: number },
): EventLog {
	const selectHead = database
		.select({ stream: stream.id, base: stream.base, seq: stream.seq, hash: stream.head })
		.from(stream)
		.where(isNull(stream.endedAt))
		// No LIMIT: SQLite plans a statement with a bound one anew each time, and every change asks for the head.
		.prepare();
	const insertEvent = prepareForMany<Omit<ChainedEvent, "seq"> & { place: number }>(
		database,
		database.insert(event).values({
			seq: sql.placeholder("place"),
			id: sql.placeholder("id"),
			type: sql.placeholder("type"),
			at: sql.placeholder("at"),
			text: sql.placeholder("text"),
			hash: sql.placeholder("hash"),
		}),
	);
	const moveHead = database
		.update(stream)
		.set({ seq: sql`${sql.placeholder("seq")}`, head: sql`${sql.placeholder("hash")}` })
		.where(eq(stream.id, sql.placeholder("stream")))
		.prepare();

	if (!selectHead.get()) {
		const head = firstHead(streamId);
		database
			.insert(stream)
			.values({ id: head.stream, site, base: 0, seq: head.seq, head: head.hash, openedAt: now })
			.run();
	}
	const readHead = (): Head & { base: number } => {
		const found = selectHead.get();
		if (!found) throw new Error("The stream's head is gone from the database.");
		return found;
	};

	return {
		id: () => readHead().stream,
		seq() {
			const { base, seq } = readHead();
			return base + seq;
		},
		write(work) {
			// Read and moved once for all events of the transaction.
			const { base, ...begun } = readHead();
			let head: Head = begun;
			const result = work((change, at, by) => {
				const sealed = chainEvent(head, change, { newId, at, by });
				const place = base + sealed.seq;
				insertEvent({ ...sealed, place });
				head = { stream: head.stream, seq: sealed.seq, hash: sealed.hash };
				return place;
			});
			if (head.seq !== begun.seq) moveHead.run({ ...head });
			return result;
		},
	};
}
