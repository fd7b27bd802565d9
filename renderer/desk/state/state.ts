import type { HelpCall, Queue, QueueEntry, Topics } from "../../../protocol/api/board.ts";
import type { Health } from "../../../protocol/api/health.ts";
import type { StaffRole } from "../../../protocol/model/staff.ts";
import type { DeliveryStatus, Ticket } from "../../../protocol/model/ticket.ts";
import {
	type Action,
	type ActionMoment,
	actionsAllowed,
	type DeskAction,
	isHasty,
	type Sheet,
	type TicketAction,
	ticketActionsAllowed,
} from "./actions.ts";
import { ticketAtCounter, withNote, withTicket } from "./queue.ts";
import { type Copies, followCopies, ticketToReprint } from "./ticket-paper.ts";

/** What the desk knows, and the one reducer that changes it. Times named `at` and `since` are this machine's clock. */

export interface Session {
	token: string;
	staff: string;
	role: StaffRole;
	counter: string;
	/** The station's clock. */
	expiresAt: number;
}

/** Why the station did not do it: a code of protocol/api/refusals.ts, or one that this version does not know. */
export interface Refusal {
	code: string;
	message: string;
	data: Readonly<Record<string, unknown>>;
}

/** One plain line for staff about the last act. It stays until the next act or until it is put away. */
export type Notice =
	| { kind: "nobody-waits" }
	| { kind: "moved"; counter: string }
	/** What to tell the visitor who goes to another site, by the name it has on the screen. */
	| { kind: "sent-on"; site: string; otherSite: DeliveryStatus }
	| { kind: "refused"; action: DeskAction; refusal: Refusal }
	/** The station went away while the act was under way: nobody here knows whether it was done. */
	| { kind: "outcome-unknown"; action: DeskAction };

/** What was last done, for those who listen instead of looking. */
export interface Done {
	action: DeskAction;
	/** Of the ticket; null where the act was about none. */
	number: string | null;
	/** Rises with every act, so that the same words are read out again. */
	count: number;
}

export type Entry =
	| { kind: "open" }
	| { kind: "asking" }
	| { kind: "refused"; refusal: Refusal }
	| { kind: "unreachable" }
	/** The session was over: signing in again is all there is to do. */
	| { kind: "ended" };

export type Auth =
	| { kind: "signed-out"; entry: Entry }
	| {
			kind: "signed-in";
			session: Session;
			queue: Queue | null;
			copies: Copies;
			/** The act under way. While there is one, nothing else is sent. */
			busy: DeskAction | null;
			last: ActionMoment | null;
			notice: Notice | null;
			done: Done | null;
			/** The ticket that this desk acted on last, as the answer gave it: the one that an undo is about. */
			acted: Ticket | null;
			/** Answers to acts so far: a queue asked for before the last one is out of date. */
			answers: number;
	  };

export type Link = { kind: "up" } | { kind: "lost"; since: number };

export interface DeskState {
	auth: Auth;
	topics: Topics | null;
	/** What the station told last of its printer; its condition now stands in the queue. */
	printer: Health["printer"] | null;
	link: Link;
	/** Station's clock minus this machine's. */
	clockOffset: number;
}

export type DeskEvent =
	| { type: "topics"; topics: Topics }
	| { type: "link-lost"; at: number }
	| { type: "sign-in-asked" }
	| { type: "sign-in-refused"; refusal: Refusal }
	| { type: "sign-in-unreachable" }
	| { type: "signed-in"; session: Session }
	| { type: "signed-out" }
	| { type: "session-ended" }
	/** `answers` as it was when the queue was asked for. */
	| { type: "queue"; queue: Queue; answers: number; at: number }
	| { type: "printer"; printer: Health["printer"] }
	| { type: "act-asked"; action: DeskAction; at: number }
	| {
			type: "act-done";
			action: Exclude<DeskAction, "new-roll" | "help" | "break" | "resume" | "refer">;
			ticket: Ticket;
	  }
	| { type: "sent-on"; ticket: Ticket; site: string; otherSite: DeliveryStatus }
	/** Null: the break is over. By the station's clock. */
	| { type: "break-noted"; pausedAt: number | null }
	| { type: "note-kept"; ticket: Ticket; note: string | null }
	| { type: "act-nobody" }
	| { type: "help-answered" }
	| { type: "roll-noted" }
	| { type: "act-refused"; action: DeskAction; refusal: Refusal }
	| { type: "act-unknown"; action: DeskAction }
	| { type: "notice-put-away" };

export function firstState(session: Session | null): DeskState {
	return {
		auth: session === null ? { kind: "signed-out", entry: { kind: "open" } } : signedIn(session),
		topics: null,
		printer: null,
		link: { kind: "up" },
		clockOffset: 0,
	};
}

function signedIn(session: Session): Auth {
	return {
		kind: "signed-in",
		session,
		queue: null,
		copies: {},
		busy: null,
		last: null,
		notice: null,
		done: null,
		acted: null,
		answers: 0,
	};
}

const leave = (entry: Entry): Auth => ({ kind: "signed-out", entry });

export function reduceDesk(state: DeskState, event: DeskEvent): DeskState {
	switch (event.type) {
		case "topics":
			return { ...state, topics: event.topics, link: { kind: "up" } };
		case "printer":
			return { ...state, printer: event.printer };
		case "link-lost":
			return state.link.kind === "lost" ? state : { ...state, link: { kind: "lost", since: event.at } };
		case "sign-in-asked":
			return { ...state, auth: leave({ kind: "asking" }) };
		case "sign-in-refused":
			return { ...state, link: { kind: "up" }, auth: leave({ kind: "refused", refusal: event.refusal }) };
		case "sign-in-unreachable":
			return { ...state, auth: leave({ kind: "unreachable" }) };
		case "signed-in":
			return { ...state, link: { kind: "up" }, auth: signedIn(event.session) };
		case "signed-out":
			return { ...state, auth: leave({ kind: "open" }) };
		case "session-ended":
			return { ...state, auth: leave({ kind: "ended" }) };
		default:
			return state.auth.kind === "signed-in" ? reduceAtCounter(state, state.auth, event) : state;
	}
}

type SignedIn = Extract<Auth, { kind: "signed-in" }>;
type CounterEvent = Extract<
	DeskEvent,
	{
		type:
			| "queue"
			| "act-asked"
			| "act-done"
			| "sent-on"
			| "act-nobody"
			| "help-answered"
			| "break-noted"
			| "note-kept"
			| "roll-noted"
			| "act-refused"
			| "act-unknown"
			| "notice-put-away";
	}
>;

function reduceAtCounter(state: DeskState, auth: SignedIn, event: CounterEvent): DeskState {
	const atCounter = (change: Partial<SignedIn>): DeskState => ({ ...state, auth: { ...auth, ...change } });
	switch (event.type) {
		case "queue": {
			const heard: DeskState = { ...state, link: { kind: "up" }, clockOffset: event.queue.at - event.at };
			const outOfDate = event.answers !== auth.answers || auth.busy !== null;
			if (outOfDate && auth.queue !== null) return heard;
			const copies = followCopies(auth.copies, auth.queue, event.queue, event.queue.at);
			const { counter } = event.queue;
			if (counter === auth.session.counter) return { ...heard, auth: { ...auth, queue: event.queue, copies } };
			const session = { ...auth.session, counter };
			return { ...heard, auth: { ...auth, session, queue: event.queue, copies, notice: { kind: "moved", counter } } };
		}
		case "act-asked":
			return atCounter({ busy: event.action, last: { action: event.action, at: event.at }, notice: null });
		case "act-done": {
			const { action, ticket } = event;
			const queue = auth.queue && withTicket(auth.queue, ticket);
			const askedAt = (auth.last?.at ?? 0) + state.clockOffset;
			return atCounter({
				busy: null,
				answers: auth.answers + 1,
				queue,
				copies: queue === null ? auth.copies : followCopies(auth.copies, auth.queue, queue, askedAt),
				acted: action === "reprint" || action === "issue" ? auth.acted : ticket,
				done: { action, number: ticket.number, count: (auth.done?.count ?? 0) + 1 },
			});
		}
		case "sent-on": {
			const { ticket, site, otherSite } = event;
			return atCounter({
				busy: null,
				answers: auth.answers + 1,
				queue: auth.queue && withTicket(auth.queue, ticket),
				acted: ticket,
				notice: { kind: "sent-on", site, otherSite },
				done: { action: "refer", number: ticket.number, count: (auth.done?.count ?? 0) + 1 },
			});
		}
		case "act-nobody":
			return atCounter({ busy: null, answers: auth.answers + 1, notice: { kind: "nobody-waits" } });
		case "help-answered":
			return atCounter({
				busy: null,
				answers: auth.answers + 1,
				queue: auth.queue && { ...auth.queue, help: null },
				done: { action: "help", number: null, count: (auth.done?.count ?? 0) + 1 },
			});
		case "break-noted":
			return atCounter({
				busy: null,
				answers: auth.answers + 1,
				queue: auth.queue && { ...auth.queue, pausedAt: event.pausedAt },
				done: {
					action: event.pausedAt === null ? "resume" : "break",
					number: null,
					count: (auth.done?.count ?? 0) + 1,
				},
			});
		case "note-kept": {
			const { ticket, note } = event;
			const queue = auth.queue && withNote(withTicket(auth.queue, ticket), ticket.id, note);
			const done: Done = { action: "note", number: ticket.number, count: (auth.done?.count ?? 0) + 1 };
			return atCounter({ busy: null, answers: auth.answers + 1, queue, acted: ticket, done });
		}
		case "roll-noted":
			return atCounter({
				busy: null,
				answers: auth.answers + 1,
				done: { action: "new-roll", number: null, count: (auth.done?.count ?? 0) + 1 },
			});
		case "act-refused":
			return atCounter({
				busy: null,
				answers: auth.answers + 1,
				notice: { kind: "refused", action: event.action, refusal: event.refusal },
			});
		case "act-unknown":
			return atCounter({
				busy: null,
				answers: auth.answers + 1,
				notice: { kind: "outcome-unknown", action: event.action },
			});
		case "notice-put-away":
			return atCounter({ notice: null });
	}
}

/** What this counter may act on: null unless the station is there, its queue is known, and nothing is under way. */
function atHand({ auth, link }: DeskState): { queue: Queue; counter: string } | null {
	if (auth.kind !== "signed-in" || auth.queue === null || auth.busy !== null || link.kind === "lost") return null;
	return { queue: auth.queue, counter: auth.session.counter };
}

/** The acts that the screen offers now: what the ticket at the counter allows. */
export function actionsOffered(state: DeskState): readonly Action[] {
	const hand = atHand(state);
	if (hand === null) return [];
	const allowed = actionsAllowed(ticketAtCounter(hand.queue, hand.counter));
	return hand.queue.pausedAt === null ? allowed : allowed.filter((action) => action !== "next");
}

/** The ticket that may be printed again now, or null. */
export function reprintOffered(state: DeskState): QueueEntry | null {
	const hand = atHand(state);
	return hand && ticketToReprint(hand.queue, hand.counter);
}

/** Whether a new roll may be noted now. */
export function newRollOffered(state: DeskState): boolean {
	return atHand(state) !== null;
}

/** What else is offered for the ticket at the counter. */
export function ticketActionsOffered(state: DeskState): readonly TicketAction[] {
	const hand = atHand(state);
	if (hand === null) return [];
	const allowed = ticketActionsAllowed(ticketAtCounter(hand.queue, hand.counter));
	return undoOffered(state) === null ? allowed : [...allowed, "undo"];
}

/** The ticket whose last act, done at this desk, can be taken back; null once anything else has happened to it. */
export function undoOffered(state: DeskState): Ticket | null {
	const hand = atHand(state);
	const acted = state.auth.kind === "signed-in" ? state.auth.acted : null;
	if (hand === null || !acted?.undoable) return null;
	const now = hand.queue.tickets.find(({ id }) => id === acted.id);
	return now === undefined || now.version === acted.version ? acted : null;
}

/** Whether a certain ticket may be called now: the counter is free. */
export function callOffered(state: DeskState): boolean {
	const hand = atHand(state);
	return hand !== null && hand.queue.pausedAt === null && ticketAtCounter(hand.queue, hand.counter) === null;
}

/** What the break's key does now; null where nothing can be sent. */
export function breakOffered(state: DeskState): "break" | "resume" | null {
	const hand = atHand(state);
	return hand && (hand.queue.pausedAt === null ? "break" : "resume");
}

/** The sheets that may be opened now: a ticket for somebody new, and what is for the visitor at the counter. */
export function sheetsOffered(state: DeskState): readonly Sheet[] {
	const hand = atHand(state);
	if (hand === null) return [];
	return ticketAtCounter(hand.queue, hand.counter) === null ? ["issue"] : ["note", "phrases", "issue"];
}

/** The visitor's call for help that this desk may answer now. */
export function helpOffered(state: DeskState): HelpCall | null {
	return atHand(state)?.queue.help ?? null;
}

/** Whether a press at this moment counts. */
export function mayAction(state: DeskState, action: DeskAction, now: number): boolean {
	if (state.auth.kind !== "signed-in" || isHasty(state.auth.last, action, now)) return false;
	switch (action) {
		case "reprint":
			return reprintOffered(state) !== null;
		case "new-roll":
			return newRollOffered(state);
		case "help":
			return helpOffered(state) !== null;
		case "call":
			return callOffered(state);
		case "break":
		case "resume":
			return breakOffered(state) === action;
		case "note":
		case "issue":
			return sheetsOffered(state).includes(action);
		case "refer":
			return ticketActionsOffered(state).includes("transfer");
		case "park":
		case "return":
		case "transfer":
		case "cancel":
		case "undo":
			return ticketActionsOffered(state).includes(action);
		default:
			return actionsOffered(state).includes(action);
	}
}
