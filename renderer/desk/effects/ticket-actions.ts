import type { Answer } from "../../../api-client/answer.ts";
import type { OtherSite, QueueEntry } from "../../../protocol/api/board.ts";
import type { SessionEnd } from "../../../protocol/model/staff.ts";
import type { Ticket, TicketOutcome } from "../../../protocol/model/ticket.ts";
import type { Action, DeskAction, RowAction, SimpleAction } from "../state/actions.ts";
import {
	answerableHelp,
	availableBreak,
	canFinishAndCall,
	isActionAvailable,
	reprintableTicket,
	undoableTicket,
} from "../state/available-actions.ts";
import { ticketAtCounter } from "../state/queue.ts";
import type { DeskEvent, Session } from "../state/state.ts";
import { type DeskDeps, readSignedIn } from "./desk-deps.ts";
import { sessionEndIn } from "./session-end.ts";
import type { DetailedCall, TicketActionCall, WalkIn } from "./station-client.ts";

/** Everything that staff can do at their counter. Each action is sent once, and only if it is available. */
export interface TicketActions {
	/** Does nothing while an action is in flight, when the ticket does not allow it, or on a hasty second press. */
	perform(action: SimpleAction): Promise<unknown>;
	/** Transfers or cancels the ticket at the counter, or another ticket of the queue. */
	performWith(action: DetailedCall, row?: QueueEntry): Promise<unknown>;
	/** An action on a ticket of the queue that needs no details. */
	performOn(action: Exclude<RowAction, "note" | "transfer" | "cancel">, row: QueueEntry): Promise<unknown>;
	/** Finishes and calls the next in one; `startsItself` lets it finish a ticket that is still called. */
	finishAndCallNext(startsItself: boolean): Promise<void>;
	/** Goes to the kiosk of a call for help. */
	answerHelp(call: number): Promise<unknown>;
	/** Finishes the ticket at the counter with another outcome than the usual one; `row` is one that was there before. */
	finish(outcome: TicketOutcome, row?: QueueEntry): Promise<unknown>;
	/** Lets another site go on with the ticket at the counter, or another ticket of the queue. */
	refer(site: Pick<OtherSite, "id" | "name">, row?: QueueEntry): Promise<unknown>;
	/**
	 * A ticket for somebody at the desk. Undefined where the station refused it or did not answer: the notice says
	 * which. The same key gives the same ticket.
	 */
	issue(request: WalkIn): Promise<Ticket | undefined>;
	/** Writes a note on the ticket at the counter, or another ticket of the queue; null removes it. */
	note(note: string | null, row?: QueueEntry): Promise<void>;
}

type ActionDeps = Pick<DeskDeps, "store" | "station" | "clock"> & {
	poll(): Promise<void>;
	endSession(ended: SessionEnd | null): void;
};

/** "Finish and next" leaves a ticket alone that this desk called so recently. */
const CALLED_GUARD_MS = 3_000;

export function createTicketActions(deps: ActionDeps): TicketActions {
	const { store, station, clock, poll, endSession } = deps;

	/** One action, if it is available now; then a poll. Returns what the station answered. */
	async function carryOut<T>(
		action: DeskAction,
		send: (session: Session) => Promise<Answer<T>>,
		eventOf: (value: T) => DeskEvent,
		row?: QueueEntry,
	): Promise<T | undefined> {
		const now = clock();
		const auth = readSignedIn(deps);
		if (auth === null || !isActionAvailable(store.read(), action, now, row)) return undefined;
		const { session } = auth;
		store.dispatch({ type: "action-started", action, at: now });
		const answer = await send(session);
		if (readSignedIn(deps)?.session !== session) return undefined;
		switch (answer.kind) {
			case "ok":
				store.dispatch(eventOf(answer.value));
				break;
			case "unreachable":
				// Never sent again by itself: the station may have done it. The next poll shows whether it did.
				store.dispatch({ type: "action-unanswered", action });
				store.dispatch({ type: "link-lost", at: clock() });
				break;
			case "refused":
				if (answer.code === "SIGN_IN_REQUIRED") {
					endSession(sessionEndIn(answer));
					return undefined;
				}
				store.dispatch({ type: "action-refused", action, refusal: answer });
		}
		void poll();
		return answer.kind === "ok" ? answer.value : undefined;
	}

	function ownTicket(): QueueEntry | null {
		const auth = readSignedIn(deps);
		return auth?.queue ? ticketAtCounter(auth.queue, auth.session.counter) : null;
	}

	/** `row` is a ticket that was at the counter when staff chose: the station refuses where another one is. */
	function actAtCounter(action: Action, outcome?: TicketOutcome, row?: QueueEntry): Promise<unknown> {
		return carryOut<Ticket | null>(
			action,
			(session) => station.act(session, action, row ?? ownTicket(), outcome),
			(ticket) => (ticket === null ? { type: "nobody-to-call" } : { type: "action-done", action, ticket }),
			row,
		);
	}

	async function actOn(
		action: Exclude<TicketActionCall, { kind: "note" }>,
		seen: Pick<QueueEntry, "id" | "version"> | null,
		row?: QueueEntry,
	): Promise<unknown> {
		if (seen === null) return undefined;
		return carryOut(
			action.kind,
			({ token }) => station.actOn(token, action, seen),
			(ticket) => ({ type: "action-done", action: action.kind, ticket }),
			row,
		);
	}

	async function reprint(row?: QueueEntry): Promise<unknown> {
		const ticket = row ?? reprintableTicket(store.read());
		if (ticket === null) return undefined;
		return carryOut(
			"reprint",
			({ token }) => station.reprint(token, ticket.id),
			(printed) => ({ type: "action-done", action: "reprint", ticket: printed }),
			row,
		);
	}

	function reportNewRoll(): Promise<unknown> {
		return carryOut(
			"new-roll",
			({ token }) => station.noteNewRoll(token),
			() => ({ type: "new-roll-reported" }),
		);
	}

	/** Without a call: the oldest one. */
	async function answerHelp(call = answerableHelp(store.read())?.id): Promise<unknown> {
		return carryOut(
			"help",
			({ token }) => station.answerHelp(token, call),
			() => ({ type: "help-answered", call }),
		);
	}

	async function finishAndCallNext(startsItself: boolean): Promise<void> {
		const state = store.read();
		const { lastAction } = readSignedIn(deps) ?? {};
		// A key that is held or pressed twice must not send the visitor away who was just called.
		if (lastAction != null && Math.abs(clock() - lastAction.at) < CALLED_GUARD_MS && ownTicket()?.state === "called")
			return;
		if (!canFinishAndCall(state, startsItself)) return;
		if (ownTicket()?.state === "called") await actAtCounter("start");
		await actAtCounter("finish");
		// A further topic goes on at this counter; a refusal leaves the ticket here.
		if (readSignedIn(deps) !== null && ownTicket() === null) await actAtCounter("next");
	}

	async function toggleBreak(): Promise<unknown> {
		const action = availableBreak(store.read());
		if (action === null) return undefined;
		const startedAt = clock() + store.read().clockOffset;
		return carryOut(
			action,
			({ token }) => station.pause(token, action === "break"),
			() => ({ type: "break-changed", pausedAt: action === "break" ? startedAt : null }),
		);
	}

	return {
		perform(action) {
			switch (action) {
				case "next":
				case "recall":
				case "start":
				case "finish":
				case "no-show":
					return actAtCounter(action);
				case "park":
				case "return":
					return actOn({ kind: action }, ownTicket());
				case "undo":
					return actOn({ kind: action }, undoableTicket(store.read()));
				case "reprint":
					return reprint();
				case "new-roll":
					return reportNewRoll();
				case "help":
					return answerHelp();
				case "break":
					return toggleBreak();
			}
		},
		performWith: (action, row) => actOn(action, row ?? ownTicket(), row),
		async performOn(action, row) {
			switch (action) {
				case "reprint":
					return reprint(row);
				case "priority":
					return actOn({ kind: action, class: row.class === "priority" ? "ordinary" : "priority" }, row, row);
				default:
					return actOn({ kind: action }, row, row);
			}
		},
		finishAndCallNext,
		answerHelp,
		finish: (outcome, row) => actAtCounter("finish", outcome, row),
		async refer({ id, name }, row) {
			const seen = row ?? ownTicket();
			if (seen === null) return;
			await carryOut(
				"refer",
				({ token }) => station.refer(token, id, seen),
				({ otherSite, ...ticket }) => ({ type: "referred", ticket, site: name, otherSite }),
				row,
			);
		},
		issue: (request) =>
			carryOut(
				"issue",
				({ token }) => station.issue(token, request),
				(ticket) => ({ type: "action-done", action: "issue", ticket }),
			),
		async note(note, row) {
			const seen = row ?? ownTicket();
			if (seen === null) return;
			await carryOut(
				"note",
				({ token }) => station.actOn(token, { kind: "note", note }, seen),
				(ticket) => ({ type: "note-saved", ticket, note }),
				row,
			);
		},
	};
}
