import { FIRST_HASH } from "../../../protocol/events/event.ts";
import {
	type AppendRequest,
	BATCH_EVENTS,
	type Batch,
	type Cursor,
	type HandshakeRequest,
	type HandshakeResponse,
	REQUEST_BATCHES,
	type StationReport,
} from "../../../protocol/sync/sync.ts";
import type { ChainedText, OwnStream, StreamRepository } from "../stream-repository.ts";

/** The server as the station calls it. Each call may fail by throwing, and may then have been carried out or not. */
export interface ServerCalls {
	handshake(handshake: HandshakeRequest): Promise<HandshakeResponse>;
	/** Makes a request ready: what needs no answer is done while the one before is under way. */
	prepare(request: AppendRequest): Promise<() => Promise<AppendAnswer>>;
	known(ids: string[]): Promise<string[]>;
	hashes(stream: string, seqs: number[]): Promise<{ seq: number; hash: string }[]>;
}

export type AppendAnswer =
	/** The stream's end after it; `moved` where the stream did not end where the request, or a batch of it, begins. */
	| { kind: "appended" | "moved"; cursor: Cursor }
	/** The server has what is given, or has not what is called known; it took the events up to `after`. */
	| { kind: "conflict"; after: number };

/** Turns of a round in which the server takes nothing: after them the round ends, and the next one comes after a rest. */
const MAX_TURNS_WITHOUT_PROGRESS = 5;

/** A round in which the server took nothing however often it was asked. */
export class NoProgress extends Error {
	override readonly name = "VainRound";

	constructor() {
		super(`The server was asked ${MAX_TURNS_WITHOUT_PROGRESS} times, and took nothing.`);
	}
}

/** Far below what the server reads of one request (BATCH_BYTES), whatever script the texts are in. */
const REQUEST_CHARACTERS = 1_000_000;

/** Batches in one request at most, and events in a batch. */
export interface Cut {
	requestBatches: number;
	batchEvents: number;
}

export interface PushDeps {
	log: StreamRepository;
	calls: ServerCalls;
	/** UTC milliseconds. */
	clock(): number;
	report(): StationReport;
	/** How what is given is cut. */
	cut?: Cut;
	/** Asked after each request: whether to go on with what is still there, or to leave it to the next round. */
	goesOn?(): boolean;
}

/** Why giving ended before all was given: a place of the log where the stream parted, ask again, or make way. */
type Ended = number | "again" | "later";

export interface PushResult {
	/** Events that the server took in this round. */
	events: number;
	/** Streams that parted from the server's, and went on in a new one. */
	forks: number;
	/**
	 * Events of streams that ended here which the server has and this disk has not: another disk wrote them, or this
	 * one was restored from an older backup. Numbers that they gave may be given again.
	 */
	serverAhead: number;
	/** More is there: giving made way for whoever writes. */
	later: boolean;
}

/** How a stream stands to the server's copy of it. */
export type Comparison =
	/** The server has it up to `acked`, and what it has is ours: a lost reply, or a server restored from a backup, is this too. */
	| { kind: "agrees"; ackedSeq: number }
	/** It ended here, and the server goes on with it: whether our end is in it, only its hashes tell. */
	| { kind: "serverAhead" }
	/** The server has events in it that are not ours: a cloned or a restored disk. */
	| { kind: "diverged" };

/** Compares a stream with the server's cursor: the rule that everything stands on. */
function compareWithCursor(
	own: OwnStream,
	cursor: Cursor | undefined,
	hashAt: (seq: number) => string | undefined,
): Comparison {
	const { ackedSeq, head } = cursor ?? { ackedSeq: 0, head: FIRST_HASH };
	if (ackedSeq <= own.seq) return hashAt(ackedSeq) === head ? { kind: "agrees", ackedSeq } : { kind: "diverged" };
	return own.open ? { kind: "diverged" } : { kind: "serverAhead" };
}

/**
 * One round: asks how far the server has each stream, mends what parted, and gives what is missing. Throws what the
 * calls throw, and VainRound; whatever was done by then is kept, and the next round goes on from there.
 */
export async function give({
	log,
	calls,
	clock,
	report,
	cut = { requestBatches: REQUEST_BATCHES, batchEvents: BATCH_EVENTS },
	goesOn = () => true,
}: PushDeps): Promise<PushResult> {
	const pushed: PushResult = { events: 0, forks: 0, serverAhead: 0, later: false };
	for (let [vain, events] = [0, 0]; ; vain = pushed.events > events ? 0 : vain + 1, events = pushed.events) {
		// A server that is turned back, or forks that follow each other, take a turn or two; this one would be asked for ever.
		if (vain === MAX_TURNS_WITHOUT_PROGRESS) throw new NoProgress();
		const streams = log.streams();
		const handshake = streams.map(({ stream, seq, head, from }) => ({ stream, seq, head, from }));
		const { cursors } = await calls.handshake({ streams: handshake, clock: clock(), report: report() });
		pushed.serverAhead = 0;
		const ended = await pushStreams(streams, cursors);
		if (ended === undefined || ended === "later") return { ...pushed, later: ended === "later" };
		if (ended !== "again") {
			log.fork(ended, await knownAfter(ended), clock());
			pushed.forks += 1;
		}
	}

	/** Gives each stream in turn; where one parted, the last place of the log that both agree on. */
	async function pushStreams(streams: OwnStream[], cursors: Cursor[]): Promise<Ended | undefined> {
		for (const own of streams) {
			const cursor = cursors.find(({ stream }) => stream === own.stream);
			const severity = compareWithCursor(own, cursor, (seq) => log.hashAt(own, seq));
			if (severity.kind === "diverged") return own.base + (await lastCommon(own, cursor?.ackedSeq ?? 0));
			if (severity.kind === "serverAhead") {
				if (!(await endsInTheirs(own))) return own.base + (await lastCommon(own, own.seq));
				log.ackedSeq(own.stream, own.seq, cursor?.backedUpSeq ?? 0);
				pushed.serverAhead += (cursor?.ackedSeq ?? 0) - own.seq;
				continue;
			}
			log.ackedSeq(own.stream, severity.ackedSeq, cursor?.backedUpSeq ?? 0);
			const ended = await pushStream(own, severity.ackedSeq);
			if (ended !== undefined) return ended;
		}
		return undefined;
	}

	async function pushStream(own: OwnStream, ackedSeq: number): Promise<Ended | undefined> {
		const previousHash = log.hashAt(own, ackedSeq);
		if (previousHash === undefined) return "again";
		// The first is short: nothing is under way yet behind which a long one could be made ready.
		let next = await prepareAfter(own, ackedSeq, previousHash, 1);
		while (next) {
			const { count, send } = next;
			const [answer, following] = await Promise.all([
				send(),
				prepareAfter(own, next.last, next.head, cut.requestBatches),
			]);
			if (answer.kind === "moved") return "again";
			// A request of a stream that parted came late, or the server was turned back since it was asked: ask again.
			if (answer.kind === "conflict") return own.base + answer.after;
			pushed.events += count;
			log.ackedSeq(own.stream, answer.cursor.ackedSeq, answer.cursor.backedUpSeq);
			if (following && !goesOn()) return "later";
			next = following;
		}
		return undefined;
	}

	/** The next events, ready to be sent; undefined at the stream's end. */
	async function prepareAfter(own: OwnStream, after: number, previousHash: string, batches: number) {
		const events = within(log.batch(own, after, batches * cut.batchEvents), REQUEST_CHARACTERS);
		const end = events.at(-1);
		if (!end) return undefined;
		const request = { stream: own.stream, after, previousHash, batches: inBatches(events, cut.batchEvents) };
		return {
			count: events.length,
			last: after + events.length,
			head: end.hash,
			send: await calls.prepare(request),
		};
	}

	async function endsInTheirs(own: OwnStream): Promise<boolean> {
		if (own.seq === 0) return true;
		const [theirs] = await calls.hashes(own.stream, [own.seq]);
		return theirs?.hash === own.head;
	}

	/** The last sequence at which both have the same event. Where one agrees, all before it do: the hashes are a chain. */
	async function lastCommon(own: OwnStream, ackedSeq: number): Promise<number> {
		let low = 0;
		let high = Math.min(own.seq, ackedSeq);
		while (low < high) {
			const seqs = spread(low, high, BATCH_EVENTS);
			const theirs = new Map((await calls.hashes(own.stream, seqs)).map(({ seq, hash }) => [seq, hash]));
			const agreed = seqs.filter((seq) => theirs.get(seq) === log.hashAt(own, seq));
			const diverged = seqs.filter((seq) => theirs.get(seq) !== log.hashAt(own, seq));
			low = Math.max(low, ...agreed);
			high = Math.min(high, ...diverged.map((seq) => seq - 1));
		}
		return low;
	}

	async function knownAfter(place: number): Promise<Set<string>> {
		const known = new Set<string>();
		let after = place;
		for (;;) {
			const page = log.idsAfter(after, BATCH_EVENTS);
			if (page.length === 0) return known;
			for (const id of await calls.known(page.map(({ id }) => id))) known.add(id);
			after = page.at(-1)?.place ?? after;
		}
	}
}

function inBatches(events: readonly ChainedText[], size: number): Batch[] {
	return Array.from({ length: Math.ceil(events.length / size) }, (_, index) => {
		const some = events.slice(index * size, (index + 1) * size);
		return { texts: some.map(({ text }) => text), head: some.at(-1)?.hash ?? FIRST_HASH };
	});
}

/** The first of the events that have so many characters together, and one at least. */
function within(events: readonly ChainedText[], characters: number): readonly ChainedText[] {
	let sum = 0;
	const tooMany = events.findIndex(({ text }, place) => {
		sum += text.length;
		return place > 0 && sum > characters;
	});
	return tooMany === -1 ? events : events.slice(0, tooMany);
}

/** Up to `most` whole numbers above `low` and up to `high`, evenly, `high` among them. */
function spread(low: number, high: number, most: number): number[] {
	const count = Math.min(most, high - low);
	return Array.from({ length: count }, (_, index) => low + Math.round(((index + 1) * (high - low)) / count));
}
