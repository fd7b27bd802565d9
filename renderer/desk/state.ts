import type { Queue, Topics } from "../../protocol/board.ts";
import type { Ticket } from "../../protocol/ticket.ts";
import { type Act, type ActMoment, actsAllowed, isHasty } from "./acts.ts";
import { ticketAtCounter, withTicket } from "./queue.ts";

/** What the desk knows, and the one reducer that changes it. Times named `at` and `since` are this machine's clock. */

export interface Session {
	token: string;
	staff: string;
	counter: string;
	/** The station's clock. */
	expiresAt: number;
}

/** Why the station did not do it: a code of protocol/errors.ts, or one that this version does not know. */
export interface Refusal {
	code: string;
	message: string;
	data: Readonly<Record<string, unknown>>;
}

/** One plain line for staff about the last act. It stays until the next act or until it is put away. */
export type Notice =
	| { kind: "nobody-waits" }
	| { kind: "refused"; act: Act; refusal: Refusal }
	/** The station went away while the act was under way: nobody here knows whether it was done. */
	| { kind: "outcome-unknown"; act: Act };

/** What was last done, for those who listen instead of looking. */
export interface Done {
	act: Act;
	number: string;
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

export type Seat =
	| { kind: "signed-out"; entry: Entry }
	| {
			kind: "signed-in";
			session: Session;
			queue: Queue | null;
			/** The act under way. While there is one, nothing else is sent. */
			busy: Act | null;
			last: ActMoment | null;
			notice: Notice | null;
			done: Done | null;
			/** Answers to acts so far: a queue asked for before the last one is out of date. */
			answers: number;
	  };

export type Link = { kind: "up" } | { kind: "lost"; since: number };

export interface DeskState {
	seat: Seat;
	topics: Topics | null;
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
	| { type: "act-asked"; act: Act; at: number }
	| { type: "act-done"; act: Act; ticket: Ticket }
	| { type: "act-nobody" }
	| { type: "act-refused"; act: Act; refusal: Refusal }
	| { type: "act-unknown"; act: Act }
	| { type: "notice-put-away" };

export function firstState(session: Session | null): DeskState {
	return {
		seat: session === null ? { kind: "signed-out", entry: { kind: "open" } } : seated(session),
		topics: null,
		link: { kind: "up" },
		clockOffset: 0,
	};
}

function seated(session: Session): Seat {
	return {
		kind: "signed-in",
		session,
		queue: null,
		busy: null,
		last: null,
		notice: null,
		done: null,
		answers: 0,
	};
}

const leave = (entry: Entry): Seat => ({ kind: "signed-out", entry });

export function reduceDesk(state: DeskState, event: DeskEvent): DeskState {
	switch (event.type) {
		case "topics":
			return { ...state, topics: event.topics, link: { kind: "up" } };
		case "link-lost":
			return state.link.kind === "lost" ? state : { ...state, link: { kind: "lost", since: event.at } };
		case "sign-in-asked":
			return { ...state, seat: leave({ kind: "asking" }) };
		case "sign-in-refused":
			return { ...state, link: { kind: "up" }, seat: leave({ kind: "refused", refusal: event.refusal }) };
		case "sign-in-unreachable":
			return { ...state, seat: leave({ kind: "unreachable" }) };
		case "signed-in":
			return { ...state, link: { kind: "up" }, seat: seated(event.session) };
		case "signed-out":
			return { ...state, seat: leave({ kind: "open" }) };
		case "session-ended":
			return { ...state, seat: leave({ kind: "ended" }) };
		default:
			return state.seat.kind === "signed-in" ? reduceAtCounter(state, state.seat, event) : state;
	}
}

type SignedIn = Extract<Seat, { kind: "signed-in" }>;
type CounterEvent = Extract<
	DeskEvent,
	{ type: "queue" | "act-asked" | "act-done" | "act-nobody" | "act-refused" | "act-unknown" | "notice-put-away" }
>;

function reduceAtCounter(state: DeskState, seat: SignedIn, event: CounterEvent): DeskState {
	const atCounter = (change: Partial<SignedIn>): DeskState => ({ ...state, seat: { ...seat, ...change } });
	switch (event.type) {
		case "queue": {
			const heard: DeskState = { ...state, link: { kind: "up" }, clockOffset: event.queue.at - event.at };
			const outOfDate = event.answers !== seat.answers || seat.busy !== null;
			return outOfDate && seat.queue !== null ? heard : { ...heard, seat: { ...seat, queue: event.queue } };
		}
		case "act-asked":
			return atCounter({ busy: event.act, last: { act: event.act, at: event.at }, notice: null });
		case "act-done":
			return atCounter({
				busy: null,
				answers: seat.answers + 1,
				queue: seat.queue && withTicket(seat.queue, event.ticket),
				done: { act: event.act, number: event.ticket.number, count: (seat.done?.count ?? 0) + 1 },
			});
		case "act-nobody":
			return atCounter({ busy: null, answers: seat.answers + 1, notice: { kind: "nobody-waits" } });
		case "act-refused":
			return atCounter({
				busy: null,
				answers: seat.answers + 1,
				notice: { kind: "refused", act: event.act, refusal: event.refusal },
			});
		case "act-unknown":
			return atCounter({ busy: null, answers: seat.answers + 1, notice: { kind: "outcome-unknown", act: event.act } });
		case "notice-put-away":
			return atCounter({ notice: null });
	}
}

/** The acts that the screen offers now: what the ticket allows, and only while the station is there and nothing is under way. */
export function actsOffered(state: DeskState): readonly Act[] {
	const { seat, link } = state;
	if (seat.kind !== "signed-in" || seat.queue === null || seat.busy !== null || link.kind === "lost") return [];
	return actsAllowed(ticketAtCounter(seat.queue, seat.session.counter));
}

/** Whether a press at this moment counts. */
export function mayAct(state: DeskState, act: Act, now: number): boolean {
	if (state.seat.kind !== "signed-in" || isHasty(state.seat.last, act, now)) return false;
	return actsOffered(state).includes(act);
}
