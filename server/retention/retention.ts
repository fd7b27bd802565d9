import { and, asc, eq, gt, lt, or, sql } from "drizzle-orm";
import type { Logger } from "pino";
import type { ServerDatabase } from "../../db/server/open.ts";
import { event, stream } from "../../db/server/schema/events.ts";
import { redactEvent } from "../../protocol/events/hash-chain.ts";
import { isRedacted, PERSONAL_EVENT_TYPES } from "../../protocol/events/personal-fields.ts";
import { dueOf, redactBefore } from "../../protocol/events/retention.ts";
import { dropOldPhoneTickets } from "../phones/phone-tickets.ts";

const EACH_HOUR = 3_600_000;
const PAGE = 500;

/**
 * Cuts what links old events to visitors out of the server's copy, stream by stream; returns how many it looked at.
 * Several instances may do so at once: each page is moved on from exactly where it began, or not at all.
 */
export async function redactOldEvents(database: ServerDatabase, before: number): Promise<number> {
	let looked = 0;
	let after: { station: string; id: string } | undefined;
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
			.limit(PAGE);
		for (const own of page) looked += await redactStream(database, own, before);
		after = page.at(-1);
		if (after === undefined || page.length < PAGE) return looked;
	}
}

/**
 * By the station's clock, and at the latest when it came: an event that a clock dated a year ahead would otherwise hold up
 * all that follow it.
 */
const happenedBy = sql<number>`least(${event.at}, ${event.receivedAt})`.mapWith(Number);

async function redactStream(
	database: ServerDatabase,
	{ station, id, redactedSeq }: { station: string; id: string; redactedSeq: number },
	before: number,
): Promise<number> {
	const hasPersonalFields = new Set<string>(PERSONAL_EVENT_TYPES);
	for (let from = redactedSeq; ; ) {
		const next = await database
			.select({ seq: event.seq, at: happenedBy, type: event.type, text: event.text })
			.from(event)
			.where(and(eq(event.station, station), eq(event.stream, id), gt(event.seq, from)))
			.orderBy(asc(event.seq))
			.limit(PAGE);
		const due = dueOf(next, before);
		const last = due.at(-1);
		if (!last) return from - redactedSeq;
		const rows = due
			.filter(({ type, text }) => hasPersonalFields.has(type) && !isRedacted(text))
			.map(({ seq, text }) => ({ seq, text: redactEvent(text) }));
		const { rowCount } = await database.execute(sql`
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
		// Another instance was faster: the rest is its.
		if (rowCount === 0) return from - redactedSeq;
		from = last.seq;
		if (due.length < PAGE) return from - redactedSeq;
	}
}

/** Stands where a ticket's code digest or id was: it is nobody's. */
const UNATTRIBUTED = { codeDigest: "0".repeat(64), ticket: "00000000-0000-0000-0000-000000000000" };

/**
 * Takes out of old commands what links them to a visitor; returns how many there were. The commands stay: their numbers
 * have no gap. Their time is long over, so no station carries one out any more.
 */
export async function redactOldCommands(database: ServerDatabase, before: number): Promise<number> {
	const { rowCount } = await database.execute(sql`
		update command set action = action || case action->>'kind'
			when 'expect-visitor' then jsonb_build_object(
				'codeDigest', ${UNATTRIBUTED.codeDigest}::text, 'language', null,
				'from', (action->'from') || jsonb_build_object('ticket', ${UNATTRIBUTED.ticket}::text))
			else jsonb_build_object('codeDigest', ${UNATTRIBUTED.codeDigest}::text)
		end
		where created_at < ${before} and action->>'codeDigest' <> ${UNATTRIBUTED.codeDigest}`);
	return rowCount ?? 0;
}

/** Cuts what is due each hour. Returns the way to stop. A fault is told, and the next hour tries again. */
export function startRetention(
	database: ServerDatabase,
	{ days, clock, log }: { days: number; clock(): number; log: Logger },
): () => Promise<void> {
	let running = Promise.resolve();
	const timer = setInterval(() => {
		const before = redactBefore(clock(), days);
		running = redactOldEvents(database, before)
			.then(async (looked) => {
				const commands = await redactOldCommands(database, before);
				await dropOldPhoneTickets(database, clock());
				if (looked > 0 || commands > 0) log.info({ looked, commands }, "old events and commands were redacted");
			})
			.catch((err: unknown) => log.error({ err }, "old events and commands could not be redacted"));
	}, EACH_HOUR);
	timer.unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
