import type { Answer } from "../../../api-client/answer.ts";
import type { OtherSite, QueueEntry } from "../../../protocol/api/board.ts";
import type { Ticket, TicketOutcome } from "../../../protocol/model/ticket.ts";
import type { Action, DeskAction, SimpleAction } from "../state/actions.ts";
import { availableBreak, isActionAvailable, reprintableTicket, undoableTicket } from "../state/available-actions.ts";
import { ticketAtCounter } from "../state/queue.ts";
import type { DeskEvent, Session } from "../state/state.ts";
import { type DeskDeps, readSignedIn } from "./desk-deps.ts";
import type { DetailedCall, TicketActionCall, WalkIn } from "./station-client.ts";

/** Everything that staff can do at their counter. Each action is sent once, and only if it is available. */
export interface TicketActions {
	/** Does nothing while an action is in flight, when the ticket does not allow it, or on a hasty second press. */
	perform(action: SimpleAction): Promise<unknown>;
	/** Transfers or cancels the ticket at the counter. */
	performWith(action: DetailedCall): Promise<unknown>;
	/** Finishes with another outcome than the usual one. */
	finish(outcome: TicketOutcome): Promise<unknown>;
	/** Lets another site go on with the ticket at the counter. */
	refer(site: Pick<OtherSite, "id" | "name">): Promise<unknown>;
	/**
	 * A ticket for somebody at the desk. Undefined where the station refused it or did not answer: the notice says
	 * which. The same key gives the same ticket.
	 */
	issue(request: WalkIn): Promise<Ticket | undefined>;
	/** Writes a note on the ticket at the counter; null removes it. */
	note(note: string | null): Promise<void>;
	/** Calls this very ticket. */
	call(ticket: Pick<QueueEntry, "id" | "version">): Promise<unknown>;
}

type ActionDeps = Pick<DeskDeps, "store" | "station" | "clock"> & { poll(): Promise<void>; endSession(): void };

export function createTicketActions(deps: ActionDeps): TicketActions {
	const { store, station, clock, poll, endSession } = deps;

	/** One action, if it is available now; then a poll. Returns what the station answered. */
	async function carryOut<T>(
		action: DeskAction,
		send: (session: Session) => Promise<Answer<T>>,
		eventOf: (value: T) => DeskEvent,
	): Promise<T | undefined> {
		const now = clock();
		const auth = readSignedIn(deps);
		if (auth === null || !isActionAvailable(store.read(), action, now)) return undefined;
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
					endSession();
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

	function actAtCounter(action: Action, outcome?: TicketOutcome): Promise<unknown> {
		return carryOut<Ticket | null>(
			action,
			(session) => station.act(session, action, ownTicket(), outcome),
			(ticket) => (ticket === null ? { type: "nobody-to-call" } : { type: "action-done", action, ticket }),
		);
	}

	async function actOn(
		action: Exclude<TicketActionCall, { kind: "note" }>,
		seen: Pick<QueueEntry, "id" | "version"> | null,
	): Promise<unknown> {
		if (seen === null) return undefined;
		return carryOut(
			action.kind,
			({ token }) => station.actOn(token, action, seen),
			(ticket) => ({ type: "action-done", action: action.kind, ticket }),
		);
	}

	async function reprint(): Promise<unknown> {
		const ticket = reprintableTicket(store.read());
		if (ticket === null) return undefined;
		return carryOut(
			"reprint",
			({ token }) => station.reprint(token, ticket.id),
			(printed) => ({ type: "action-done", action: "reprint", ticket: printed }),
		);
	}

	function reportNewRoll(): Promise<unknown> {
		return carryOut(
			"new-roll",
			({ token }) => station.noteNewRoll(token),
			() => ({ type: "new-roll-reported" }),
		);
	}

	function answerHelp(): Promise<unknown> {
		return carryOut(
			"help",
			({ token }) => station.answerHelp(token),
			() => ({ type: "help-answered" }),
		);
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
		performWith: (action) => actOn(action, ownTicket()),
		finish: (outcome) => actAtCounter("finish", outcome),
		async refer({ id, name }) {
			const seen = ownTicket();
			if (seen === null) return;
			await carryOut(
				"refer",
				({ token }) => station.refer(token, id, seen),
				({ otherSite, ...ticket }) => ({ type: "referred", ticket, site: name, otherSite }),
			);
		},
		issue: (request) =>
			carryOut(
				"issue",
				({ token }) => station.issue(token, request),
				(ticket) => ({ type: "action-done", action: "issue", ticket }),
			),
		async note(note) {
			const seen = ownTicket();
			if (seen === null) return;
			await carryOut(
				"note",
				({ token }) => station.actOn(token, { kind: "note", note }, seen),
				(ticket) => ({ type: "note-saved", ticket, note }),
			);
		},
		call: (ticket) => actOn({ kind: "call" }, ticket),
	};
}
