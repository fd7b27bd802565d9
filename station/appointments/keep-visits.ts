import { hash } from "node:crypto";
import type { NewId, SiteId, StaffId, TicketId, TopicId, VisitId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Append } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";
import type { VisitRepository, VisitRow } from "./visit-repository.ts";

/** Visits whose sources are looked up at once. */
const CHUNK = 500;

/** A visitor who is expected. Nobody is named: whoever brings the code is the one. */
export interface Expected {
	kind: "appointment" | "referral";
	/** Where it is known from, such as a calendar's UID: told again, it is the same visit. */
	source: string;
	/** SHA-256 of the code, hex: see digestOfCode. */
	codeDigest: string;
	/** The booked time; for a referral, when the visitor came to the first site. UTC milliseconds. */
	at: number;
	topic: TopicId;
	/** Null where the booking does not say. */
	language: Language | null;
	partySize: number;
	/** The first leg of a referral. */
	from?: { site: SiteId; ticket: TicketId } | undefined;
}

export interface ImportResult {
	/** Visits that are new, or are not as they were. */
	kept: number;
	withdrawn: number;
	unchanged: number;
	/** Cancellations of bookings that the station does not have. */
	unmatched: number;
}

export interface VisitChanges {
	visits: Iterable<Expected>;
	/** Sources that are withdrawn. */
	gone: readonly string[];
	/** Sources that are withdrawn where they are there. */
	excluded: readonly string[];
}

export interface KeepVisitsDeps {
	repository: VisitRepository;
	/** The service day of any instant, also of a past one. */
	calendarServiceDay(at: number): string;
	newId: NewId;
	append: Append;
	now: number;
	by?: StaffId | undefined;
}

/**
 * Writes expected visits and their events; only to be called inside a transaction. Whether two bookings share a code is
 * asked at the end, so that a list may hand a code from one to another. Refuses with BOOKING_CODE_TAKEN.
 */
export function keepVisits({ visits, gone, excluded }: VisitChanges, deps: KeepVisitsDeps): ImportResult {
	const { kept, unchanged, sharing } = writeVisits(visits, deps);
	const { withdrawn, unmatched } = withdrawVisits([...gone, ...excluded], new Set(gone), deps);
	const shared = deps.repository.findSharedCode([...sharing.keys()]);
	if (shared)
		throw new Refusal("BOOKING_CODE_TAKEN", { serviceDay: shared.serviceDay, source: sharing.get(shared.id) ?? "" });
	return { kept, withdrawn, unchanged, unmatched };
}

/**
 * `sharing` has those that were written with a code which another visit of the day has as well at that moment, each with
 * its source as the list has it: what comes later in the list may still part them.
 */
function writeVisits(visits: Iterable<Expected>, deps: KeepVisitsDeps) {
	const kept = new Set<VisitId>();
	const sharing = new Map<VisitId, string>();
	let unchanged = 0;
	for (const chunk of chunksOf(visits)) {
		const sources = chunk.map(({ source }) => hash("sha256", source));
		const known = deps.repository.bySources(sources);
		const written: { row: VisitRow; source: string }[] = [];
		for (const [index, visit] of chunk.entries()) {
			const source = sources[index] ?? "";
			const row = writeVisit(visit, source, known.get(source), deps);
			if (row === undefined) unchanged += 1;
			else {
				kept.add(row.id);
				written.push({ row, source: visit.source });
				known.set(source, row);
			}
		}
		const shared = deps.repository.sharedCodes(written.map(({ row }) => row.codeDigest));
		for (const { row, source } of written) if (shared.has(row.codeDigest)) sharing.set(row.id, source);
	}
	return { kept: kept.size, unchanged, sharing };
}

/** Undefined where the visit stays as it is. */
function writeVisit(
	visit: Expected,
	source: string,
	known: VisitRow | undefined,
	{ repository, calendarServiceDay, newId, append, now, by }: KeepVisitsDeps,
): VisitRow | undefined {
	const { from, kind, codeDigest, at, topic, language, partySize } = visit;
	const isMovedAfterEnd = known && known.at !== at && repository.endedTicket(known.ticket) !== undefined;
	if (known && !isMovedAfterEnd && (known.ticket !== null || isSame(known, visit))) return undefined;
	if (isMovedAfterEnd) repository.release(known.id);
	const replaced = isMovedAfterEnd ? undefined : known;
	const row = {
		...{ id: replaced?.id ?? newId<VisitId>(now), source, kind, codeDigest },
		// Never the past's day: a booking belongs to the day on which it is to be.
		...{ serviceDay: calendarServiceDay(at), at, topic, language, partySize },
		...{ fromSite: from?.site ?? null, fromTicket: from?.ticket ?? null, withdrawnAt: null },
	};
	const data = { visit: row.id, kind, serviceDay: row.serviceDay, at, topic, language, partySize };
	append({ type: "visit.expected", data: from ? { ...data, from } : data }, now, by);
	(replaced ? repository.update : repository.insert)(row);
	return { ...row, ticket: null };
}

/** Those in `cancelled` should be there. A visit whose visitor has come stays. */
function withdrawVisits(
	all: readonly string[],
	cancelled: ReadonlySet<string>,
	{ repository, append, now, by }: KeepVisitsDeps,
) {
	let [withdrawn, unmatched] = [0, 0];
	for (const chunk of chunksOf(all)) {
		const digests = chunk.map((source) => hash("sha256", source));
		const known = repository.bySources(digests);
		for (const [index, source] of chunk.entries()) {
			const found = known.get(digests[index] ?? "");
			if (!found && cancelled.has(source)) unmatched += 1;
			if (!found || found.ticket !== null || found.withdrawnAt !== null) continue;
			append({ type: "visit.withdrawn", data: { visit: found.id } }, now, by);
			repository.withdraw(found.id, now);
			known.set(found.source, { ...found, withdrawnAt: now });
			withdrawn += 1;
		}
	}
	return { withdrawn, unmatched };
}

function isSame(known: VisitRow, visit: Expected): boolean {
	return (
		known.withdrawnAt === null &&
		known.kind === visit.kind &&
		known.codeDigest === visit.codeDigest &&
		known.at === visit.at &&
		known.topic === visit.topic &&
		known.language === visit.language &&
		known.partySize === visit.partySize
	);
}

function* chunksOf<One>(all: Iterable<One>): Generator<One[]> {
	let chunk: One[] = [];
	for (const one of all) {
		chunk.push(one);
		if (chunk.length < CHUNK) continue;
		yield chunk;
		chunk = [];
	}
	if (chunk.length > 0) yield chunk;
}
