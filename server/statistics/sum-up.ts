import { and, asc, eq, gt, inArray, lte, sql } from "drizzle-orm";
import type { Logger } from "pino";
import type { ServerDatabase, Transaction } from "../../db/server/open.ts";
import { event, stream } from "../../db/server/schema/events.ts";
import { summedStream } from "../../db/server/schema/statistics.ts";
import { SECOND_MS } from "../../lib/time/durations.ts";
import type { StationId, StreamId } from "../../protocol/model/ids.ts";
import { HISTORY_EVENTS } from "../../protocol/statistics/ticket-history.ts";
import { addEvents } from "./ticket-events.ts";
import { lockStatistics } from "./write-histories.ts";

const PAGE_EVENTS = 5_000;
const INTERVAL_MS = 10 * SECOND_MS;

/** Where a stream ends, or how much of it was summed up. */
export interface StreamEnd {
	stream: StreamId;
	seq: number;
}

/**
 * Adds what stations appended since the last time, a station at a time; returns how many events that were. Appending
 * itself does not wait for it: in the same transaction it took 2.6 times as long.
 */
export async function sumUp(database: ServerDatabase): Promise<number> {
	const summed = sql`coalesce(${summedStream.seq}, 0)`;
	const stations = await database
		.selectDistinct({ id: stream.station })
		.from(stream)
		.leftJoin(summedStream, and(eq(summedStream.station, stream.station), eq(summedStream.stream, stream.id)))
		.where(gt(stream.ackedSeq, summed))
		.orderBy(asc(stream.station));
	let events = 0;
	for (const { id } of stations)
		events += await database.transaction(async (tx) => {
			await lockStatistics(tx, id);
			return sumUpTo(tx, id, await readEnds(tx, id));
		});
	return events;
}

/** Where the station's streams end now. */
export function readEnds(tx: Transaction, id: StationId): Promise<StreamEnd[]> {
	return tx
		.select({ stream: stream.id, seq: stream.ackedSeq })
		.from(stream)
		.where(eq(stream.station, id))
		.orderBy(asc(stream.id));
}

/** Adds the events up to these ends that were not summed up yet; returns how many. The station's statistics are locked. */
export async function sumUpTo(tx: Transaction, id: StationId, ends: readonly StreamEnd[]): Promise<number> {
	const rows = await tx
		.select({ stream: summedStream.stream, seq: summedStream.seq })
		.from(summedStream)
		.where(eq(summedStream.station, id));
	const summed = new Map(rows.map(({ stream: own, seq }) => [own, seq]));
	let count = 0;
	for (const { stream: own, seq } of ends)
		for (let after = summed.get(own) ?? 0; after < seq; after += PAGE_EVENTS)
			count += await sumUpPage(tx, id, { stream: own, after, upTo: Math.min(seq, after + PAGE_EVENTS) });
	return count;
}

async function sumUpPage(
	tx: Transaction,
	id: StationId,
	{ stream: own, after, upTo }: { stream: StreamId; after: number; upTo: number },
): Promise<number> {
	const page = await tx
		.select({ text: event.text })
		.from(event)
		.where(
			and(
				eq(event.station, id),
				eq(event.stream, own),
				gt(event.seq, after),
				lte(event.seq, upTo),
				inArray(event.type, [...HISTORY_EVENTS]),
			),
		)
		.orderBy(asc(event.seq));
	await addEvents(
		tx,
		id,
		page.map(({ text }) => text),
	);
	await tx
		.insert(summedStream)
		.values({ station: id, stream: own, seq: upTo })
		.onConflictDoUpdate({ target: [summedStream.station, summedStream.stream], set: { seq: upTo } });
	return page.length;
}

/** Sums up all the while. Logs an error and tries again. Returns a function that stops it. */
export function startSummingUp(database: ServerDatabase, { log }: { log: Logger }): () => Promise<void> {
	let running: Promise<unknown> | undefined;
	const timer = setInterval(() => {
		running ??= sumUp(database)
			.catch((err: unknown) => log.error({ err }, "statistics.failed"))
			.finally(() => {
				running = undefined;
			});
	}, INTERVAL_MS);
	timer.unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
