import type { StationDatabase } from "../../db/station/open.ts";
import type { Board, QueueEntry } from "../../protocol/board.ts";
import type { Change } from "../../protocol/event.ts";
import type { Language } from "../../protocol/language.ts";
import type { PrintState } from "../../protocol/print.ts";
import type { Ticket, Wait } from "../../protocol/ticket.ts";
import { Refusal } from "../refusal.ts";
import { type Act, applyAct, type LifeRules } from "./life.ts";
import { chooseNext } from "./next.ts";
import { formatNumber } from "./number.ts";
import { type SiteClock, serviceDayAt } from "./service-day.ts";
import { prepareStatements } from "./statements.ts";
import type { Stream } from "./stream.ts";
import { describe, type TicketRow, toBoardCall, toQueueEntry } from "./ticket-row.ts";
import { estimateWait } from "./wait.ts";
import { sumLine, WaitingLine } from "./waiting-line.ts";

export interface TicketBookParts {
	database: StationDatabase;
	stream: Stream;
	site: SiteClock & { id: string };
	rules: LifeRules;
	/** Minutes that one service of a topic takes. */
	minutesOf(topic: string): number;
	/** Counters with a member of staff at them now. */
	openCounters(now: number): number;
	newId(at: number): string;
	newCode(): string;
	/** Told after each commit that changed what screens show. */
	changed(): void;
}

export interface IssueRequest {
	topic: string;
	series: string;
	language: Language;
	partySize: number;
	requestKey: string;
}

/** What requests that are issued together share. */
interface IssuingTogether {
	serviceDay: string;
	line: WaitingLine;
	openCounters: number;
	append(change: Change, at: number): number;
	now: number;
}

/** What a newcomer meets. */
export interface Ahead {
	people: number;
	wait: Wait;
}

export interface Issued {
	ticket: Ticket;
	/** False where the request key was seen before: the ticket is the one issued then. */
	issued: boolean;
}

/** What the caller saw; an act on something else is refused. */
export interface Seen {
	ticket?: string | undefined;
	version?: number | undefined;
}

export type CounterAct = Exclude<Act["kind"], "call">;

/** How many of those who wait the board is told of: more than any board can show. */
const BOARD_LINE = 40;

/**
 * The book of tickets: the only place that reads and writes them. Every change is one durable
 * transaction that holds the change, its interval and its event. Times are UTC milliseconds.
 * Refuses with Refusal, and then nothing has changed.
 */
export class TicketBook {
	readonly #parts: TicketBookParts;
	readonly #statements: ReturnType<typeof prepareStatements>;
	#latestDay: string | undefined;
	#today: { minute: number; day: string } | undefined;
	#line: WaitingLine | undefined;

	constructor(parts: TicketBookParts) {
		this.#parts = parts;
		this.#statements = prepareStatements(parts.database);
		this.#latestDay = this.#statements.latestServiceDay.get()?.day;
	}

	/** Issues a ticket, or gives back the one that was issued for the same request key. */
	issue(request: IssueRequest, now: number): Issued {
		const [issued] = this.issueTogether([request], now);
		if (!issued) throw new Error("One request must have one answer.");
		return issued;
	}

	/**
	 * Issues tickets to several requests in one durable transaction, in their order. Writing to the
	 * disk is most of an issue's cost, so requests that come at the same moment share it; all of
	 * them are written, or (a full disk) none.
	 */
	issueTogether(requests: readonly IssueRequest[], now: number): Issued[] {
		const serviceDay = this.serviceDay(now);
		// Loaded before the tickets are written: a line loaded after would count them twice.
		const line = this.#lineOf(serviceDay);
		const openCounters = this.#parts.openCounters(now);
		try {
			const answers = this.#parts.database.transaction(
				() =>
					this.#parts.stream.write((append) =>
						requests.map((request) =>
							this.#issueInTransaction(request, { serviceDay, line, openCounters, append, now }),
						),
					),
				{ behavior: "immediate" },
			);
			this.#latestDay = serviceDay;
			if (answers.some(({ issued }) => issued)) this.#parts.changed();
			return answers;
		} catch (fault) {
			// Nothing was kept: the line is counted anew from what is.
			this.#line = undefined;
			throw fault;
		}
	}

	#issueInTransaction(request: IssueRequest, { serviceDay, line, openCounters, append, now }: IssuingTogether): Issued {
		const { newId, newCode } = this.#parts;
		const { topic, language, partySize, series, requestKey } = request;
		const known = this.#statements.idOfRequestKey.get({ requestKey });
		if (known) return { issued: false, ticket: this.read(known.id, now) };

		const id = newId(now);
		const job = newId(now);
		const ahead = this.#aheadIn(line, openCounters);
		const { ordinal } = this.#statements.takeNumber.get({ serviceDay, series });
		const number = formatNumber(series, ordinal);
		const issuedSeq = append(
			{
				type: "ticket.issued",
				data: { ticket: id, version: 1, number, series, ordinal, serviceDay, topic, language, partySize, job },
			},
			now,
		);
		this.#statements.insertTicket.run({
			id,
			requestKey,
			code: newCode(),
			serviceDay,
			series,
			ordinal,
			number,
			topic,
			language,
			partySize,
			issuedSeq,
			now,
			ahead: ahead.people,
			waitMinMinutes: ahead.wait.minMinutes,
			waitMaxMinutes: ahead.wait.maxMinutes,
		});
		this.#statements.beginInterval.run({ ticket: id, version: 1, state: "waiting", counter: null, now });
		this.#statements.insertJob.run({ id: job, ticket: id, now });
		line.joined(topic);
		return {
			issued: true,
			ticket: {
				id,
				number,
				topic,
				language,
				partySize,
				state: "waiting",
				version: 1,
				counter: null,
				calls: 0,
				serviceDay,
				arrivedAt: now,
				since: now,
				ahead: ahead.people,
				wait: ahead.wait,
				print: { state: "queued" },
			},
		};
	}

	/** Calls the next ticket to a counter; undefined where nobody waits. */
	callNext(counter: string, now: number): Ticket | undefined {
		const row = this.#parts.database.transaction(
			() => {
				const busy = this.#statements.atCounter.get({ counter });
				if (busy) {
					const { id, number, state } = busy.ticket;
					throw new Refusal("COUNTER_BUSY", { counter, ticket: id, number, state });
				}
				const next = chooseNext(this.#statements.line.all({ serviceDay: this.serviceDay(now) }), now);
				const found = next && this.#statements.byId.get({ id: next.id });
				return (
					found && { ticket: this.#apply(found.ticket, { kind: "call", counter }, now), printState: found.printState }
				);
			},
			{ behavior: "immediate" },
		);
		if (!row) return undefined;
		this.#moveLine(row.ticket.serviceDay, row.ticket.topic, "waiting", row.ticket.state);
		this.#parts.changed();
		return this.#present(row.ticket, row.printState, now);
	}

	/** An act on the ticket that is at a counter. */
	actAtCounter(counter: string, kind: CounterAct, seen: Seen, now: number): Ticket {
		const { before, after, printState } = this.#parts.database.transaction(
			() => {
				const found = this.#statements.atCounter.get({ counter });
				if (!found) throw this.#nothingAt(counter, seen);
				const before = found.ticket;
				if (
					(seen.ticket !== undefined && seen.ticket !== before.id) ||
					(seen.version !== undefined && seen.version !== before.version)
				) {
					throw new Refusal("TICKET_CHANGED", describe(before));
				}
				return { before, after: this.#apply(before, { kind }, now), printState: found.printState };
			},
			{ behavior: "immediate" },
		);
		this.#moveLine(after.serviceDay, after.topic, before.state, after.state);
		this.#parts.changed();
		return this.#present(after, printState, now);
	}

	read(id: string, now: number): Ticket {
		const found = this.#statements.byId.get({ id });
		if (!found) throw new Refusal("TICKET_UNKNOWN", { id });
		return this.#present(found.ticket, found.printState, now);
	}

	/** All live tickets of the day: those who wait first, as "next" takes them. */
	queue(now: number): QueueEntry[] {
		const rows = this.#statements.live.all({ serviceDay: this.serviceDay(now) });
		const entries = rows.map(({ ticket, printState }) => toQueueEntry(ticket, printState));
		const resting = (entry: QueueEntry) => entry.restsUntil !== null && entry.restsUntil > now;
		const waiting = entries.filter(({ state }) => state === "waiting");
		return [
			...waiting.filter((entry) => !resting(entry)),
			...waiting.filter(resting),
			...entries.filter(({ state }) => state !== "waiting"),
		];
	}

	board(now: number): Board {
		const { stream, site } = this.#parts;
		const serviceDay = this.serviceDay(now);
		return {
			seq: stream.seq(),
			at: now,
			site: site.id,
			calls: this.#statements.latestCalls.all().flatMap(toBoardCall),
			waitingCount: this.ahead(now).people,
			waiting: this.#statements.headOfLine.all({ serviceDay, most: BOARD_LINE }),
		};
	}

	/** The last event's sequence: a later picture never has a lower one. */
	seq(): number {
		return this.#parts.stream.seq();
	}

	/** The service day of an instant; never earlier than the latest one used. */
	serviceDay(now: number): string {
		// A wall clock's day cannot change within a minute, and reading one costs as much as a query.
		const minute = Math.floor(now / 60_000);
		if (this.#today?.minute !== minute)
			this.#today = { minute, day: serviceDayAt(now, this.#parts.site, this.#latestDay) };
		return this.#today.day;
	}

	/** What a visitor who comes now meets. */
	ahead(now: number): Ahead {
		return this.#aheadIn(this.#lineOf(this.serviceDay(now)), this.#parts.openCounters(now));
	}

	#aheadIn(line: WaitingLine, openCounters: number): Ahead {
		const { people, minutes } = sumLine(line.counts(), this.#parts.minutesOf);
		return { people, wait: estimateWait(minutes, openCounters) };
	}

	#apply(before: TicketRow, act: Act, now: number): TicketRow {
		const outcome = applyAct(before, act, this.#parts.rules, now);
		if (outcome.kind === "refused")
			throw new Refusal("TICKET_STATE", { ...describe(before), act: act.kind, allowed: outcome.allowed });
		const next = outcome.ticket;
		// An interval never ends before it began, even where the clock was set back.
		const at = Math.max(now, before.since);
		const moved = next.state !== before.state;
		const called = outcome.change.type === "ticket.called" || outcome.change.type === "ticket.recalled";
		const after: TicketRow = {
			...before,
			...next,
			since: moved ? at : before.since,
			calledAt: called ? now : before.calledAt,
		};
		this.#parts.stream.write((append) => append(outcome.change, now));
		const written = this.#statements.changeTicket.run({
			id: after.id,
			seen: before.version,
			state: after.state,
			version: after.version,
			counter: after.counter,
			calls: after.calls,
			restsUntil: after.restsUntil,
			since: after.since,
			calledAt: after.calledAt,
		});
		if (written.changes !== 1) throw new Refusal("TICKET_CHANGED", describe(before));
		if (moved) {
			this.#statements.endInterval.run({ ticket: after.id, now: at });
			if (after.state !== "finished" && after.state !== "cancelled") {
				const { id, version, state, counter } = after;
				this.#statements.beginInterval.run({ ticket: id, version, state, counter, now: at });
			}
		}
		return after;
	}

	#nothingAt(counter: string, seen: Seen): Refusal {
		const found = seen.ticket === undefined ? undefined : this.#statements.byId.get({ id: seen.ticket });
		return found ? new Refusal("TICKET_CHANGED", describe(found.ticket)) : new Refusal("COUNTER_IDLE", { counter });
	}

	#present(row: TicketRow, printState: PrintState, now: number): Ticket {
		const waiting = row.state === "waiting";
		const { serviceDay, issuedSeq } = row;
		const { people, minutes } = waiting
			? sumLine(this.#statements.aheadOf.all({ serviceDay, issuedSeq }), this.#parts.minutesOf)
			: { people: 0, minutes: 0 };
		return {
			id: row.id,
			number: row.number,
			topic: row.topic,
			language: row.language,
			partySize: row.partySize,
			state: row.state,
			version: row.version,
			counter: row.counter,
			calls: row.calls,
			serviceDay,
			arrivedAt: row.arrivedAt,
			since: row.since,
			ahead: people,
			wait: waiting ? estimateWait(minutes, this.#parts.openCounters(now)) : null,
			print: { state: printState },
		};
	}

	#lineOf(serviceDay: string): WaitingLine {
		if (this.#line?.serviceDay !== serviceDay) {
			this.#line = new WaitingLine(serviceDay, this.#statements.waitingByTopic.all({ serviceDay }));
		}
		return this.#line;
	}

	/** Moves the count of those who wait after a commit; a line of another day is loaded when it is asked for. */
	#moveLine(serviceDay: string, topic: string, from: string, to: string): void {
		if (this.#line?.serviceDay !== serviceDay) return;
		if (from === "waiting" && to !== "waiting") this.#line.left(topic);
		if (from !== "waiting" && to === "waiting") this.#line.joined(topic);
	}
}
