import type { OtherSite, QueueEntry } from "../../../protocol/api/board.ts";
import type { Ticket, TicketOutcome } from "../../../protocol/model/ticket.ts";
import type { Store } from "../../ui/store.ts";
import type { StaffLanguage } from "../messages/messages.ts";
import type { Action, AskingAction, DeskAction, SendOn, TicketAction } from "../state/actions.ts";
import { ticketAtCounter } from "../state/queue.ts";
import {
	breakOffered,
	type DeskEvent,
	type DeskState,
	mayAction,
	reprintOffered,
	type Session,
	undoOffered,
} from "../state/state.ts";
import type { ActionDetails, Answer, Station, WalkIn } from "./station-client.ts";

/** What the screen can ask for. */
export interface Desk {
	/** Begins to follow the station; gives back the way to stop. */
	open(language: StaffLanguage): () => void;
	setLanguage(language: StaffLanguage): void;
	/** `takeOver` ends the session of whoever is at the counter: a handover. */
	signIn(staff: string, pin: string, counter: string, takeOver: boolean): Promise<void>;
	signOut(): Promise<void>;
	/** Does nothing while an act is under way, when the ticket does not allow it, or on a hasty second press. */
	act(act: Exclude<DeskAction, AskingAction | SendOn | "call" | "issue" | "resume">): Promise<unknown>;
	/** Finishes with another outcome than the usual one. */
	finish(outcome: TicketOutcome): Promise<unknown>;
	/** Transfers or cancels the ticket at the counter. */
	actWith(act: Exclude<AskingAction, "note">, details: ActionDetails): Promise<unknown>;
	/** The other sites that offer what the ticket at the counter is for; none where nobody answers. */
	otherSites(): Promise<readonly OtherSite[]>;
	/** Lets another site go on with the ticket at the counter. */
	sendOn(site: Pick<OtherSite, "id" | "name">): Promise<unknown>;
	/**
	 * A ticket for somebody at the desk. Undefined where it was refused or nobody knows: the notice says which. Asked
	 * again with the same key it is the same ticket.
	 */
	issue(request: WalkIn): Promise<Ticket | undefined>;
	/** Writes a note on the ticket at the counter; null takes it away. */
	note(note: string | null): Promise<void>;
	/** Calls this very ticket. */
	call(ticket: Pick<QueueEntry, "id" | "version">): Promise<unknown>;
	putNoticeAway(): void;
	/** The stream said that something changed: look now. */
	hint(): void;
}

export interface DeskDeps {
	store: Store<DeskState, DeskEvent>;
	station: Station;
	/** This machine's clock, milliseconds. */
	clock(): number;
	later(act: () => void, milliseconds: number): number;
	forget(timer: number): void;
	/** Keeps the session for this tab, or forgets it. */
	keepSession(session: Session | null): void;
}

/** The truth is asked for this often, whatever the stream says or does not say. */
export const POLL_INTERVAL_MS = 10_000;
/** How often it is tried while the station is gone. */
export const RETRY_EVERY = 2_000;

export function createDesk(deps: DeskDeps): Desk {
	const { store, station } = deps;
	let language: StaffLanguage = "zh-Hans";
	let timer: number | null = null;
	let polling = false;
	let pollAgain = false;
	let stopped = true;

	const requireSession = () => {
		const { auth } = store.read();
		return auth.kind === "signed-in" ? auth : null;
	};

	function endSession(): void {
		deps.keepSession(null);
		store.dispatch({ type: "session-ended" });
	}

	/** One look at a time; a hint that comes meanwhile asks for one more afterwards. */
	async function poll(): Promise<void> {
		if (polling) {
			pollAgain = true;
			return;
		}
		polling = true;
		if (timer !== null) deps.forget(timer);
		do {
			pollAgain = false;
			// After a loss the station may have come back with another catalogue.
			const { topics, link } = store.read();
			if (topics?.language !== language || link.kind === "lost") await readTopics();
			await readQueue();
			await readPrinter();
		} while (pollAgain && !stopped);
		polling = false;
		const wait = store.read().link.kind === "lost" ? RETRY_EVERY : POLL_INTERVAL_MS;
		if (!stopped) timer = deps.later(() => void poll(), wait);
	}

	async function readTopics(): Promise<void> {
		const asked = language;
		const answer = await station.topics(asked);
		if (asked !== language) pollAgain = true;
		else if (answer.kind === "ok") store.dispatch({ type: "topics", topics: answer.value });
		else if (answer.kind === "unreachable") store.dispatch({ type: "link-lost", at: deps.clock() });
	}

	async function readQueue(): Promise<void> {
		const auth = requireSession();
		if (auth === null) return;
		const { answers, session } = auth;
		const answer = await station.queue(session.token);
		// Signed out, or signed in anew, while the answer was on its way.
		if (requireSession()?.session !== session) return;
		const now = deps.clock();
		if (answer.kind === "unreachable") store.dispatch({ type: "link-lost", at: now });
		else if (answer.kind === "refused") {
			if (answer.refusal.code === "SIGN_IN_REQUIRED") endSession();
			else store.dispatch({ type: "link-lost", at: now });
		} else if (answer.value.at >= session.expiresAt) endSession();
		else {
			store.dispatch({ type: "queue", queue: answer.value, answers, at: now });
			const after = requireSession()?.session;
			if (after !== undefined && after !== session) deps.keepSession(after);
			if (requireSession()?.answers !== answers) pollAgain = true;
		}
	}

	/** What the queue does not tell of the printer. Nothing waits for it, so no answer is no news. */
	async function readPrinter(): Promise<void> {
		if (requireSession() === null || store.read().link.kind === "lost") return;
		const answer = await station.health();
		if (answer.kind === "ok") store.dispatch({ type: "printer", printer: answer.value.printer });
	}

	/** One act, if it is offered now: asked, answered, and then the screen looks again. Gives what the station answered. */
	async function carryOut<T>(
		act: DeskAction,
		ask: (session: Session) => Promise<Answer<T>>,
		outcome: (value: T) => DeskEvent,
	): Promise<T | undefined> {
		const now = deps.clock();
		const auth = requireSession();
		if (auth === null || !mayAction(store.read(), act, now)) return undefined;
		const { session } = auth;
		store.dispatch({ type: "act-asked", action: act, at: now });
		const answer = await ask(session);
		if (requireSession()?.session !== session) return undefined;
		if (answer.kind === "unreachable") {
			// Never sent again by itself: it may have been done. The next look tells.
			store.dispatch({ type: "act-unknown", action: act });
			store.dispatch({ type: "link-lost", at: deps.clock() });
		} else if (answer.kind === "refused") {
			if (answer.refusal.code === "SIGN_IN_REQUIRED") {
				endSession();
				return undefined;
			}
			store.dispatch({ type: "act-refused", action: act, refusal: answer.refusal });
		} else store.dispatch(outcome(answer.value));
		void poll();
		return answer.kind === "ok" ? answer.value : undefined;
	}

	function actAtCounter(act: Action, outcome?: TicketOutcome): Promise<unknown> {
		const queue = requireSession()?.queue ?? null;
		return carryOut<Ticket | null>(
			act,
			(session) => station.act(session, act, queue && ticketAtCounter(queue, session.counter), outcome),
			(ticket) => (ticket === null ? { type: "act-nobody" } : { type: "act-done", action: act, ticket }),
		);
	}

	function reprint(): Promise<unknown> {
		const ticket = reprintOffered(store.read());
		if (ticket === null) return Promise.resolve();
		return carryOut(
			"reprint",
			({ token }) => station.reprint(token, ticket.id),
			(printed) => ({ type: "act-done", action: "reprint", ticket: printed }),
		);
	}

	function actOn(
		act: TicketAction | "call",
		ticket: Pick<QueueEntry, "id" | "version"> | null,
		details: ActionDetails = {},
	): Promise<unknown> {
		if (ticket === null) return Promise.resolve();
		return carryOut(
			act,
			({ token }) => station.actOn(token, act, ticket, details),
			(changed) => ({ type: "act-done", action: act, ticket: changed }),
		);
	}

	function atOwnCounter(): QueueEntry | null {
		const auth = requireSession();
		return auth?.queue ? ticketAtCounter(auth.queue, auth.session.counter) : null;
	}

	function answerHelp(): Promise<unknown> {
		return carryOut(
			"help",
			({ token }) => station.answerHelp(token),
			() => ({ type: "help-answered" }),
		);
	}

	function toggleBreak(): Promise<unknown> {
		const act = breakOffered(store.read());
		if (act === null) return Promise.resolve();
		const begun = deps.clock() + store.read().clockOffset;
		return carryOut(
			act,
			({ token }) => station.pause(token, act === "break"),
			() => ({ type: "break-noted", pausedAt: act === "break" ? begun : null }),
		);
	}

	function noteNewRoll(): Promise<unknown> {
		return carryOut(
			"new-roll",
			({ token }) => station.noteNewRoll(token),
			() => ({ type: "roll-noted" }),
		);
	}

	return {
		open(first) {
			language = first;
			stopped = false;
			void poll();
			return () => {
				stopped = true;
				if (timer !== null) deps.forget(timer);
			};
		},
		setLanguage(chosen) {
			language = chosen;
			void poll();
		},
		async signIn(staff, pin, counter, takeOver) {
			const { auth } = store.read();
			if (auth.kind === "signed-in" || auth.entry.kind === "asking") return;
			store.dispatch({ type: "sign-in-asked" });
			const answer = await station.signIn(staff, pin, counter, takeOver);
			switch (answer.kind) {
				case "ok":
					deps.keepSession(answer.value);
					store.dispatch({ type: "signed-in", session: answer.value });
					return poll();
				case "refused":
					return store.dispatch({ type: "sign-in-refused", refusal: answer.refusal });
				case "unreachable":
					return store.dispatch({ type: "sign-in-unreachable" });
			}
		},
		async signOut() {
			const auth = requireSession();
			if (auth === null) return;
			deps.keepSession(null);
			store.dispatch({ type: "signed-out" });
			// Where the station does not hear of it, the session ends there by itself.
			await station.signOut(auth.session.token);
		},
		act(act) {
			switch (act) {
				case "reprint":
					return reprint();
				case "new-roll":
					return noteNewRoll();
				case "help":
					return answerHelp();
				case "break":
					return toggleBreak();
				case "undo":
					return actOn(act, undoOffered(store.read()));
				case "park":
				case "return":
					return actOn(act, atOwnCounter());
				default:
					return actAtCounter(act);
			}
		},
		finish: (outcome) => actAtCounter("finish", outcome),
		actWith: (act, details) => actOn(act, atOwnCounter(), details),
		async otherSites() {
			const ticket = atOwnCounter();
			const answer = ticket && (await station.otherSites(ticket.topic, language));
			return answer?.kind === "ok" ? answer.value.sites : [];
		},
		async sendOn({ id, name }) {
			const ticket = atOwnCounter();
			if (ticket === null) return;
			await carryOut(
				"refer",
				({ token }) => station.sendOn(token, id, ticket),
				({ otherSite, ...sent }) => ({ type: "sent-on", ticket: sent, site: name, otherSite }),
			);
		},
		issue: (request) =>
			carryOut(
				"issue",
				({ token }) => station.issue(token, request),
				(ticket) => ({ type: "act-done", action: "issue", ticket }),
			),
		async note(note) {
			const ticket = atOwnCounter();
			if (ticket === null) return;
			await carryOut(
				"note",
				({ token }) => station.actOn(token, "note", ticket, { note }),
				(changed) => ({ type: "note-kept", ticket: changed, note }),
			);
		},
		call: (ticket) => actOn("call", ticket),
		putNoticeAway: () => store.dispatch({ type: "notice-put-away" }),
		hint: () => void poll(),
	};
}
