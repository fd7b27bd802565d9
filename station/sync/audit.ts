import { asc } from "drizzle-orm";
import type { StationDatabase } from "../../db/station/open.ts";
import { event, ticket } from "../../db/station/schema.ts";
import { chainHash, cutEvent } from "../../protocol/chain.ts";
import { FIRST_HASH } from "../../protocol/event.ts";
import { readEvent } from "../../protocol/event-versions.ts";
import { BATCH_EVENTS, type EventsAnswer } from "../../protocol/sync.ts";
import { emptyReplay, replay } from "../tickets/replay.ts";
import type { ServerCalls } from "./give.ts";
import type { AuditCalls } from "./http-calls.ts";
import type { OwnStream, SyncLog } from "./log.ts";

/** One stream on both sides. */
export interface StreamAudit {
	stream: string;
	events: { station: number; server: number };
	/** The last sequence up to which both have the same events. */
	lastCommon: number;
	/** Where it went on from another stream: a fork. */
	from: { stream: string; seq: number } | null;
	/** What is wrong with the server's copy by itself; null where its sequence and hashes are whole. */
	broken: string | null;
}

export interface AuditReport {
	kind: "agrees" | "differs";
	streams: StreamAudit[];
	/** Events of the station that the server has in no stream. */
	missing: number;
	/** Tickets by state, as each side's own events say. */
	tickets: { station: Record<string, number>; server: Record<string, number> };
}

/**
 * Compares a station's log with the server's copy, event by event: every text of the server is hashed anew, so that
 * neither side's word is taken for it, and whoever has both can run it again.
 */
export async function auditStation(
	database: StationDatabase,
	log: SyncLog,
	calls: Pick<ServerCalls, "known"> & AuditCalls,
): Promise<AuditReport> {
	const streams: StreamAudit[] = [];
	const texts = new Map<string, string>();
	for (const own of log.streams()) streams.push(await auditStream(own, log, calls, texts));

	// What another stream holds for this one is fetched by its id.
	const known = emptyReplay();
	let missing = 0;
	const rows = database.select().from(event).orderBy(asc(event.seq)).all();
	const elsewhere = rows.filter(({ id }) => !texts.has(id)).map(({ id }) => id);
	for (let index = 0; index < elsewhere.length; index += BATCH_EVENTS) {
		const ids = elsewhere.slice(index, index + BATCH_EVENTS);
		for (const { text } of await calls.events({ ids })) keep(texts, text);
	}
	for (const { id, seq } of rows) {
		const said = readEvent(texts.get(id) ?? "");
		if (said) replay(known, said, seq);
		else missing += 1;
	}
	const tickets = {
		station: countStates(database.select({ state: ticket.state }).from(ticket).all()),
		server: countStates([...known.tickets.values()]),
	};
	const agrees =
		missing === 0 &&
		streams.every(({ broken, lastCommon, events }) => broken === null && lastCommon === events.station) &&
		JSON.stringify(tickets.station) === JSON.stringify(tickets.server);
	return { kind: agrees ? "agrees" : "differs", streams, missing, tickets };
}

async function auditStream(
	own: OwnStream,
	log: SyncLog,
	calls: AuditCalls,
	texts: Map<string, string>,
): Promise<StreamAudit> {
	let hash = FIRST_HASH;
	let seq = 0;
	let lastCommon = 0;
	let broken: string | null = null;
	for (;;) {
		const page: EventsAnswer["events"] = await calls.events({ stream: own.stream, after: seq });
		const ours = log.batch(own, seq, page.length);
		for (const [index, theirs] of page.entries()) {
			hash = chainHash(hash, theirs.text);
			if (theirs.seq !== seq + 1) broken ??= `after event ${seq} comes ${theirs.seq}`;
			if (theirs.hash !== hash) broken ??= `the hash of event ${theirs.seq} does not fit its text`;
			if (!isSameEvent(ours[index], theirs)) broken ??= `the text of event ${theirs.seq} is another's`;
			seq = theirs.seq;
			if (lastCommon === seq - 1 && log.hashAt(own, seq) === hash) lastCommon = seq;
			keep(texts, theirs.text);
		}
		if (page.length < BATCH_EVENTS) break;
	}
	return { stream: own.stream, events: { station: own.seq, server: seq }, lastCommon, from: own.from, broken };
}

/** One side may have cut what the other still has whole: the rest must be the same. Other hashes are told elsewhere. */
function isSameEvent(
	ours: { text: string; hash: string } | undefined,
	theirs: { text: string; hash: string },
): boolean {
	if (ours?.hash !== theirs.hash || ours.text === theirs.text) return true;
	return cutEvent(ours.text) === cutEvent(theirs.text);
}

function keep(texts: Map<string, string>, text: string): void {
	const said = readEvent(text);
	if (said && said.type !== "event.known") texts.set(said.id, text);
}

function countStates(tickets: readonly { state: string }[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { state } of tickets.toSorted((one, other) => one.state.localeCompare(other.state)))
		counts[state] = (counts[state] ?? 0) + 1;
	return counts;
}
