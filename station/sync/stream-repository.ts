import { and, asc, eq, gt, gte, lte, ne, sql } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event, STREAMS_IN_ORDER, stream } from "../../db/station/schema/events.ts";
import { FIRST_HASH } from "../../protocol/events/event.ts";
import type { EventId, NewId, StreamId } from "../../protocol/model/ids.ts";
import type { Origin, StreamEnd } from "../../protocol/sync/sync.ts";
import { chainEvent, firstHead, type Head, moveEvent } from "../events/hash-chain.ts";

export interface OwnStream extends StreamEnd {
	/** How many events the station's log has before its first one. */
	base: number;
	from: Origin | null;
	/** False: it ended at a fork, with the last event that station and server share. */
	open: boolean;
	ackedSeq: number;
}

/** An event's exact text, and the chain's hash after it. */
export interface ChainedText {
	text: string;
	hash: string;
}

/** The station's log as it is pushed, stream by stream. */
export interface StreamRepository {
	/** Oldest first; the last is open. */
	streams(): OwnStream[];
	/** The hash of a stream's event; FIRST_HASH before the first, undefined beyond its end. */
	hashAt(own: OwnStream, seq: number): string | undefined;
	/** The next events of a stream. */
	batch(own: OwnStream, after: number, limit: number): ChainedText[];
	/** Ids of the events after a place of the log, in its order, a page at a time. */
	idsAfter(place: number, limit: number): { place: number; id: EventId }[];
	/** Saves how far the server has a stream, live and in its backups. */
	saveCursor(streamId: StreamId, ackedSeq: number, backedUpSeq: number): void;
	/**
	 * Continues in a new stream after a place of the log, in one transaction: chains the events since then again, in
	 * their order. An event that the server has already, by its id, is not pushed twice: `event.duplicate` takes its
	 * place, so that the new stream has no gap.
	 */
	fork(place: number, known: ReadonlySet<string>, now: number): void;
	/** Events that the server does not have, as far as it has acknowledged. */
	unsent(): number;
}

export function openStreamRepository(database: StationDatabase, newId: NewId): StreamRepository {
	const rows = () =>
		database
			.select()
			.from(stream)
			.orderBy(...STREAMS_IN_ORDER)
			.all();
	const hashOfPlace = database
		.select({ hash: event.hash })
		.from(event)
		.where(eq(event.seq, sql.placeholder("place")))
		.prepare();
	const page = database
		.select({ text: event.text, hash: event.hash })
		.from(event)
		.where(and(gt(event.seq, sql.placeholder("after")), lte(event.seq, sql.placeholder("last"))))
		.orderBy(asc(event.seq))
		.prepare();
	const updateCursor = database
		.update(stream)
		.set({ ackedSeq: sql`${sql.placeholder("ackedSeq")}`, backedUpSeq: sql`${sql.placeholder("backedUpSeq")}` })
		.where(eq(stream.id, sql.placeholder("stream")))
		.prepare();

	const hashAt: StreamRepository["hashAt"] = (own, seq) => {
		if (seq === 0) return FIRST_HASH;
		return seq > own.seq ? undefined : hashOfPlace.get({ place: own.base + seq })?.hash;
	};

	return {
		hashAt,
		streams: () =>
			rows().map(({ id, base, seq, head, fromStream, fromSeq, endedAt, ackedSeq }) => ({
				stream: id,
				base,
				seq,
				head,
				from: fromStream === null || fromSeq === null ? null : { stream: fromStream, seq: fromSeq },
				open: endedAt === null,
				ackedSeq,
			})),
		batch(own, after, limit) {
			const last = Math.min(own.seq, after + limit);
			return page.all({ after: own.base + after, last: own.base + last });
		},
		idsAfter: (place, limit) =>
			database
				.select({ place: event.seq, id: event.id })
				.from(event)
				.where(gt(event.seq, place))
				.orderBy(asc(event.seq))
				.limit(limit)
				.all(),
		saveCursor(streamId, ackedSeq, backedUpSeq) {
			updateCursor.run({ stream: streamId, ackedSeq, backedUpSeq });
		},
		fork(place, known, now) {
			database.transaction(
				(tx) => {
					const all = rows();
					// The stream that holds the place ends there. Later streams are deleted: their events move to the new one.
					const holder = all.findLast(({ base }) => base < place) ?? all[0];
					if (!holder) throw new Error("A station has a stream from its first start on.");
					const lastSeq = place - holder.base;
					const head = lastSeq === 0 ? FIRST_HASH : hashOfPlace.get({ place })?.hash;
					if (head === undefined || lastSeq > holder.seq)
						throw new Error(`The log has no event ${place} to fork after.`);
					tx.delete(stream)
						.where(and(gte(stream.base, place), ne(stream.id, holder.id)))
						.run();
					tx.update(stream).set({ seq: lastSeq, head, endedAt: now }).where(eq(stream.id, holder.id)).run();
					let chainEnd: Head = firstHead(newId(now));
					for (const row of database.select().from(event).where(gt(event.seq, place)).orderBy(asc(event.seq)).all()) {
						const text = row.original ?? row.text;
						const isKnown = known.has(row.id);
						const next = isKnown
							? chainEvent(chainEnd, { type: "event.duplicate", data: { event: row.id } }, { newId, at: row.at })
							: moveEvent(chainEnd, text);
						tx.update(event)
							.set({ text: next.text, hash: next.hash, original: isKnown ? text : null })
							.where(eq(event.seq, row.seq))
							.run();
						chainEnd = { stream: chainEnd.stream, seq: chainEnd.seq + 1, hash: next.hash };
					}
					tx.insert(stream)
						.values({
							id: chainEnd.stream,
							site: holder.site,
							base: place,
							seq: chainEnd.seq,
							head: chainEnd.hash,
							openedAt: now,
							fromStream: holder.id,
							fromSeq: lastSeq,
						})
						.run();
				},
				{ behavior: "immediate" },
			);
		},
		unsent: () => rows().reduce((sum, { seq, ackedSeq }) => sum + Math.max(0, seq - ackedSeq), 0),
	};
}
