import type { OpenHelpCall, Queue, QueueEntry } from "../../../protocol/api/board.ts";
import type { Ticket, TicketState } from "../../../protocol/model/ticket.ts";
import {
	type Action,
	actionsAllowed,
	type DeskAction,
	isHastyRepeat,
	ROW_ACTIONS,
	type RowAction,
	type Sheet,
	type TicketAction,
	ticketActionsAllowed,
} from "./actions.ts";
import { ticketAtCounter } from "./queue.ts";
import type { DeskState, DoneTo } from "./state.ts";
import { isUnproven, ticketToReprint } from "./ticket-paper.ts";

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

/** The last action of this desk that can be undone; null once anything else has happened to its ticket. */
export function undoableAction(state: DeskState): DoneTo | null {
	const ready = readyCounter(state);
	const last = state.auth.kind === "signed-in" ? state.auth.history.at(-1) : undefined;
	if (ready === null || !last?.ticket.undoable) return null;
	const current = ready.queue.tickets.find(({ id }) => id === last.ticket.id);
	return current === undefined || current.version === last.ticket.version ? last : null;
}

export const undoableTicket = (state: DeskState): Ticket | null => undoableAction(state)?.ticket ?? null;

/** Whether the one key that finishes and calls the next does something now; `startsItself` lets it finish a called ticket. */
export function canFinishAndCall(state: DeskState, startsItself: boolean): boolean {
	const ready = readyCounter(state);
	if (ready?.ticket == null || ready.queue.pausedAt !== null) return false;
	return ready.ticket.state === "serving" || (startsItself && ready.ticket.state === "called");
}

const ROW_STATES: Readonly<Record<RowAction, readonly TicketState[]>> = {
	call: ["waiting", "parked", "missed"],
	return: ["parked", "missed", "called", "serving"],
	finish: ["serving"],
	park: ["waiting", "called", "serving"],
	priority: ["waiting"],
	note: ["waiting", "called", "serving", "parked", "missed"],
	transfer: ["waiting", "called", "serving", "parked"],
	reprint: ["waiting", "called", "serving", "parked", "missed"],
	cancel: ["waiting", "called", "serving", "parked", "missed"],
};

/** What can be done with a ticket of the queue. Tickets at a staffed counter are their member of staff's, or a supervisor's. */
export function availableRowActions(state: DeskState, ticket: QueueEntry): readonly RowAction[] {
	const ready = readyCounter(state);
	if (ready === null || state.auth.kind !== "signed-in") return [];
	const isElsewhere = ticket.counter !== null && ticket.counter !== ready.counter && ticket.stranded === null;
	const mayAct = !isElsewhere || state.auth.session.role !== "agent";
	return ROW_ACTIONS.filter((action) => {
		if (!ROW_STATES[action].includes(ticket.state)) return false;
		if (action === "reprint") return ticket.print.state === "confirmed" || isUnproven(ticket);
		// An appointment keeps its place by its time.
		if (action === "priority") return ticket.class !== "appointment";
		return mayAct && (action !== "call" || canCall(state));
	});
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
	return [...(ready.ticket === null ? [] : (["note", "phrases"] as const)), "issue", "check-in"];
}

/** The visitor's call for help that this desk can answer now. */
export function answerableHelp(state: DeskState): OpenHelpCall | null {
	return readyCounter(state)?.queue.helpCalls[0] ?? null;
}

/** Whether to carry out the action when it is requested at this moment; `row` is the ticket of a row's action. */
export function isActionAvailable(state: DeskState, action: DeskAction, now: number, row?: QueueEntry): boolean {
	if (state.auth.kind !== "signed-in") return false;
	// Two visitors can be scanned one after the other, and the same one twice does no harm.
	if (action !== "check-in" && isHastyRepeat(state.auth.lastAction, action, now)) return false;
	if (row !== undefined) {
		// A referral is a choice in the transfer dialog.
		const asRow = action === "refer" ? "transfer" : action;
		return availableRowActions(state, row).some((one) => one === asRow);
	}
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
		case "priority":
			// Only a row has it.
			return false;
		case "refer":
			return availableTicketActions(state).includes("transfer");
		case "note":
		case "issue":
		case "check-in":
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
