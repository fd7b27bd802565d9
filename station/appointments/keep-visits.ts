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

export interface KeepVisitsDeps {
	repository: VisitRepository;
	/** The service day of any instant, also of a past one. */
	calendarServiceDay(at: number): string;
	newId: NewId;
}

export interface VisitChanges {
	visits: Iterable<Expected>;
	/** Sources that are withdrawn. */
	gone: readonly string[];
	/** Sources that are withdrawn where they are there. */
	excluded: readonly string[];
	now: number;
	by?: StaffId | undefined;
}

/**
 * Writes expected visits and their events; only to be called inside a transaction. Whether codes are shared is asked at the end, so
 * that a list may hand a code from one booking to another. Refuses with BOOKING_CODE_TAKEN.
 */
export function keepVisits(
	{ repository, calendarServiceDay, newId }: KeepVisitsDeps,
	{ visits, gone, excluded, now, by }: VisitChanges,
	append: Append,
): ImportResult {
	const result: ImportResult = { kept: 0, withdrawn: 0, unchanged: 0, unmatched: 0 };
	/** The visits that were written, with their sources as the list has them. */
	const written = new Map<VisitId, Expected>();

	const keep = (visit: Expected, source: string, known: VisitRow | undefined): VisitRow | undefined => {
		const { from, kind, codeDigest, at, topic, language, partySize } = visit;
		const isMovedAfterEnd = known && known.at !== at && repository.endedTicket(known.ticket) !== undefined;
		if (known && !isMovedAfterEnd && (known.ticket !== null || isSame(known, visit))) {
			result.unchanged += 1;
			return;
		}
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
		written.set(row.id, visit);
		result.kept += 1;
		return { ...row, ticket: null };
	};

	for (const chunk of chunksOf(visits)) {
		const sources = chunk.map(({ source }) => hash("sha256", source));
		const known = repository.bySources(sources);
		for (const [index, visit] of chunk.entries()) {
			const source = sources[index] ?? "";
			const row = keep(visit, source, known.get(source));
			if (row) known.set(source, row);
		}
	}
	const cancelled = new Set(gone);
	for (const sources of chunksOf([...gone, ...excluded])) {
		const known = repository.bySources(sources.map((source) => hash("sha256", source)));
		for (const source of sources) {
			const found = known.get(hash("sha256", source));
			if (!found && cancelled.has(source)) result.unmatched += 1;
			if (!found || found.ticket !== null || found.withdrawnAt !== null) continue;
			append({ type: "visit.withdrawn", data: { visit: found.id } }, now, by);
			repository.withdraw(found.id, now);
			known.set(found.source, { ...found, withdrawnAt: now });
			result.withdrawn += 1;
		}
	}
	const shared = repository.findSharedCode([...written.keys()]);
	const visit = shared && written.get(shared);
	if (visit)
		throw new Refusal("BOOKING_CODE_TAKEN", { serviceDay: calendarServiceDay(visit.at), source: visit.source });
	return result;
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
