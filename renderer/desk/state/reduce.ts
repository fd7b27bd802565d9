import type { Ticket } from "../../../protocol/model/ticket.ts";
import type { DeskAction } from "./actions.ts";
import { withNote, withoutHelp, withTicket } from "./queue.ts";
import {
	type CounterEvent,
	type DeskEvent,
	type DeskState,
	type Done,
	type DoneTo,
	type Notice,
	type SignedIn,
	signedIn,
	signedOut,
} from "./state.ts";
import { followCopies } from "./ticket-paper.ts";

/** The desk's one reducer. */
export function reduceDesk(state: DeskState, event: DeskEvent): DeskState {
	switch (event.type) {
		case "topics":
			return { ...state, topics: event.topics, link: { kind: "up" } };
		case "health":
			return { ...state, printer: event.printer, clock: event.clock, disk: event.disk };
		case "clock":
			return { ...state, clock: event.clock };
		case "link-lost":
			return state.link.kind === "lost" ? state : { ...state, link: { kind: "lost", since: event.at } };
		case "sign-in-started":
			return { ...state, auth: signedOut({ kind: "pending" }) };
		case "sign-in-refused":
			return { ...state, link: { kind: "up" }, auth: signedOut({ kind: "refused", refusal: event.refusal }) };
		case "sign-in-unreachable":
			return { ...state, auth: signedOut({ kind: "unreachable" }) };
		case "signed-in":
			return { ...state, link: { kind: "up" }, auth: signedIn(event.session) };
		case "signed-out":
			return { ...state, auth: signedOut({ kind: "idle" }) };
		case "session-ended":
			return { ...state, auth: signedOut({ kind: "session-ended", ended: event.ended }) };
		default:
			return state.auth.kind === "signed-in" ? reduceCounter(state, state.auth, event) : state;
	}
}

function reduceCounter(state: DeskState, auth: SignedIn, event: CounterEvent): DeskState {
	const withAuth = (change: Partial<SignedIn>): DeskState => ({ ...state, auth: { ...auth, ...change } });
	/** After an answer to an action, whatever it said. */
	const answered = (change: Partial<SignedIn>) => withAuth({ busy: null, answers: auth.answers + 1, ...change });
	const failed = (notice: Notice) => answered({ notice });
	const done = (action: DeskAction, number: string | null): Done => ({
		action,
		number,
		at: auth.lastAction?.at ?? 0,
		count: (auth.done?.count ?? 0) + 1,
	});
	switch (event.type) {
		case "queue":
			return withQueue(state, auth, event);
		case "action-started":
			return withAuth({ busy: event.action, lastAction: { action: event.action, at: event.at }, notice: null });
		case "action-done": {
			const { action, ticket } = event;
			const queue = auth.queue && withTicket(auth.queue, ticket);
			const startedAt = (auth.lastAction?.at ?? 0) + state.clockOffset;
			return answered({
				queue,
				copies: queue === null ? auth.copies : followCopies(auth.copies, auth.queue, queue, startedAt),
				history: isNew(action) || action === "reprint" ? auth.history : withDone(auth.history, action, ticket),
				done: done(action, ticket.number),
			});
		}
		case "nobody-to-call":
			return failed({ kind: "nobody-to-call" });
		case "referred": {
			const { ticket, site, otherSite } = event;
			return answered({
				queue: auth.queue && withTicket(auth.queue, ticket),
				history: withDone(auth.history, "refer", ticket),
				notice: { kind: "referred", site, otherSite },
				done: done("refer", ticket.number),
			});
		}
		case "note-saved": {
			const { ticket, note } = event;
			const queue = auth.queue && withNote(withTicket(auth.queue, ticket), ticket.id, note);
			const history = withDone(auth.history, "note", ticket);
			return answered({ queue, history, done: done("note", ticket.number) });
		}
		case "help-answered":
			return answered({ queue: auth.queue && withoutHelp(auth.queue, event.call), done: done("help", null) });
		case "break-changed":
			return answered({
				queue: auth.queue && { ...auth.queue, pausedAt: event.pausedAt, pauseReason: null },
				done: done(event.pausedAt === null ? "resume" : "break", null),
			});
		case "new-roll-reported":
			return answered({ done: done("new-roll", null) });
		case "action-settled":
			return answered({});
		case "action-refused":
			return failed({ kind: "refused", action: event.action, refusal: event.refusal });
		case "action-unanswered":
			return failed({ kind: "outcome-unknown", action: event.action });
		case "notice-dismissed":
			return withAuth({ notice: null });
	}
}

/** The ticket is a new one, or as good as one: there is nothing to take back. */
const isNew = (action: DeskAction) => action === "issue" || action === "check-in";

const MAX_HISTORY = 5;

/** What is undone is no more; of a ticket only the last action can be undone. */
function withDone(history: readonly DoneTo[], action: DeskAction, ticket: Ticket): readonly DoneTo[] {
	const others = history.filter((one) => one.ticket.id !== ticket.id);
	return action === "undo" ? others : [...others, { action, ticket }].slice(-MAX_HISTORY);
}

/** A fresh queue. One that was requested before the last answer only says that the station is there. */
function withQueue(state: DeskState, auth: SignedIn, event: Extract<CounterEvent, { type: "queue" }>): DeskState {
	const { queue } = event;
	const linked: DeskState = { ...state, link: { kind: "up" }, clockOffset: queue.at - event.at };
	const isOutOfDate = event.answers !== auth.answers || auth.busy !== null;
	if (isOutOfDate && auth.queue !== null) return linked;
	const current: SignedIn = { ...auth, queue, copies: followCopies(auth.copies, auth.queue, queue, queue.at) };
	const { counter } = queue;
	if (counter === auth.session.counter) return { ...linked, auth: current };
	// A supervisor moved this session to another counter.
	const session = { ...auth.session, counter };
	return { ...linked, auth: { ...current, session, notice: { kind: "moved", counter } } };
}
