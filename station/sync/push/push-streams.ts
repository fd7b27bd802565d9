import type { EventId, StreamId } from "../../../protocol/model/ids.ts";
import {
	type AppendRequest,
	BATCH_EVENTS,
	type Cursor,
	type HandshakeRequest,
	type HandshakeResponse,
	REQUEST_BATCHES,
	type StationReport,
} from "../../../protocol/sync/sync.ts";
import type { OwnStream, StreamRepository } from "../stream-repository.ts";
import { type BatchSizes, type NextRequest, nextRequest } from "./append-requests.ts";
import { compareWithCursor, findLastCommon, isPrefixOfServerCopy } from "./stream-comparison.ts";

/** The server as the station calls it. A call that throws may still have been carried out. */
export interface ServerCalls {
	handshake(handshake: HandshakeRequest): Promise<HandshakeResponse>;
	/** Prepares a request, so that it is ready while the one before it is in flight. */
	prepare(request: AppendRequest): Promise<() => Promise<AppendAnswer>>;
	/** Which of these events the server has, in any stream of this station. */
	known(ids: EventId[]): Promise<EventId[]>;
	hashes(stream: StreamId, seqs: number[]): Promise<{ seq: number; hash: string }[]>;
}

export type AppendAnswer =
	/** The stream's end now. `moved`: the stream did not end where the request, or a batch of it, begins. */
	| { kind: "appended" | "moved"; cursor: Cursor }
	/** The server has an event that the request repeats, or lacks one that it calls known. It kept those up to `after`. */
	| { kind: "conflict"; after: number };

const MAX_ATTEMPTS_WITHOUT_PROGRESS = 5;

/** The server accepted nothing, however often it was asked in one round. */
export class NoProgress extends Error {
	override readonly name = "NoProgress";

	constructor() {
		super(`The server was asked ${MAX_ATTEMPTS_WITHOUT_PROGRESS} times and accepted nothing.`);
	}
}

export interface PushDeps {
	log: StreamRepository;
	calls: ServerCalls;
	/** UTC milliseconds. */
	clock(): number;
	report(): StationReport;
	batchSizes?: BatchSizes;
	/** Asked after each request: whether to send the next one now, or to leave it to the next round. */
	mayContinue?(): boolean;
}

export interface PushResult {
	/** Events that the server accepted in this round. */
	events: number;
	/** Streams that diverged from the server's copy and continue in a new one. */
	forks: number;
	/**
	 * Events of ended streams that the server has and this disk lacks: another disk wrote them, or this one was restored
	 * from an older backup. Their ticket numbers may be issued twice.
	 */
	serverAhead: number;
	/** Events are left: the round stopped because somebody is writing. */
	hasMore: boolean;
}

/** How pushing one stream ended. */
type StreamResult =
	| { kind: "complete" }
	/** Both copies are the same up to this place of the log, and differ after it. */
	| { kind: "diverged"; place: number }
	/** The stream's end at the server is not where the station believed: a new handshake tells. */
	| { kind: "moved" }
	| { kind: "paused" };

/**
 * One round: asks how far the server has each stream, forks a stream that diverged, and sends what is missing. Throws
 * what the calls throw, and NoProgress. What was done by then is kept, and the next round continues from there.
 */
export async function pushStreams(deps: PushDeps): Promise<PushResult> {
	const { log, calls, clock } = deps;
	const result: PushResult = { events: 0, forks: 0, serverAhead: 0, hasMore: false };
	// A restored server, or one fork after another, needs an attempt or two. More would mean asking for ever.
	for (let attempts = 0; attempts < MAX_ATTEMPTS_WITHOUT_PROGRESS; ) {
		const eventsBefore = result.events;
		const ended = await pushOnce(deps, result);
		if (ended.kind === "complete" || ended.kind === "paused") return { ...result, hasMore: ended.kind === "paused" };
		if (ended.kind === "diverged") {
			log.fork(ended.place, await findKnownAfter(ended.place, log, calls), clock());
			result.forks += 1;
		}
		attempts = result.events > eventsBefore ? 0 : attempts + 1;
	}
	throw new NoProgress();
}

/** One handshake, and each stream in its order until one does not end as `complete`. */
async function pushOnce(deps: PushDeps, result: PushResult): Promise<StreamResult> {
	const { log, calls, clock, report } = deps;
	const streams = log.streams();
	const ends = streams.map(({ stream, seq, head, from }) => ({ stream, seq, head, from }));
	const { cursors } = await calls.handshake({ streams: ends, clock: clock(), report: report() });
	result.serverAhead = 0;
	for (const own of streams) {
		const cursor = cursors.find(({ stream }) => stream === own.stream);
		const ended = await pushStream(own, cursor, deps, result);
		if (ended.kind !== "complete") return ended;
	}
	return { kind: "complete" };
}

async function pushStream(
	own: OwnStream,
	cursor: Cursor | undefined,
	deps: PushDeps,
	result: PushResult,
): Promise<StreamResult> {
	const { log, calls } = deps;
	const divergedBefore = async (seq: number): Promise<StreamResult> => {
		const lastCommon = await findLastCommon(own, seq, { log, hashes: calls.hashes });
		return { kind: "diverged", place: own.base + lastCommon };
	};
	const comparison = compareWithCursor(own, cursor, (seq) => log.hashAt(own, seq));
	if (comparison.kind === "diverged") return divergedBefore(cursor?.ackedSeq ?? 0);
	if (comparison.kind === "serverAhead") {
		if (!(await isPrefixOfServerCopy(own, calls.hashes))) return divergedBefore(own.seq);
		log.saveCursor(own.stream, own.seq, cursor?.backedUpSeq ?? 0);
		result.serverAhead += (cursor?.ackedSeq ?? 0) - own.seq;
		return { kind: "complete" };
	}
	log.saveCursor(own.stream, comparison.ackedSeq, cursor?.backedUpSeq ?? 0);
	return sendEvents(own, comparison.ackedSeq, deps, result);
}

/** Sends the events of a stream after `ackedSeq`. The next request is prepared while one is in flight. */
async function sendEvents(
	own: OwnStream,
	ackedSeq: number,
	{
		log,
		calls,
		batchSizes = { requestBatches: REQUEST_BATCHES, batchEvents: BATCH_EVENTS },
		mayContinue = () => true,
	}: PushDeps,
	result: PushResult,
): Promise<StreamResult> {
	const hash = log.hashAt(own, ackedSeq);
	if (hash === undefined) return { kind: "moved" };
	// Where the log cannot be read, the request in flight must still be waited for: so nothing is thrown beside it.
	const prepare = async (find: () => NextRequest | undefined) => {
		const found = find();
		return found && { ...found, send: await calls.prepare(found.request) };
	};
	// The first request is short: no other is in flight while a long one would be prepared.
	let next = await prepare(() => nextRequest(log, own, { seq: ackedSeq, hash }, { ...batchSizes, requestBatches: 1 }));
	while (next) {
		const { end, send } = next;
		const [answer, following] = await Promise.all([send(), prepare(() => nextRequest(log, own, end, batchSizes))]);
		if (answer.kind === "moved") return { kind: "moved" };
		// A late request of a diverged stream arrived in between, or the server was restored since the handshake.
		if (answer.kind === "conflict") return { kind: "diverged", place: own.base + answer.after };
		result.events += next.count;
		log.saveCursor(own.stream, answer.cursor.ackedSeq, answer.cursor.backedUpSeq);
		if (following && !mayContinue()) return { kind: "paused" };
		next = following;
	}
	return { kind: "complete" };
}

/** Ids of the log's events after a place that the server has already. */
async function findKnownAfter(
	place: number,
	log: StreamRepository,
	calls: Pick<ServerCalls, "known">,
): Promise<Set<string>> {
	const known = new Set<string>();
	for (let after = place; ; ) {
		const page = log.idsAfter(after, BATCH_EVENTS);
		if (page.length === 0) return known;
		for (const id of await calls.known(page.map(({ id }) => id))) known.add(id);
		after = page.at(-1)?.place ?? after;
	}
}
