import type { HelpCall, Queue, QueueEntry } from "../../../protocol/api/board.ts";
import type { Ticket } from "../../../protocol/model/ticket.ts";
import {
	type Action,
	actionsAllowed,
	type DeskAction,
	isHastyRepeat,
	type Sheet,
	type TicketAction,
	ticketActionsAllowed,
} from "./actions.ts";
import { ticketAtCounter } from "./queue.ts";
import type { DeskState } from "./state.ts";
import { ticketToReprint } from "./ticket-paper.ts";

/** What staff can do now. The screen shows it and the effects check it again before they send anything. */

/** Null unless the station answers, its queue is known and no action is in flight. */
function readyCounter({ auth, link }: DeskState): { queue: Queue; ticket: QueueEntry | null; counter: string } | null {
	if (auth.kind !== "signed-in" || auth.queue === null || auth.busy !== null || link.kind === "lost") return null;
	const { queue, session } = auth;
	return { queue, ticket: ticketAtCounter(queue, session.counter), counter: session.counter };
}

/** The main actions that the ticket at the counter allows. */
export function availableActions(state: DeskState): readonly Action[] {
	const ready = readyCounter(state);
	if (ready === null) return [];
	const allowed = actionsAllowed(ready.ticket);
	return ready.queue.pausedAt === null ? allowed : allowed.filter((action) => action !== "next");
}

/** What else can be done with the ticket at the counter. */
export function availableTicketActions(state: DeskState): readonly TicketAction[] {
	const ready = readyCounter(state);
	if (ready === null) return [];
	const allowed = ticketActionsAllowed(ready.ticket);
	return undoableTicket(state) === null ? allowed : [...allowed, "undo"];
}

/** The ticket whose last action, done at this desk, can be undone; null once anything else has happened to it. */
export function undoableTicket(state: DeskState): Ticket | null {
	const ready = readyCounter(state);
	const lastTicket = state.auth.kind === "signed-in" ? state.auth.lastTicket : null;
	if (ready === null || !lastTicket?.undoable) return null;
	const current = ready.queue.tickets.find(({ id }) => id === lastTicket.id);
	return current === undefined || current.version === lastTicket.version ? lastTicket : null;
}

/** The ticket that can be printed again now. */
export function reprintableTicket(state: DeskState): QueueEntry | null {
	const ready = readyCounter(state);
	return ready && ticketToReprint(ready.queue, ready.counter);
}

/** Whether a new paper roll can be reported now. */
export function canReportNewRoll(state: DeskState): boolean {
	return readyCounter(state) !== null;
}

/** Whether staff can call a ticket of their choice now: the counter is free. */
export function canCall(state: DeskState): boolean {
	const ready = readyCounter(state);
	return ready !== null && ready.queue.pausedAt === null && ready.ticket === null;
}

/** What the break's key does now; null where nothing can be sent. */
export function availableBreak(state: DeskState): "break" | "resume" | null {
	const ready = readyCounter(state);
	return ready && (ready.queue.pausedAt === null ? "break" : "resume");
}

/** The dialogs that can open now: a ticket for a walk-in, and those about the visitor at the counter. */
export function availableSheets(state: DeskState): readonly Sheet[] {
	const ready = readyCounter(state);
	if (ready === null) return [];
	return ready.ticket === null ? ["issue"] : ["note", "phrases", "issue"];
}

/** The visitor's call for help that this desk can answer now. */
export function answerableHelp(state: DeskState): HelpCall | null {
	return readyCounter(state)?.queue.help ?? null;
}

/** Whether to carry out the action when it is requested at this moment. */
export function isActionAvailable(state: DeskState, action: DeskAction, now: number): boolean {
	if (state.auth.kind !== "signed-in" || isHastyRepeat(state.auth.lastAction, action, now)) return false;
	switch (action) {
		case "next":
		case "recall":
		case "start":
		case "finish":
		case "no-show":
			return availableActions(state).includes(action);
		case "park":
		case "return":
		case "transfer":
		case "cancel":
		case "undo":
			return availableTicketActions(state).includes(action);
		case "refer":
			return availableTicketActions(state).includes("transfer");
		case "note":
		case "issue":
			return availableSheets(state).includes(action);
		case "reprint":
			return reprintableTicket(state) !== null;
		case "new-roll":
			return canReportNewRoll(state);
		case "help":
			return answerableHelp(state) !== null;
		case "call":
			return canCall(state);
		case "break":
		case "resume":
			return availableBreak(state) === action;
	}
}
