import { MINUTE_MS } from "../../lib/time/durations.ts";
import type { CounterNumber, TicketId } from "../../protocol/model/ids.ts";
import type { TicketAtHand } from "../../protocol/model/staff.ts";
import type { Ticket, TicketOutcome, TicketState } from "../../protocol/model/ticket.ts";
import { Refusal } from "../refusal.ts";
import { type Actor, makeApplyAction } from "./apply-action.ts";
import type { FindNext } from "./next-ticket.ts";
import { behindOf, placeBehind } from "./queue-order.ts";
import type { ServiceDayCache } from "./service-day-cache.ts";
import { type Action, isOver } from "./state-machine.ts";
import type { TicketQueries } from "./ticket-queries.ts";
import type { TicketRepository } from "./ticket-repository.ts";
import { describe, type LastPrint, type TicketRow } from "./ticket-row.ts";
import type { TicketServiceDeps } from "./ticket-service-deps.ts";

/** The ticket and version that the caller saw. An action on another one is refused. */
export interface ExpectedVersion {
	ticket?: TicketId | undefined;
	version?: number | undefined;
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
	/**
	 * Actions that come at the same moment, in their order: the disk is waited for once. One that is refused has its
	 * refusal as its answer and leaves nothing behind; all others are written, or (a full disk) none.
	 */
	actTogether(actions: readonly (() => void)[]): (Refusal | undefined)[];
	/** Lets so many people of the same class go first. Refuses with NOBODY_BEHIND. */
	giveWay(id: TicketId, people: number, expected: ExpectedVersion, now: number): Ticket;
	/** The visitor is late, which may be said once. Refuses with ALREADY_DELAYED. */
	delay(id: TicketId, minutes: number, expected: ExpectedVersion, now: number): Ticket;
	/** Writes what staff should know of a live ticket; null takes it away. An undo of another act leaves it. `chooseNote` may refuse. */
	note(id: TicketId, chooseNote: (ticket: TicketRow) => string | null, expected: ExpectedVersion, actor: Actor): Ticket;
	/** Keeps what the visitor said of the visit, once, when it is over. Refuses with TICKET_STATE or RATED_ALREADY. */
	rate(id: TicketId, rating: number, now: number): void;
}

const LIVE_STATES: readonly TicketState[] = ["waiting", "called", "serving", "parked", "missed"];

interface Found {
	ticket: TicketRow;
	lastPrint: LastPrint;
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
	const { apply, requireFree } = makeApplyAction(deps, repository, day);

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
		return queries.present(done.after, done.lastPrint, actor.now);
	};

	const nothingAt = (counter: CounterNumber, expected: ExpectedVersion): Refusal => {
		const found = expected.ticket === undefined ? undefined : repository.byId.get({ id: expected.ticket });
		return found ? new Refusal("TICKET_CHANGED", describe(found.ticket)) : new Refusal("COUNTER_IDLE", { counter });
	};

	/** Also of tickets that do not wait now: they come back to them. */
	const placesTaken = (serviceDay: string): number[] =>
		repository.placesTaken.all({ serviceDay }).flatMap(({ behind }) => behind ?? []);

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

	const actTogether = (actions: readonly (() => void)[]): (Refusal | undefined)[] => {
		try {
			// An action's own transaction is a savepoint in this one.
			return database.transaction(() => actions.map(refusalOf), { behavior: "immediate" });
		} catch (error) {
			// They have moved their tickets in memory.
			day.forget();
			throw error;
		}
	};

	return {
		actOn,
		actTogether,
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
						behind: placeBehind(other, placesTaken(row.serviceDay)),
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

function refusalOf(act: () => void): Refusal | undefined {
	try {
		act();
		return undefined;
	} catch (error) {
		if (error instanceof Refusal) return error;
		throw error;
	}
}
