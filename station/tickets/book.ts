import type { StationDatabase } from "../../db/station/open.ts";
import type { Board, QueueEntry } from "../../protocol/board.ts";
import type { Language } from "../../protocol/language.ts";
import type { PrintState } from "../../protocol/print.ts";
import { TICKET_CLASSES, type Ticket, type TicketClass, type Wait } from "../../protocol/ticket.ts";
import { Refusal } from "../refusal.ts";
import { type Act, applyAct, isOver, type LifeRules } from "./life.ts";
import { behindOf, type CounterSkills, chooseNext, type LineRules, orderLine, placeOf } from "./next.ts";
import { formatNumber } from "./number.ts";
import { dayBefore, type SiteClock, serviceDayAt } from "./service-day.ts";
import { prepareStatements } from "./statements.ts";
import type { Append, Stream } from "./stream.ts";
import { describe, type TicketRow, toBoardCall, toQueueEntry } from "./ticket-row.ts";
import { estimateWait } from "./wait.ts";
import { sumLine, WaitingLine } from "./waiting-line.ts";

export interface TicketBookParts {
	database: StationDatabase;
	stream: Stream;
	site: SiteClock & { id: string };
	rules: LifeRules;
	lineRules: LineRules;
	/** Refuses with TOPIC_CLOSED or TOPIC_FULL. */
	requireTaken(topic: string, serviceDay: string): void;
	/** What a counter can do now. */
	skillsOf(counter: string): CounterSkills;
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
	class: TicketClass;
	/** The member of staff who gave it at a desk; undefined at the kiosk. */
	by?: string | undefined;
}

/** What requests that are issued together share. */
interface IssuingTogether {
	serviceDay: string;
	line: WaitingLine;
	openCounters: number;
	append: Append;
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
	/** The code on the paper: for whoever was just given the ticket, and for nobody else. */
	code: string;
}

/** What the caller saw; an act on something else is refused. */
export interface Seen {
	ticket?: string | undefined;
	version?: number | undefined;
}

/** Who acts, and when (UTC ms); `by` is the member of staff's id. */
export interface Acting {
	now: number;
	by?: string | undefined;
}

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
		if (issued instanceof Refusal) throw issued;
		return issued;
	}

	/**
	 * Issues tickets to several requests in one durable transaction, in their order. Writing to the
	 * disk is most of an issue's cost, so requests that come at the same moment share it; all of
	 * them are written, or (a full disk) none. One that is refused (its topic is not taken) has its
	 * refusal as its answer, and the others are issued.
	 */
	issueTogether(requests: readonly IssueRequest[], now: number): (Issued | Refusal)[] {
		const serviceDay = this.serviceDay(now);
		// Loaded before the tickets are written: a line loaded after would count them twice.
		const line = this.#lineOf(serviceDay);
		const openCounters = this.#parts.openCounters(now);
		try {
			const answers = this.#parts.database.transaction(
				() =>
					this.#parts.stream.write((append) =>
						requests.map((request) =>
							orRefusal(() => this.#issueInTransaction(request, { serviceDay, line, openCounters, append, now })),
						),
					),
				{ behavior: "immediate" },
			);
			this.#latestDay = serviceDay;
			if (answers.some((answer) => !(answer instanceof Refusal) && answer.issued)) this.#parts.changed();
			return answers;
		} catch (fault) {
			// Nothing was kept: the line is counted anew from what is.
			this.#line = undefined;
			throw fault;
		}
	}

	#issueInTransaction(request: IssueRequest, { serviceDay, line, openCounters, append, now }: IssuingTogether): Issued {
		const { newId, newCode } = this.#parts;
		const { topic, language, partySize, series, requestKey, class: ticketClass, by } = request;
		const known = this.#statements.idOfRequestKey.get({ requestKey });
		if (known) return { issued: false, code: known.code, ticket: this.read(known.id, now) };

		// Before the first write: what is refused leaves nothing in the transaction it shares.
		this.#parts.requireTaken(topic, serviceDay);
		const id = newId(now);
		const code = newCode();
		const job = newId(now);
		const ahead = this.#aheadIn(line, openCounters);
		const { ordinal } = this.#statements.takeNumber.get({ serviceDay, series });
		const number = formatNumber(series, ordinal);
		const facts = { number, series, ordinal, serviceDay, topic, language, partySize };
		const place = { class: ticketClass, placeAt: placeOf(ticketClass, now, this.#parts.lineRules) };
		const issuedSeq = append(
			{ type: "ticket.issued", data: { ticket: id, version: 1, ...facts, ...place, job } },
			now,
			by,
		);
		this.#statements.insertTicket.run({
			id,
			requestKey,
			code,
			...facts,
			...place,
			issuedSeq,
			now,
			ahead: ahead.people,
			waitMinMinutes: ahead.wait.minMinutes,
			waitMaxMinutes: ahead.wait.maxMinutes,
		});
		this.#statements.beginInterval.run({
			ticket: id,
			version: 1,
			state: "waiting",
			topic,
			counter: null,
			now,
			end: null,
		});
		this.#statements.insertJob.run({ id: job, ticket: id, now });
		line.joined(topic);
		return {
			issued: true,
			code,
			ticket: {
				id,
				number,
				topic,
				language,
				partySize,
				class: ticketClass,
				state: "waiting",
				version: 1,
				counter: null,
				reservedFor: null,
				calls: 0,
				serviceDay,
				arrivedAt: now,
				since: now,
				ahead: ahead.people,
				wait: ahead.wait,
				undoable: false,
				outcome: null,
				print: { state: "queued" },
			},
		};
	}

	/** Calls the next ticket to a counter; undefined where nobody waits whom it serves. */
	callNext(counter: string, acting: Acting): Ticket | undefined {
		const { lineRules: rules, skillsOf } = this.#parts;
		const { now } = acting;
		return this.#act(() => {
			this.#requireFree(counter);
			const waiting = this.#statements.line.all({ serviceDay: this.serviceDay(now) });
			const next = chooseNext(waiting, { counter, skills: skillsOf(counter), rules, now });
			const found = next && this.#statements.byId.get({ id: next.id });
			return found && { ...found, act: { kind: "call", counter } };
		}, acting);
	}

	/** An act on the ticket that is at a counter. */
	actAtCounter(counter: string, act: Act, seen: Seen, acting: Acting): Ticket {
		return this.#mustAct(() => {
			const found = this.#statements.atCounter.get({ counter });
			if (!found) throw this.#nothingAt(counter, seen);
			requireAsSeen(found.ticket, seen);
			return { ...found, act };
		}, acting);
	}

	/**
	 * An act on a ticket wherever it is. `choose` gives the act for the ticket as it is, within the
	 * transaction, so that nobody else's act comes between; it may refuse by throwing.
	 */
	actOn(id: string, choose: (row: TicketRow) => Act, seen: Seen, acting: Acting): Ticket {
		return this.#mustAct(() => {
			const found = this.#statements.byId.get({ id });
			if (!found) throw new Refusal("TICKET_UNKNOWN", { id });
			requireAsSeen(found.ticket, seen);
			return { ...found, act: choose(found.ticket) };
		}, acting);
	}

	/** Finds a ticket and acts on it in one durable transaction. */
	#act(
		find: () => { ticket: TicketRow; printState: PrintState; act: Act } | undefined,
		acting: Acting,
	): Ticket | undefined {
		const done = this.#parts.database.transaction(
			() => {
				const found = find();
				return found && { ...found, after: this.#apply(found.ticket, found.act, acting) };
			},
			{ behavior: "immediate" },
		);
		if (!done) return undefined;
		this.#moveLine(done.ticket, done.after);
		this.#parts.changed();
		return this.#present(done.after, done.printState, acting.now);
	}

	#mustAct(find: () => { ticket: TicketRow; printState: PrintState; act: Act }, acting: Acting): Ticket {
		const ticket = this.#act(find, acting);
		if (!ticket) throw new Error("An act on a ticket that was found must give the ticket.");
		return ticket;
	}

	#requireFree(counter: string, except?: string): void {
		const busy = this.#statements.atCounter.get({ counter });
		if (!busy || busy.ticket.id === except) return;
		const { id, number, state } = busy.ticket;
		throw new Refusal("COUNTER_BUSY", { counter, ticket: id, number, state });
	}

	read(id: string, now: number): Ticket {
		const found = this.#statements.byId.get({ id });
		if (!found) throw new Refusal("TICKET_UNKNOWN", { id });
		return this.#present(found.ticket, found.printState, now);
	}

	/** The ticket of a phone's code, of today or yesterday; undefined where there is none. */
	findByCode(code: string, now: number): string | undefined {
		const today = this.serviceDay(now);
		return [today, dayBefore(today)]
			.map((serviceDay) => this.#statements.byCode.get({ serviceDay, code })?.id)
			.find((id) => id !== undefined);
	}

	/** How many of its class come after a waiting ticket: those it could let go first. */
	countBehind(id: string): number {
		const found = this.#statements.byId.get({ id });
		if (found?.ticket.state !== "waiting") return 0;
		const line = this.#orderedLine(found.ticket.serviceDay).filter((other) => other.class === found.ticket.class);
		return line.length - 1 - line.findIndex((other) => other.id === id);
	}

	/** Lets so many people of the same class go first. Refuses with NOBODY_BEHIND. */
	giveWay(id: string, people: number, seen: Seen, now: number): Ticket {
		return this.actOn(
			id,
			(row) => {
				const line = this.#statements.line.all({ serviceDay: row.serviceDay });
				const other = row.state === "waiting" ? behindOf(line, row, people) : row;
				if (!other) throw new Refusal("NOBODY_BEHIND", describe(row));
				return {
					kind: "give-way",
					behind: other.behind ?? other.issuedSeq,
					placeAt: Math.max(row.placeAt, other.placeAt),
				};
			},
			seen,
			{ now },
		);
	}

	/** Keeps what the visitor said of the visit, once, when it is over. Refuses with TICKET_STATE or RATED_ALREADY. */
	rate(id: string, rating: number, now: number): void {
		this.#parts.database.transaction(
			() => {
				const found = this.#statements.byId.get({ id });
				if (!found) throw new Refusal("TICKET_UNKNOWN", { id });
				if (found.ticket.state !== "finished")
					throw new Refusal("TICKET_STATE", { ...describe(found.ticket), act: "rate", allowed: ["finished"] });
				if (this.#statements.rate.run({ id, rating }).changes !== 1)
					throw new Refusal("RATED_ALREADY", describe(found.ticket));
				this.#parts.stream.write((append) => append({ type: "ticket.rated", data: { ticket: id, rating } }, now));
			},
			{ behavior: "immediate" },
		);
	}

	/** What the visitor said of the visit. */
	ratingOf(id: string): number | null {
		return this.#statements.byId.get({ id })?.ticket.rating ?? null;
	}

	/** All live tickets of the day: those who wait first, as "next" takes them. */
	queue(now: number): QueueEntry[] {
		const rows = this.#statements.live.all({ serviceDay: this.serviceDay(now) });
		const resting = ({ ticket }: (typeof rows)[number]) => ticket.restsUntil !== null && ticket.restsUntil > now;
		const printStates = new Map(rows.map(({ ticket, printState }) => [ticket.id, printState]));
		const waiting = rows.filter(({ ticket }) => ticket.state === "waiting");
		const line = (some: typeof rows) => orderLine(some.map(({ ticket }) => ticket));
		const inOrder = [
			...line(waiting.filter((row) => !resting(row))),
			...line(waiting.filter(resting)),
			...rows.filter(({ ticket }) => ticket.state !== "waiting").map(({ ticket }) => ticket),
		];
		return inOrder.map((ticket) => toQueueEntry(ticket, printStates.get(ticket.id) ?? "queued"));
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
			waiting: this.#headOfLine(serviceDay).map(({ number, topic }) => ({ number, topic })),
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

	#apply(before: TicketRow, act: Act, { now, by }: Acting): TicketRow {
		const outcome = applyAct(before, act, this.#parts.rules, now);
		if (outcome.kind === "nothing-to-undo") throw new Refusal("NOTHING_TO_UNDO", describe(before));
		if (outcome.kind === "refused")
			throw new Refusal("TICKET_STATE", { ...describe(before), act: act.kind, allowed: outcome.allowed });
		const next = outcome.ticket;
		if (next.counter !== null) this.#requireFree(next.counter, next.id);
		// An interval never ends before it began, even where the clock was set back.
		const at = Math.max(now, before.since);
		const moved = next.state !== before.state || next.topic !== before.topic;
		const called = outcome.change.type === "ticket.called" || outcome.change.type === "ticket.recalled";
		const after: TicketRow = {
			...before,
			...next,
			since: moved ? at : before.since,
			calledAt: called ? now : before.calledAt,
		};
		this.#parts.stream.write((append) => append(outcome.change, now, by));
		const written = this.#statements.changeTicket.run({
			id: after.id,
			seen: before.version,
			state: after.state,
			version: after.version,
			topic: after.topic,
			class: after.class,
			placeAt: after.placeAt,
			behind: after.behind,
			counter: after.counter,
			reservedFor: after.reservedFor,
			outcome: after.outcome,
			before: after.before && JSON.stringify(after.before),
			calls: after.calls,
			restsUntil: after.restsUntil,
			since: after.since,
			calledAt: after.calledAt,
		});
		if (written.changes !== 1) throw new Refusal("TICKET_CHANGED", describe(before));
		if (moved) this.#moveInterval(before, after, at);
		return after;
	}

	/** Ends the interval of the state that was, and begins that of the state that is. */
	#moveInterval(before: TicketRow, after: TicketRow, at: number): void {
		if (isOver(before.state)) {
			// Taken back: the time it was over is an interval as well, so that there is no gap.
			const { id, version, state, topic, since } = before;
			this.#statements.beginInterval.run({ ticket: id, version, state, topic, counter: null, now: since, end: at });
		} else this.#statements.endInterval.run({ ticket: after.id, now: at });
		if (isOver(after.state)) return;
		const { id, version, state, topic, counter } = after;
		this.#statements.beginInterval.run({ ticket: id, version, state, topic, counter, now: at, end: null });
	}

	#nothingAt(counter: string, seen: Seen): Refusal {
		const found = seen.ticket === undefined ? undefined : this.#statements.byId.get({ id: seen.ticket });
		return found ? new Refusal("TICKET_CHANGED", describe(found.ticket)) : new Refusal("COUNTER_IDLE", { counter });
	}

	#present(row: TicketRow, printState: PrintState, now: number): Ticket {
		const waiting = row.state === "waiting";
		const { serviceDay } = row;
		const { people, minutes } = waiting ? this.#sumAhead(row) : { people: 0, minutes: 0 };
		return {
			id: row.id,
			number: row.number,
			topic: row.topic,
			language: row.language,
			partySize: row.partySize,
			class: row.class,
			state: row.state,
			version: row.version,
			counter: row.counter,
			reservedFor: row.reservedFor,
			calls: row.calls,
			serviceDay,
			arrivedAt: row.arrivedAt,
			since: row.since,
			ahead: people,
			wait: waiting ? estimateWait(minutes, this.#parts.openCounters(now)) : null,
			undoable: row.before !== null,
			outcome: row.outcome,
			print: { state: printState },
		};
	}

	#sumAhead({ id, serviceDay }: TicketRow): { people: number; minutes: number } {
		const line = this.#orderedLine(serviceDay);
		const before = line.slice(
			0,
			line.findIndex((other) => other.id === id),
		);
		return sumLine(
			before.map(({ topic }) => ({ topic, count: 1 })),
			this.#parts.minutesOf,
		);
	}

	/** The first that a board shows: no more of a class than that many can be among them. */
	#headOfLine(serviceDay: string) {
		const heads = TICKET_CLASSES.flatMap((one) =>
			this.#statements.headOfClass.all({ serviceDay, class: one, most: BOARD_LINE }),
		);
		return orderLine(heads).slice(0, BOARD_LINE);
	}

	#orderedLine(serviceDay: string) {
		return orderLine(this.#statements.line.all({ serviceDay }));
	}

	#lineOf(serviceDay: string): WaitingLine {
		if (this.#line?.serviceDay !== serviceDay) {
			this.#line = new WaitingLine(serviceDay, this.#statements.waitingByTopic.all({ serviceDay }));
		}
		return this.#line;
	}

	/** Moves the count of those who wait after a commit; a line of another day is loaded when it is asked for. */
	#moveLine(before: TicketRow, after: TicketRow): void {
		if (this.#line?.serviceDay !== after.serviceDay) return;
		if (before.state === "waiting") this.#line.left(before.topic);
		if (after.state === "waiting") this.#line.joined(after.topic);
	}
}

function orRefusal<T>(act: () => T): T | Refusal {
	try {
		return act();
	} catch (fault) {
		if (fault instanceof Refusal) return fault;
		throw fault;
	}
}

function requireAsSeen(row: TicketRow, seen: Seen): void {
	if (
		(seen.ticket !== undefined && seen.ticket !== row.id) ||
		(seen.version !== undefined && seen.version !== row.version)
	) {
		throw new Refusal("TICKET_CHANGED", describe(row));
	}
}
