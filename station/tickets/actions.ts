import { MINUTE_MS } from "../../lib/time/durations.ts";
import type { CounterNumber, StaffId, TicketId } from "../../protocol/model/ids.ts";
import type { PrintState } from "../../protocol/model/print.ts";
import type { TicketAtHand } from "../../protocol/model/staff.ts";
import type { Ticket, TicketOutcome, TicketState } from "../../protocol/model/ticket.ts";
import { Refusal } from "../refusal.ts";
import type { FindNext } from "./next-ticket.ts";
import { behindOf } from "./queue-order.ts";
import { countsOn } from "./service-day.ts";
import type { ServiceDayCache } from "./service-day-cache.ts";
import { type Action, isOver, transition } from "./state-machine.ts";
import type { TicketQueries } from "./ticket-queries.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import { describe, type TicketRow } from "./ticket-row.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

/** The ticket and version that the caller saw. An action on another one is refused. */
export interface ExpectedVersion {
	ticket?: TicketId | undefined;
	version?: number | undefined;
}

/** Who acts, and when (UTC ms); `by` is the member of staff's id. */
export interface Actor {
	now: number;
	by?: StaffId | undefined;
}

export interface Actions {
	/** Calls the next ticket to a counter; undefined where nobody waits whom it serves. */
	callNext(counter: CounterNumber, actor: Actor): Ticket | undefined;
	/** An act on the ticket that is at a counter. */
	actAtCounter(counter: CounterNumber, act: Action, expected: ExpectedVersion, actor: Actor): Ticket;
	/** One topic is done. A ticket with more of them stays where its next is served, or waits for it in its old place. */
	finish(counter: CounterNumber, outcome: TicketOutcome, expected: ExpectedVersion, actor: Actor): Ticket;
	/** The member of staff leaves a counter: the ticket at it is finished, returned to its place, or stays for the next one. */
	leaveCounter(counter: CounterNumber, choice: TicketAtHand | undefined, actor: Actor): void;
	/**
	 * An act on a ticket wherever it is. `choose` gives the act for the ticket as it is, within the
	 * transaction, so that nobody else's act comes between; it may refuse by throwing.
	 */
	actOn(id: TicketId, choose: (row: TicketRow) => Action, expected: ExpectedVersion, actor: Actor): Ticket;
	/** Lets so many people of the same class go first. Refuses with NOBODY_BEHIND. */
	giveWay(id: TicketId, people: number, expected: ExpectedVersion, now: number): Ticket;
	/** The visitor is late, which may be said once. Refuses with ALREADY_DELAYED. */
	delay(id: TicketId, minutes: number, expected: ExpectedVersion, now: number): Ticket;
	/** Writes what staff should know of a live ticket; null takes it away. An undo of another act leaves it. `chooseNote` may refuse. */
	note(id: TicketId, chooseNote: (ticket: TicketRow) => string | null, expected: ExpectedVersion, actor: Actor): Ticket;
	/** Keeps what the visitor said of the visit, once, when it is over. Refuses with TICKET_STATE or RATED_ALREADY. */
	rate(id: TicketId, rating: number, now: number): void;
	/**
	 * Ends what an earlier day left open: nobody comes for it, and no screen shows it. A ticket at a counter that is under
	 * way (countsOn) stays, for its member of staff to finish. Returns how many it ended.
	 */
	closePastDays(now: number): number;
}

const LIVE_STATES: readonly TicketState[] = ["waiting", "called", "serving", "parked", "missed"];

interface Found {
	ticket: TicketRow;
	printState: PrintState;
	action: Action;
}

export function openTicketActions(
	deps: TicketServiceDeps,
	repository: TicketRepository,
	day: ServiceDayCache,
	queries: TicketQueries,
	findNext: FindNext,
): Actions {
	const { database, eventLog } = deps;

	const requireFree = (counter: CounterNumber, except?: TicketId): void => {
		const busy = repository.atCounter.get({ counter });
		if (!busy || busy.ticket.id === except) return;
		const { id, number, state } = busy.ticket;
		throw new Refusal("COUNTER_BUSY", { counter, ticket: id, number, state });
	};

	/** Ends the interval of the state that was, and begins that of the state that is. */
	const moveInterval = (before: TicketRow, after: TicketRow, at: number): void => {
		if (isOver(before.state)) {
			// An undo: the time after the end becomes an interval too, so that there is no gap.
			const { id, version, state, topic, since } = before;
			repository.beginInterval.run({ ticket: id, version, state, topic, counter: null, now: since, end: at });
		} else repository.endInterval.run({ ticket: after.id, now: at });
		if (isOver(after.state)) return;
		const { id, version, state, topic, counter } = after;
		repository.beginInterval.run({ ticket: id, version, state, topic, counter, now: at, end: null });
	};

	/** After the day's turn only what was at a counter is undone: its place in yesterday's queue is nowhere now. */
	const requireUndoable = ({ serviceDay, state, before }: TicketRow, now: number): void => {
		if (!isOver(state) || serviceDay >= day.serviceDay(now) || before === null || before.counter !== null) return;
		throw new Refusal("TICKET_DAY_OVER", { serviceDay });
	};

	const apply = (before: TicketRow, act: Action, { now, by }: Actor): TicketRow => {
		if (act.kind === "undo") requireUndoable(before, now);
		const facts = { ...before, nextTopics: before.nextTopics ?? [] };
		const outcome = transition(facts, act, deps.rules, now);
		if (outcome.kind === "nothing-to-undo") throw new Refusal("NOTHING_TO_UNDO", describe(before));
		if (outcome.kind === "refused")
			throw new Refusal("TICKET_STATE", { ...describe(before), action: act.kind, allowed: outcome.allowed });
		const next = outcome.ticket;
		if (next.counter !== null) requireFree(next.counter, next.id);
		// An interval never ends before it began, even where the clock was set back.
		const at = Math.max(now, before.since);
		const moved = next.state !== before.state || next.topic !== before.topic;
		const called = outcome.change.type === "ticket.called" || outcome.change.type === "ticket.recalled";
		const after: TicketRow = {
			...before,
			...next,
			callsBeforeLeg: next.callsBeforeLeg ?? 0,
			since: moved ? at : before.since,
			calledAt: called ? now : before.calledAt,
		};
		eventLog.write((append) => append(outcome.change, now, by));
		const written = repository.changeTicket.run({
			id: after.id,
			seen: before.version,
			state: after.state,
			version: after.version,
			topic: after.topic,
			nextTopics: next.nextTopics.length > 0 ? JSON.stringify(next.nextTopics) : null,
			class: after.class,
			queuePosition: after.queuePosition,
			behind: after.behind,
			counter: after.counter,
			reservedFor: after.reservedFor,
			outcome: after.outcome,
			before: after.before && JSON.stringify(after.before),
			calls: after.calls,
			callsBeforeLeg: after.callsBeforeLeg,
			notBefore: after.notBefore,
			delayedUntil: after.delayedUntil,
			since: after.since,
			calledAt: after.calledAt,
		});
		if (written.changes !== 1) throw new Refusal("TICKET_CHANGED", describe(before));
		if (moved) moveInterval(before, after, at);
		return after;
	};

	/** Finds a ticket and acts on it in one durable transaction. */
	const act = <T extends Found | undefined>(find: () => T, actor: Actor): Ticket | (T & undefined) => {
		const done = database.transaction(
			() => {
				const found = find();
				return found && { ...found, after: apply(found.ticket, found.action, actor) };
			},
			{ behavior: "immediate" },
		);
		if (!done) return undefined as T & undefined;
		day.moved(done.ticket, done.after);
		deps.changed();
		return queries.present(done.after, done.printState, actor.now);
	};

	const nothingAt = (counter: CounterNumber, expected: ExpectedVersion): Refusal => {
		const found = expected.ticket === undefined ? undefined : repository.byId.get({ id: expected.ticket });
		return found ? new Refusal("TICKET_CHANGED", describe(found.ticket)) : new Refusal("COUNTER_IDLE", { counter });
	};

	const actAtCounter = (
		counter: CounterNumber,
		choose: (row: TicketRow) => Action,
		expected: ExpectedVersion,
		actor: Actor,
	): Ticket =>
		act((): Found => {
			const found = repository.atCounter.get({ counter });
			if (!found) throw nothingAt(counter, expected);
			requireVersion(found.ticket, expected);
			return { ...found, action: choose(found.ticket) };
		}, actor);

	const actOn: Actions["actOn"] = (id, choose, expected, actor) =>
		act((): Found => {
			const found = repository.byId.get({ id });
			if (!found) throw new Refusal("TICKET_UNKNOWN", { id });
			requireVersion(found.ticket, expected);
			return { ...found, action: choose(found.ticket) };
		}, actor);

	return {
		actOn,
		actAtCounter: (counter, chosen, expected, actor) => actAtCounter(counter, () => chosen, expected, actor),
		finish: (counter, outcome, expected, actor) =>
			actAtCounter(
				counter,
				({ nextTopics }) => {
					const [next] = nextTopics ?? [];
					const { topics } = deps.skillsOf(counter);
					const staysHere = next !== undefined && (topics === undefined || topics.has(next));
					return { kind: "finish", outcome, staysHere };
				},
				expected,
				actor,
			),
		leaveCounter(counter, choice, actor) {
			const found = repository.atCounter.get({ counter });
			if (!found || choice === "keep") return;
			const { ticket } = found;
			if (choice === undefined) {
				const { id, number, state, version } = ticket;
				throw new Refusal("TICKET_AT_HAND", { counter, ticket: id, number, state, version });
			}
			const seen = { ticket: ticket.id, version: ticket.version };
			const action: Action =
				choice === "return" ? { kind: "return" } : { kind: "finish", outcome: "answered", staysHere: false };
			actAtCounter(counter, () => action, seen, actor);
		},
		callNext(counter, actor) {
			return act((): Found | undefined => {
				requireFree(counter);
				const id = findNext(counter, actor.now);
				const found = id && repository.byId.get({ id });
				return found && { ...found, action: { kind: "call", counter } };
			}, actor);
		},
		giveWay: (id, people, expected, now) =>
			actOn(
				id,
				(row) => {
					const line = repository.line.all({ serviceDay: row.serviceDay });
					const other = row.state === "waiting" ? behindOf(line, row, people) : row;
					if (!other) throw new Refusal("NO_TICKET_BEHIND", describe(row));
					return {
						kind: "give-way",
						behind: other.behind ?? other.issuedSeq,
						queuePosition: Math.max(row.queuePosition, other.queuePosition),
					};
				},
				expected,
				{ now },
			),
		delay: (id, minutes, expected, now) =>
			actOn(
				id,
				(row) => {
					if (row.delayedUntil !== null) throw new Refusal("ALREADY_DELAYED", describe(row));
					return { kind: "delay", until: now + minutes * MINUTE_MS };
				},
				expected,
				{ now },
			),
		note(id, chooseNote, expected, { now, by }) {
			database.transaction(
				() => {
					const found = repository.byId.get({ id });
					if (!found) throw new Refusal("TICKET_UNKNOWN", { id });
					requireVersion(found.ticket, expected);
					if (isOver(found.ticket.state))
						throw new Refusal("TICKET_STATE", { ...describe(found.ticket), action: "note", allowed: LIVE_STATES });
					const note = chooseNote(found.ticket);
					const version = found.ticket.version + 1;
					eventLog.write((append) => append({ type: "ticket.noted", data: { ticket: id, version, note } }, now, by));
					repository.note.run({ id, version, note });
				},
				{ behavior: "immediate" },
			);
			deps.changed();
			return queries.read(id, now);
		},
		rate(id, rating, now) {
			database.transaction(
				() => {
					const found = repository.byId.get({ id });
					if (!found) throw new Refusal("TICKET_UNKNOWN", { id });
					if (found.ticket.state !== "finished")
						throw new Refusal("TICKET_STATE", { ...describe(found.ticket), action: "rate", allowed: ["finished"] });
					if (repository.rate.run({ id, rating }).changes !== 1)
						throw new Refusal("ALREADY_RATED", describe(found.ticket));
					eventLog.write((append) => append({ type: "ticket.rated", data: { ticket: id, rating } }, now));
				},
				{ behavior: "immediate" },
			);
		},
		closePastDays(now) {
			const today = day.serviceDay(now);
			const closed = database.transaction(
				() => {
					const left = repository.liveOfPastDays.all({ serviceDay: today }).filter((row) => !countsOn(today, row, now));
					for (const row of left) apply(row, { kind: "cancel", reason: "closed" }, { now });
					return left.length;
				},
				{ behavior: "immediate" },
			);
			if (closed > 0) deps.changed();
			return closed;
		},
	};
}

function requireVersion(row: TicketRow, expected: ExpectedVersion): void {
	if (
		(expected.ticket !== undefined && expected.ticket !== row.id) ||
		(expected.version !== undefined && expected.version !== row.version)
	) {
		throw new Refusal("TICKET_CHANGED", describe(row));
	}
}
