import { digestOfCode } from "../../lib/code-digest.ts";
import type { Board, QueueEntry } from "../../protocol/api/board.ts";
import type { CounterNumber, TicketId, TopicId } from "../../protocol/model/ids.ts";
import type { PhoneTicket } from "../../protocol/model/phone.ts";
import type { LeftOpen } from "../../protocol/model/staff.ts";
import type { EndedTicket, Ticket, TicketClass, TicketState, Wait } from "../../protocol/model/ticket.ts";
import { Refusal } from "../refusal.ts";
import type { CurrentQueue } from "../waits/wait-estimates.ts";
import { toCurrentQueue } from "./current-queue.ts";
import { findEndedTickets } from "./ended-tickets.ts";
import type { FindNext } from "./next-ticket.ts";
import { orderLine } from "./queue-order.ts";
import { countsAsAhead, heldReservation, sharesCounter, strandedReason } from "./reachability.ts";
import { calendarServiceDay, countsOn, dayBefore, daysBefore } from "./service-day.ts";
import type { Ahead, ServiceDayCache } from "./service-day-cache.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import { type LastPrint, languageOf, type TicketRow, toBoardCall, toQueueEntry, toTicketPrint } from "./ticket-row.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

/** Waiting tickets on the board: more than any board can show. */
const BOARD_LINE = 40;
const BOARD_MISSED = 12;

/** How far back supervisors see what was left open: over a long weekend. */
const LEFT_OPEN_DAYS = 7;

/** A ticket as its visitor follows it; the words are the catalogue's. */
export interface FollowedTicket
	extends Pick<
			Ticket,
			| "id"
			| "number"
			| "topic"
			| "nextTopics"
			| "state"
			| "version"
			| "counter"
			| "calls"
			| "language"
			| "class"
			| "bookedAt"
			| "outcome"
		>,
		VisitorFacts {
	isLive: boolean;
	code: string;
	/** People before it; 0 where it does not wait. */
	ahead: number;
	wait: Wait | null;
}

export interface VisitorFacts extends Pick<PhoneTicket, "heldBack" | "mayDelay"> {
	/** How many of its class come after a waiting ticket: those it could let go first. */
	behind: number;
	/** What the visitor said of the visit. */
	rating: number | null;
}

/** Reads of tickets. */
export interface TicketQueries {
	/** Refuses with TICKET_UNKNOWN. */
	read(id: TicketId, now: number): Ticket;
	present(row: TicketRow, lastPrint: LastPrint, now: number): Ticket;
	/** The ticket of a phone's code, from yesterday on; undefined where there is none. */
	findByCode(code: string, now: number): TicketId | undefined;
	/** The same by the code's digest: the server has no more of it. */
	findByDigest(codeDigest: string, now: number): TicketId | undefined;
	/** Today's live tickets and those of `ended`, as their visitors follow them on a phone, in one pass over the queue. */
	followed(now: number, ended: readonly TicketId[]): FollowedTicket[];
	/** A ticket with what its own visitor is told beside it. Refuses with TICKET_UNKNOWN. */
	readForVisitor(id: TicketId, now: number): Ticket & VisitorFacts;
	/** All live tickets of the day: those who wait first, as "next" takes them. */
	queue(now: number): QueueEntry[];
	/** The ticket that a counter's "next" calls now. */
	nextFor(counter: CounterNumber, now: number): TicketId | null;
	/** The ticket at a counter. */
	atCounter(counter: CounterNumber): TicketRow | undefined;
	/** What the turn of each of the last days ended, latest day first; days on which nothing was left open are not in it. */
	leftOpen(now: number): LeftOpen[];
	/** Today's tickets that are over, by a number as staff type it. */
	ended(typed: string, now: number): EndedTicket[];
	/** Tickets that are called or served. */
	atCounters(): number;
	board(now: number): Board;
	/** The last event's sequence: a later picture never has a lower one. */
	seq(): number;
	/** The service day of an instant; never earlier than the latest one used. */
	serviceDay(now: number): string;
	/** What a visitor who takes a ticket of a topic now has to expect. */
	ahead(topic: TopicId, now: number): Ahead;
	/** How many wait in all, and how long at the topics that they wait for, or at all topics where nobody waits. */
	siteQueue(now: number): { people: number; wait: Wait | null };
	/** The queue as the estimate of waits needs it. */
	currentQueue(now: number): CurrentQueue;
}

export function openTicketQueries(
	{ eventLog, site, staffing, waits, topics }: TicketServiceDeps,
	repository: TicketRepository,
	day: ServiceDayCache,
	findNext: FindNext,
): TicketQueries {
	/** Codes that were found today: a phone asks every few seconds, and a look goes through all tickets of a day. */
	let codes = { serviceDay: "", found: new Map<string, TicketId>() };

	/** What is open now: of the service day, and what an earlier one left under way at a counter. */
	const liveAt = (now: number) => {
		const serviceDay = day.serviceDay(now);
		return repository.live.all({ serviceDay }).filter(({ ticket }) => countsOn(serviceDay, ticket, now));
	};

	const present = (row: TicketRow, lastPrint: LastPrint, now: number): Ticket => {
		const ahead = row.state === "waiting" ? day.aheadOf(row, now) : { people: 0, wait: null };
		return {
			id: row.id,
			number: row.number,
			topic: row.topic,
			nextTopics: row.nextTopics ?? [],
			language: languageOf(row),
			partySize: row.partySize,
			class: row.class,
			bookedAt: row.bookedAt,
			state: row.state,
			version: row.version,
			counter: row.counter,
			reservedFor: row.reservedFor,
			calls: row.calls,
			serviceDay: row.serviceDay,
			arrivedAt: row.arrivedAt,
			since: row.since,
			ahead: ahead.people,
			wait: ahead.wait,
			undoable: row.before !== null,
			outcome: row.outcome,
			print: toTicketPrint(lastPrint),
		};
	};

	const countBehind = ({ id, state, serviceDay, class: own }: TicketRow): number => {
		if (state !== "waiting") return 0;
		const line = day
			.line(serviceDay)
			.ordered()
			.filter((other) => other.class === own);
		return line.length - 1 - line.findIndex((other) => other.id === id);
	};

	const siteQueue = (now: number) => {
		const counts = day.line(day.serviceDay(now)).counts();
		const waitedFor = counts.filter(({ count }) => count > 0).map(({ topic }) => topic);
		const known = (waitedFor.length > 0 ? waitedFor : topics()).flatMap(
			(topic) => waits.ofTopic(topic, now).wait ?? [],
		);
		return { people: day.waitingCount(now), wait: widest(known) };
	};

	const requireTicket = (id: TicketId) => {
		const found = repository.byId.get({ id });
		if (!found) throw new Refusal("TICKET_UNKNOWN", { id });
		return found;
	};

	return {
		present,
		read(id, now) {
			const { ticket, lastPrint } = requireTicket(id);
			return present(ticket, lastPrint, now);
		},
		findByCode(code, now) {
			const today = day.serviceDay(now);
			const found = codes.serviceDay === today ? codes.found.get(code) : undefined;
			if (found !== undefined) return found;
			const id = repository.byCode.get({ from: dayBefore(today), code })?.id;
			if (codes.serviceDay !== today) codes = { serviceDay: today, found: new Map() };
			if (id !== undefined) codes.found.set(code, id);
			return id;
		},
		findByDigest(codeDigest, now) {
			return repository.codes
				.all({ from: dayBefore(day.serviceDay(now)) })
				.find(({ code }) => digestOfCode(code) === codeDigest)?.id;
		},
		readForVisitor(id, now) {
			const { ticket, lastPrint } = requireTicket(id);
			return { ...present(ticket, lastPrint, now), ...visitorFactsOf(ticket, now), behind: countBehind(ticket) };
		},
		followed(now, ended) {
			const rows = liveAt(now);
			const line = orderLine(rows.flatMap(({ ticket }) => (ticket.state === "waiting" ? [ticket] : [])));
			const staffed = staffing?.(now);
			const places = placesIn(
				line,
				(own, other) =>
					staffed === undefined || (countsAsAhead(other, staffed) && sharesCounter(own.topic, other.topic, staffed)),
			);
			const follow = (row: TicketRow, isLive: boolean): FollowedTicket => {
				const place = places.get(row.id);
				const { id, code, number, topic, state, version, counter, calls, bookedAt, outcome } = row;
				return {
					...{ id, isLive, code, number, topic, state, version, counter, calls, bookedAt, outcome },
					class: row.class,
					language: languageOf(row),
					...visitorFactsOf(row, now),
					nextTopics: row.nextTopics ?? [],
					ahead: place?.ahead ?? 0,
					behind: place?.behind ?? 0,
					wait: place ? waits.ofTicket(id, now).wait : null,
				};
			};
			const isLive = new Set(rows.map(({ ticket }) => ticket.id));
			const others = ended.flatMap((id) => (isLive.has(id) ? [] : (repository.byId.get({ id })?.ticket ?? [])));
			return [...rows.map(({ ticket }) => follow(ticket, true)), ...others.map((row) => follow(row, false))];
		},
		queue(now) {
			const rows = liveAt(now);
			const isResting = ({ notBefore }: TicketRow) => notBefore !== null && notBefore > now;
			const lastPrints = new Map(rows.map(({ ticket, lastPrint }) => [ticket.id, lastPrint]));
			const line = orderLine(rows.flatMap(({ ticket }) => (ticket.state === "waiting" ? [ticket] : [])));
			const inOrder = [
				...line.filter((ticket) => !isResting(ticket)),
				...line.filter(isResting),
				...rows.filter(({ ticket }) => ticket.state !== "waiting").map(({ ticket }) => ticket),
			];
			const staffed = staffing?.(now);
			return inOrder.map((ticket) => ({
				...toQueueEntry(ticket, lastPrints.get(ticket.id) ?? "queued"),
				...(staffed && { reservedFor: heldReservation(ticket, staffed), stranded: strandedReason(ticket, staffed) }),
			}));
		},
		nextFor: (counter, now) => findNext(counter, now) ?? null,
		atCounter: (counter) => repository.atCounter.get({ counter })?.ticket,
		leftOpen(now) {
			const today = day.serviceDay(now);
			const rows = repository.cancelledBetween
				.all({ from: daysBefore(today, LEFT_OPEN_DAYS), to: today })
				// Staff cancel on the ticket's own day; only the turn of the day cancels after it.
				.filter((row) => calendarServiceDay(row.since, site) > row.serviceDay);
			const days = [...new Set(rows.map(({ serviceDay }) => serviceDay))].toSorted().toReversed();
			return days.map((serviceDay) => leftOpenOn(serviceDay, rows));
		},
		ended: (typed, now) => findEndedTickets(repository, typed, day.serviceDay(now)),
		atCounters: () => repository.atCounters.get()?.tickets ?? 0,
		board(now) {
			const serviceDay = day.serviceDay(now);
			const waiting = day.line(serviceDay).ordered();
			const calls = repository.openCalls.all().filter((row) => countsOn(serviceDay, row, now));
			const missed = repository.missed.all({ serviceDay });
			return {
				seq: eventLog.seq(),
				at: now,
				site: site.id,
				calls: calls.flatMap(toBoardCall),
				waitingCount: day.waitingCount(now),
				wait: siteQueue(now).wait,
				waiting: waiting.slice(0, BOARD_LINE).map(({ number, topic }) => ({ number, topic })),
				missed: missed.slice(0, BOARD_MISSED).map(({ number }) => number),
			};
		},
		seq: () => eventLog.seq(),
		serviceDay: (now) => day.serviceDay(now),
		ahead: (topic, now) => day.ahead(topic, now),
		siteQueue,
		currentQueue: (now) =>
			toCurrentQueue(day.line(day.serviceDay(now)).ordered(), repository.openCalls.all(), staffing?.(now)),
	};
}

function leftOpenOn(serviceDay: string, rows: readonly TicketRow[]): LeftOpen {
	const ended = rows.filter((row) => row.serviceDay === serviceDay);
	const counted = (state: TicketState) => ended.filter(({ before }) => before?.state === state).length;
	return {
		serviceDay,
		waiting: counted("waiting"),
		parked: counted("parked"),
		missed: counted("missed"),
		atCounters: ended.flatMap(({ id, number, version, before }) =>
			before?.counter ? [{ id, number, version, counter: before.counter, state: before.state }] : [],
		),
	};
}

/** What follows from the row alone. */
function visitorFactsOf(
	{ state, notBefore, delayedUntil, rating }: TicketRow,
	now: number,
): Omit<VisitorFacts, "behind"> {
	const isHeldBack = state === "waiting" && notBefore !== null && notBefore > now;
	return {
		heldBack: isHeldBack ? { until: notBefore, reason: notBefore === delayedUntil ? "late" : "missed-call" } : null,
		mayDelay: state === "waiting" && delayedUntil === null,
		rating,
	};
}

/** From the shortest to the longest. */
function widest(waits: readonly Wait[]): Wait | null {
	if (waits.length === 0) return null;
	return {
		minMinutes: Math.min(...waits.map(({ minMinutes }) => minMinutes)),
		maxMinutes: Math.max(...waits.map(({ maxMinutes }) => maxMinutes)),
	};
}

/**
 * For each ticket of a line in its order: who is before it, and who of its class comes after. `isAhead` tells of two
 * tickets whether the first waits for the other.
 */
function placesIn<T extends { id: TicketId; topic: TopicId; class: TicketClass; reservedFor: CounterNumber | null }>(
	line: readonly T[],
	isAhead: (own: T, other: T) => boolean,
) {
	const left = new Map<TicketClass, number>();
	for (const { class: one } of line) left.set(one, (left.get(one) ?? 0) + 1);
	return new Map(
		line.map((ticket, place) => {
			const behind = (left.get(ticket.class) ?? 1) - 1;
			left.set(ticket.class, behind);
			const ahead = line.slice(0, place).filter((other) => isAhead(ticket, other)).length;
			return [ticket.id, { ahead, behind }];
		}),
	);
}
