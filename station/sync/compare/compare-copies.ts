import { FIRST_HASH } from "../../../protocol/events/event.ts";
import { chainHash, redactEvent } from "../../../protocol/events/hash-chain.ts";
import { readEvent } from "../../../protocol/events/upcasters.ts";
import type { StreamId } from "../../../protocol/model/ids.ts";
import { type Ledger, openLedger } from "./comparison-ledger.ts";
import type { Copy, HeldEvent, HeldStream, ScannedEvent } from "./held-events.ts";

/** One side of a stream, checked by itself. */
export interface SideComparison {
	events: number;
	/** Missing sequences: the first and the last of each gap. */
	gaps: [number, number][];
	/** The first error of its chain, as a sentence; null where all hashes fit. */
	broken: string | null;
}

export interface StreamComparison extends HeldStream {
	station: SideComparison;
	server: SideComparison;
	/** The last event up to which both sides are the same; sequence 0 where there is none. */
	lastCommon: { seq: number; hash: string };
}

export interface ComparisonReport {
	/**
	 * `agrees`: the server has every event of the station, and no other. `behind`: the last ones were not pushed yet.
	 * `serverAhead`: the server has some that this disk lacks, as after a disk was restored. `differs`: something is
	 * wrong.
	 */
	kind: "agrees" | "behind" | "serverAhead" | "differs";
	streams: StreamComparison[];
	/** Events at the end of the station's open stream that follow the server's end: they will be pushed. */
	unsent: number;
	/** Events of the station that the server lacks, without the unsent ones. */
	missing: number;
	/** Events of this station that the server alone has. */
	serverAhead: number;
	/** Ticket numbers that this disk and another one both issued. */
	numbersGivenTwice: { serviceDay: string; number: string }[];
	/** Tickets by state, computed from each side's events alone. */
	tickets: { station: Record<string, number>; server: Record<string, number> };
}

/**
 * Compares a station's log with the server's copy, event by event. It computes every hash of both sides itself and
 * trusts neither; the same two copies always give the same report.
 */
export async function compareCopies(station: Copy, server: Copy): Promise<ComparisonReport> {
	// The server's ends first: whatever the server has by then, the station still has a moment later.
	const theirs = await server.streams();
	const ours = await station.streams();
	const ledger = openLedger();
	const streams: StreamComparison[] = [];
	// Streams of another disk first: an `event.duplicate` of this disk may name their events.
	const foreign = theirs.filter(({ stream }) => !ours.some((own) => own.stream === stream));
	for (const { stream, from } of [...foreign, ...ours]) {
		const known = theirs.find((one) => one.stream === stream);
		streams.push(await compareStream({ stream, from: from ?? known?.from ?? null }, station, server, ledger));
	}

	const open = ours.length > 0 ? streams.at(-1) : undefined;
	const result = ledger.close();
	const atTheEnd = open && open.lastCommon.seq === lastOf(open.server) ? open.station.events - open.lastCommon.seq : 0;
	const unsent = Math.min(result.onlyStation, Math.max(0, atTheEnd));
	const missing = result.onlyStation - unsent;
	const isWhole = streams.every((one) => [one.station, one.server].every(isWholeSide));
	const kind =
		missing > 0 || !isWhole ? "differs" : result.serverAhead > 0 ? "serverAhead" : unsent > 0 ? "behind" : "agrees";
	const { serverAhead, numbersGivenTwice, tickets } = result;
	return { kind, streams, unsent, missing, serverAhead, numbersGivenTwice, tickets };
}

async function compareStream(held: HeldStream, station: Copy, server: Copy, ledger: Ledger): Promise<StreamComparison> {
	const own = scan(station, held.stream);
	const other = scan(server, held.stream);
	const lastCommon = { seq: 0, hash: FIRST_HASH };
	let ours = await own.next();
	let theirs = await other.next();
	while (ours || theirs) {
		if (ours && theirs && ours.seq === theirs.seq) {
			if (isSame(ours, theirs)) {
				if (lastCommon.seq === ours.seq - 1) Object.assign(lastCommon, { seq: ours.seq, hash: ours.hash });
				ledger.both(ours);
			} else {
				ledger.serverOnly(theirs);
				ledger.stationOnly(ours);
			}
			ours = await own.next();
			theirs = await other.next();
		} else if (theirs && (!ours || theirs.seq < ours.seq)) {
			ledger.serverOnly(theirs);
			theirs = await other.next();
		} else if (ours) {
			ledger.stationOnly(ours);
			ours = await own.next();
		}
	}
	return { ...held, station: own.comparison, server: other.comparison, lastCommon };
}

/** One side may have redacted an event that the other still has whole: the rest must be the same. */
function isSame(ours: ScannedEvent, theirs: ScannedEvent): boolean {
	return (
		ours.hash === theirs.hash &&
		ours.isChained &&
		theirs.isChained &&
		redactEvent(ours.text) === redactEvent(theirs.text)
	);
}

/** Scans a stream of a copy and checks each event as it comes. */
function scan(copy: Copy, stream: StreamId) {
	const comparison: SideComparison = { events: 0, gaps: [], broken: null };
	let page: HeldEvent[] = [];
	let before = { seq: 0, hash: FIRST_HASH };
	return {
		comparison,
		async next(): Promise<ScannedEvent | undefined> {
			if (page.length === 0) page = await copy.events(stream, before.seq);
			const held = page.shift();
			if (!held) return undefined;
			const { seq, hash, text } = held;
			if (seq <= before.seq) throw new Error(`A copy has event ${seq} of stream ${stream} after event ${before.seq}.`);
			const isNext = seq === before.seq + 1;
			if (!isNext) comparison.gaps.push([before.seq + 1, seq - 1]);
			// Across a gap no hash can be checked; the events after it are chained to each other again.
			const isChained = !isNext || chainHash(before.hash, text) === hash;
			const event = readEvent(text);
			if (!isChained) comparison.broken ??= `the hash of event ${seq} does not fit its text and the event before it`;
			else if (event?.stream !== stream || event.seq !== seq)
				comparison.broken ??= `the text of event ${seq} is not an event of this place`;
			comparison.events += 1;
			before = { seq, hash };
			return { ...held, event, isChained };
		},
	};
}

function isWholeSide({ gaps, broken }: SideComparison): boolean {
	return gaps.length === 0 && broken === null;
}

/** The last sequence of a side without gaps. */
const lastOf = ({ events }: SideComparison) => events;
