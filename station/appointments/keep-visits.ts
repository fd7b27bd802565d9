import { DAY_MS } from "../../lib/time/durations.ts";
import type { NewId, SiteId, StaffId, TicketId, TopicId, VisitId } from "../../protocol/model/ids.ts";
import type { Language } from "../../protocol/model/language.ts";
import type { Append } from "../events/event-log.ts";
import { Refusal } from "../refusal.ts";
import type { VisitRepository, VisitRow } from "./visit-repository.ts";
import { eventOf, isInstance, isStoredInstance, storedEventOf, storedSource } from "./visit-source.ts";

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
	/** The calendar's SEQUENCE (RFC 5545); 0 where there is none. */
	sequence?: number | undefined;
	/** An event of its own tells it, or one that repeats. */
	listedAs?: "event" | "series" | undefined;
}

/** An event of a calendar, by its source. */
export interface ListedEvent {
	source: string;
	sequence: number;
}

export interface ImportResult {
	/** Visits that are new, or are not as they were. */
	kept: number;
	withdrawn: number;
	unchanged: number;
	/** The sources of cancellations whose bookings the station does not have. */
	unmatched: readonly string[];
	/** Bookings and cancellations of which the station knows a later version. */
	older: number;
}

export interface VisitChanges {
	visits: Iterable<Expected>;
	/** Events that are withdrawn with all their times. */
	cancelled: readonly ListedEvent[];
	/**
	 * Events of which `visits` has all that is to come: what the station has of them beside that is withdrawn. So a series
	 * that was moved or shortened leaves nothing behind.
	 */
	listed: readonly ListedEvent[];
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
export function keepVisits({ visits, cancelled, listed }: VisitChanges, deps: KeepVisitsDeps): ImportResult {
	const before = findListed(listed, deps.repository);
	const { kept, unchanged, older, sharing, instances, left } = writeVisits(visits, before.later, deps);
	const gone = withdrawCancelled(cancelled, instances, deps);
	const rest = [...before.rows, ...left].filter(({ source }) => !instances.has(source));
	const withdrawn = gone.withdrawn + withdrawAll([...new Map(rest.map((row) => [row.id, row])).values()], deps);
	const shared = deps.repository.findSharedCode([...sharing.keys()]);
	if (shared)
		throw new Refusal("BOOKING_CODE_TAKEN", { serviceDay: shared.serviceDay, source: sharing.get(shared.id) ?? "" });
	return { kept, withdrawn, unchanged, unmatched: gone.unmatched, older: older + gone.older };
}

/** What the station has of events, and those of them (by their source) of which it has a later version. */
function findListed(listed: readonly ListedEvent[], repository: VisitRepository) {
	const later = new Set<string>();
	const rows: VisitRow[] = [];
	for (const { event, found } of foundOf(listed, repository)) {
		if (lastSequence(found) > event.sequence) later.add(event.source);
		else rows.push(...found.map(({ row }) => ({ ...row, sequence: event.sequence })));
	}
	return { later, rows };
}

interface Found {
	row: VisitRow;
	/** Whether the event itself tells it, and not an event for this time alone. */
	isOwn: boolean;
}

/** What stands under each event. */
function* foundOf(events: readonly ListedEvent[], repository: VisitRepository) {
	for (const chunk of chunksOf(events)) {
		const sources = chunk.map(({ source }) => storedSource(source));
		const rows = Map.groupBy(repository.underSources(sources), ({ source }) => storedEventOf(source));
		for (const [index, event] of chunk.entries()) {
			const own = sources[index] ?? "";
			const found = (rows.get(storedEventOf(own)) ?? [])
				.filter(({ source }) => source.startsWith(own))
				.map((row): Found => ({ row, isOwn: row.source === own || row.listedAs === "series" }));
			yield { event, found };
		}
	}
}

/** An event counts its versions; what another kind of event told of the same time has a count of its own. */
const lastSequence = (found: readonly Found[]) =>
	Math.max(0, ...found.map(({ row, isOwn }) => (isOwn ? row.sequence : 0)));

/**
 * `sharing` has those that were written with a code which another visit of the day has as well at that moment, each with
 * its source as the list has it: what comes later in the list may still part them. `instances` are the stored sources of
 * all times of events that repeat; `left` are times of events that repeat no more.
 */
function writeVisits(visits: Iterable<Expected>, later: ReadonlySet<string>, deps: KeepVisitsDeps) {
	const kept = new Set<VisitId>();
	const sharing = new Map<VisitId, string>();
	const instances = new Set<string>();
	const left: VisitRow[] = [];
	let [unchanged, older] = [0, 0];
	for (const chunk of chunksOf(visits)) {
		const sources = chunk.map(({ source }) => storedSource(source));
		const known = new Map(deps.repository.underSources(sources).map((row) => [row.source, row]));
		const own = new Set(sources);
		left.push(...[...known.values()].filter(({ source }) => !own.has(source)));
		const written: { row: VisitRow; source: string }[] = [];
		for (const [index, visit] of chunk.entries()) {
			const source = sources[index] ?? "";
			if (isInstance(visit.source)) instances.add(source);
			const before = known.get(source);
			if (isOlder(visit, before, later)) {
				older += 1;
				continue;
			}
			const row = writeVisit(visit, source, before, deps);
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
	return { kept: kept.size, unchanged, older, sharing, instances, left };
}

function isOlder(
	{ source, sequence = 0, listedAs = "event" }: Expected,
	known: VisitRow | undefined,
	later: ReadonlySet<string>,
): boolean {
	if (listedAs === "series") return later.has(eventOf(source));
	return known !== undefined && known.listedAs === "event" && sequence < known.sequence;
}

/** Undefined where the visit stays as it is. */
function writeVisit(
	visit: Expected,
	source: string,
	known: VisitRow | undefined,
	{ repository, calendarServiceDay, newId, append, now, by }: KeepVisitsDeps,
): VisitRow | undefined {
	const { from, kind, codeDigest, at, topic, language, partySize, sequence = 0, listedAs = "event" } = visit;
	const isMovedAfterEnd = known && known.at !== at && repository.endedTicket(known.ticket) !== undefined;
	if (known && !isMovedAfterEnd && (known.ticket !== null || isSame(known, visit))) {
		if (known.sequence !== sequence || known.listedAs !== listedAs) repository.update({ ...known, sequence, listedAs });
		return undefined;
	}
	if (isMovedAfterEnd) repository.release(known.id);
	const replaced = isMovedAfterEnd ? undefined : known;
	const row = {
		...{ id: replaced?.id ?? newId<VisitId>(now), source, kind, codeDigest },
		// Never the past's day: a booking belongs to the day on which it is to be.
		...{ serviceDay: calendarServiceDay(at), at, topic, language, partySize },
		...{ fromSite: from?.site ?? null, fromTicket: from?.ticket ?? null, withdrawnAt: null },
		...{ sequence, listedAs },
	};
	const data = { visit: row.id, kind, serviceDay: row.serviceDay, at, topic, language, partySize };
	append({ type: "visit.expected", data: from ? { ...data, from } : data }, now, by);
	(replaced ? repository.update : repository.insert)(row);
	return { ...row, ticket: null };
}

function withdrawCancelled(cancelled: readonly ListedEvent[], kept: ReadonlySet<string>, deps: KeepVisitsDeps) {
	let [withdrawn, older] = [0, 0];
	const unmatched: string[] = [];
	for (const { event, found } of foundOf(cancelled, deps.repository)) {
		if (found.length === 0) unmatched.push(event.source);
		else if (lastSequence(found) > event.sequence) older += 1;
		else {
			const rows = found
				.filter(({ row }) => !kept.has(row.source))
				.map(({ row }) => ({ ...row, sequence: event.sequence }));
			withdrawn += withdrawAll(rows, deps);
		}
	}
	return { withdrawn, unmatched, older };
}

/** Of those whose visitor has not come. Times of an event that repeats stay where they are past. */
function withdrawAll(rows: readonly VisitRow[], { repository, append, now, by }: KeepVisitsDeps): number {
	let withdrawn = 0;
	for (const { id, source, ticket, withdrawnAt, sequence, at } of rows) {
		if (ticket !== null || withdrawnAt !== null || (isStoredInstance(source) && at < now - DAY_MS)) continue;
		append({ type: "visit.withdrawn", data: { visit: id } }, now, by);
		repository.withdraw(id, sequence, now);
		withdrawn += 1;
	}
	return withdrawn;
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
