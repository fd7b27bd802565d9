import { and, asc, eq, gt, lt, or, sql } from "drizzle-orm";
import type { Logger } from "pino";
import type { ServerDatabase, Transaction } from "../../db/server/open.ts";
import { event, stream } from "../../db/server/schema/events.ts";
import { HOUR_MS } from "../../lib/time/durations.ts";
import { redactEvent } from "../../protocol/events/hash-chain.ts";
import { isRedacted, PERSONAL_EVENT_TYPES } from "../../protocol/events/personal-fields.ts";
import { dueOf, redactBefore } from "../../protocol/events/retention.ts";
import type { StationId, StreamId } from "../../protocol/model/ids.ts";
import { deleteOldPhoneTickets } from "../phones/phone-tickets.ts";

const PAGE_ROWS = 500;

/**
 * Redacts the personal fields of old events in the server's copy, stream by stream; returns how many events it read.
 * Several instances may do so at the same time: each page moves the mark from exactly where the page began, or not at all.
 */
export async function redactOldEvents(
	database: ServerDatabase,
	before: number,
	onRedacted: OnRedacted = async () => {},
): Promise<number> {
	let scanned = 0;
	let after: { station: StationId; id: StreamId } | undefined;
	for (;;) {
		const page = await database
			.select({ station: stream.station, id: stream.id, redactedSeq: stream.redactedSeq })
			.from(stream)
			.where(
				and(
					lt(stream.redactedSeq, stream.ackedSeq),
					after &&
						or(gt(stream.station, after.station), and(eq(stream.station, after.station), gt(stream.id, after.id))),
				),
			)
			.orderBy(asc(stream.station), asc(stream.id))
			.limit(PAGE_ROWS);
		for (const own of page) scanned += await redactStream(database, own, { before, onRedacted });
		after = page.at(-1);
		if (after === undefined || page.length < PAGE_ROWS) return scanned;
	}
}

/** What else is made from the events, in the transaction that redacts them; the texts are the redacted ones. */
export type OnRedacted = (tx: Transaction, station: StationId, texts: readonly string[]) => Promise<void>;

/**
 * By the station's clock, but not later than the event was received: otherwise an event that a wrong clock dated a year
 * ahead would hold up all events after it.
 */
const happenedAt = sql<number>`least(${event.at}, ${event.receivedAt})`.mapWith(Number);

async function redactStream(
	database: ServerDatabase,
	{ station, id, redactedSeq }: { station: StationId; id: StreamId; redactedSeq: number },
	{ before, onRedacted }: { before: number; onRedacted: OnRedacted },
): Promise<number> {
	const hasPersonalFields = new Set<string>(PERSONAL_EVENT_TYPES);
	for (let from = redactedSeq; ; ) {
		const next = await database
			.select({ seq: event.seq, at: happenedAt, type: event.type, text: event.text })
			.from(event)
			.where(and(eq(event.station, station), eq(event.stream, id), gt(event.seq, from)))
			.orderBy(asc(event.seq))
			.limit(PAGE_ROWS);
		const due = dueOf(next, before);
		const last = due.at(-1);
		if (!last) return from - redactedSeq;
		const rows = due
			.filter(({ type, text }) => hasPersonalFields.has(type) && !isRedacted(text))
			.map(({ seq, text }) => ({ seq, text: redactEvent(text) }));
		const hasMoved = await database.transaction(async (tx) => {
			const { rowCount } = await tx.execute(sql`
			with moved as (
				update stream set redacted_seq = ${last.seq}
				where station = ${station} and id = ${id} and redacted_seq = ${from}
				returning station, id
			), written as (
				update event set text = e.text
				from moved, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(seq bigint, text text)
				where event.station = moved.station and event.stream = moved.id and event.seq = e.seq
			)
			select 1 from moved`);
			if (rowCount === 0) return false;
			await onRedacted(
				tx,
				station,
				rows.map(({ text }) => text),
			);
			return true;
		});
		// Another instance moved the mark first and continues there.
		if (!hasMoved) return from - redactedSeq;
		from = last.seq;
		if (due.length < PAGE_ROWS) return from - redactedSeq;
	}
}

/** Replaces a ticket's code digest and id. */
const REDACTED = { codeDigest: "0".repeat(64), ticket: "00000000-0000-0000-0000-000000000000" };

/**
 * Removes what links old commands to a visitor; returns how many it changed. The commands stay, so that their numbers
 * have no gap. They expired long ago, so no station executes one any more.
 */
export async function redactOldCommands(database: ServerDatabase, before: number): Promise<number> {
	const { rowCount } = await database.execute(sql`
		update command set action = action || case action->>'kind'
			when 'expect-visitor' then jsonb_build_object(
				'codeDigest', ${REDACTED.codeDigest}::text, 'language', null,
				'from', (action->'from') || jsonb_build_object('ticket', ${REDACTED.ticket}::text))
			when 'withdraw-visitor' then jsonb_build_object(
				'from', (action->'from') || jsonb_build_object('ticket', ${REDACTED.ticket}::text))
			else jsonb_build_object('codeDigest', ${REDACTED.codeDigest}::text)
		end
		where created_at < ${before} and (action->>'codeDigest' <> ${REDACTED.codeDigest}
			or action->>'kind' = 'withdraw-visitor' and action->'from'->>'ticket' <> ${REDACTED.ticket})`);
	return rowCount ?? 0;
}

/** Redacts what is due each hour. Logs an error and tries again an hour later. Returns a function that stops it. */
export function startRetention(
	database: ServerDatabase,
	{ days, clock, log, onRedacted }: { days: number; clock(): number; log: Logger; onRedacted: OnRedacted },
): () => Promise<void> {
	let running = Promise.resolve();
	const timer = setInterval(() => {
		const before = redactBefore(clock(), days);
		running = redactOldEvents(database, before, onRedacted)
			.then(async (scanned) => {
				const commands = await redactOldCommands(database, before);
				await deleteOldPhoneTickets(database, clock());
				if (scanned > 0 || commands > 0) log.info({ scannedEvents: scanned, commands }, "retention.redacted");
			})
			.catch((err: unknown) => log.error({ err }, "retention.failed"));
	}, HOUR_MS);
	timer.unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
