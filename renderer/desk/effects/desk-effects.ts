import type { OtherSite, QueueEntry } from "../../../protocol/api/board.ts";
import type { Ticket, TicketOutcome } from "../../../protocol/model/ticket.ts";
import type { Store } from "../../ui/store.ts";
import type { StaffLanguage } from "../messages/messages.ts";
import type { Act, AskingAct, DeskAct, SendOn, TicketAct } from "../state/actions.ts";
import { ticketAtCounter } from "../state/queue.ts";
import {
	breakOffered,
	type DeskEvent,
	type DeskState,
	mayAct,
	reprintOffered,
	type Session,
	undoOffered,
} from "../state/state.ts";
import type { ActDetails, Answer, Station, WalkIn } from "./station-client.ts";

/** What the screen can ask for. */
export interface Desk {
	/** Begins to follow the station; gives back the way to stop. */
	open(language: StaffLanguage): () => void;
	setLanguage(language: StaffLanguage): void;
	/** `takeOver` ends the session of whoever is at the counter: a handover. */
	signIn(staff: string, pin: string, counter: string, takeOver: boolean): Promise<void>;
	signOut(): Promise<void>;
	/** Does nothing while an act is under way, when the ticket does not allow it, or on a hasty second press. */
	act(act: Exclude<DeskAct, AskingAct | SendOn | "call" | "issue" | "resume">): Promise<unknown>;
	/** Finishes with another outcome than the usual one. */
	finish(outcome: TicketOutcome): Promise<unknown>;
	/** Transfers or cancels the ticket at the counter. */
	actWith(act: Exclude<AskingAct, "note">, details: ActDetails): Promise<unknown>;
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

export interface DeskParts {
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
export const LOOK_EVERY = 10_000;
/** How often it is tried while the station is gone. */
export const RETRY_EVERY = 2_000;

export function createDesk(parts: DeskParts): Desk {
	const { store, station } = parts;
	let language: StaffLanguage = "zh-Hans";
	let timer: number | null = null;
	let looking = false;
	let lookAgain = false;
	let stopped = true;

	const signedIn = () => {
		const { seat } = store.read();
		return seat.kind === "signed-in" ? seat : null;
	};

	function endSession(): void {
		parts.keepSession(null);
		store.tell({ type: "session-ended" });
	}

	/** One look at a time; a hint that comes meanwhile asks for one more afterwards. */
	async function look(): Promise<void> {
		if (looking) {
			lookAgain = true;
			return;
		}
		looking = true;
		if (timer !== null) parts.forget(timer);
		do {
			lookAgain = false;
			// After a loss the station may have come back with another catalogue.
			const { topics, link } = store.read();
			if (topics?.language !== language || link.kind === "lost") await readTopics();
			await readQueue();
			await readPrinter();
		} while (lookAgain && !stopped);
		looking = false;
		const wait = store.read().link.kind === "lost" ? RETRY_EVERY : LOOK_EVERY;
		if (!stopped) timer = parts.later(() => void look(), wait);
	}

	async function readTopics(): Promise<void> {
		const asked = language;
		const answer = await station.topics(asked);
		if (asked !== language) lookAgain = true;
		else if (answer.kind === "ok") store.tell({ type: "topics", topics: answer.value });
		else if (answer.kind === "unreachable") store.tell({ type: "link-lost", at: parts.clock() });
	}

	async function readQueue(): Promise<void> {
		const seat = signedIn();
		if (seat === null) return;
		const { answers, session } = seat;
		const answer = await station.queue(session.token);
		// Signed out, or signed in anew, while the answer was on its way.
		if (signedIn()?.session !== session) return;
		const now = parts.clock();
		if (answer.kind === "unreachable") store.tell({ type: "link-lost", at: now });
		else if (answer.kind === "refused") {
			if (answer.refusal.code === "SIGN_IN_REQUIRED") endSession();
			else store.tell({ type: "link-lost", at: now });
		} else if (answer.value.at >= session.expiresAt) endSession();
		else {
			store.tell({ type: "queue", queue: answer.value, answers, at: now });
			const after = signedIn()?.session;
			if (after !== undefined && after !== session) parts.keepSession(after);
			if (signedIn()?.answers !== answers) lookAgain = true;
		}
	}

	/** What the queue does not tell of the printer. Nothing waits for it, so no answer is no news. */
	async function readPrinter(): Promise<void> {
		if (signedIn() === null || store.read().link.kind === "lost") return;
		const answer = await station.health();
		if (answer.kind === "ok") store.tell({ type: "printer", printer: answer.value.printer });
	}

	/** One act, if it is offered now: asked, answered, and then the screen looks again. Gives what the station answered. */
	async function carryOut<T>(
		act: DeskAct,
		ask: (session: Session) => Promise<Answer<T>>,
		outcome: (value: T) => DeskEvent,
	): Promise<T | undefined> {
		const now = parts.clock();
		const seat = signedIn();
		if (seat === null || !mayAct(store.read(), act, now)) return undefined;
		const { session } = seat;
		store.tell({ type: "act-asked", act, at: now });
		const answer = await ask(session);
		if (signedIn()?.session !== session) return undefined;
		if (answer.kind === "unreachable") {
			// Never sent again by itself: it may have been done. The next look tells.
			store.tell({ type: "act-unknown", act });
			store.tell({ type: "link-lost", at: parts.clock() });
		} else if (answer.kind === "refused") {
			if (answer.refusal.code === "SIGN_IN_REQUIRED") {
				endSession();
				return undefined;
			}
			store.tell({ type: "act-refused", act, refusal: answer.refusal });
		} else store.tell(outcome(answer.value));
		void look();
		return answer.kind === "ok" ? answer.value : undefined;
	}

	function actAtCounter(act: Act, outcome?: TicketOutcome): Promise<unknown> {
		const queue = signedIn()?.queue ?? null;
		return carryOut<Ticket | null>(
			act,
			(session) => station.act(session, act, queue && ticketAtCounter(queue, session.counter), outcome),
			(ticket) => (ticket === null ? { type: "act-nobody" } : { type: "act-done", act, ticket }),
		);
	}

	function reprint(): Promise<unknown> {
		const ticket = reprintOffered(store.read());
		if (ticket === null) return Promise.resolve();
		return carryOut(
			"reprint",
			({ token }) => station.reprint(token, ticket.id),
			(printed) => ({ type: "act-done", act: "reprint", ticket: printed }),
		);
	}

	function actOn(
		act: TicketAct | "call",
		ticket: Pick<QueueEntry, "id" | "version"> | null,
		details: ActDetails = {},
	): Promise<unknown> {
		if (ticket === null) return Promise.resolve();
		return carryOut(
			act,
			({ token }) => station.actOn(token, act, ticket, details),
			(changed) => ({ type: "act-done", act, ticket: changed }),
		);
	}

	function atOwnCounter(): QueueEntry | null {
		const seat = signedIn();
		return seat?.queue ? ticketAtCounter(seat.queue, seat.session.counter) : null;
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
		const begun = parts.clock() + store.read().clockOffset;
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
			void look();
			return () => {
				stopped = true;
				if (timer !== null) parts.forget(timer);
			};
		},
		setLanguage(chosen) {
			language = chosen;
			void look();
		},
		async signIn(staff, pin, counter, takeOver) {
			const { seat } = store.read();
			if (seat.kind === "signed-in" || seat.entry.kind === "asking") return;
			store.tell({ type: "sign-in-asked" });
			const answer = await station.signIn(staff, pin, counter, takeOver);
			switch (answer.kind) {
				case "ok":
					parts.keepSession(answer.value);
					store.tell({ type: "signed-in", session: answer.value });
					return look();
				case "refused":
					return store.tell({ type: "sign-in-refused", refusal: answer.refusal });
				case "unreachable":
					return store.tell({ type: "sign-in-unreachable" });
			}
		},
		async signOut() {
			const seat = signedIn();
			if (seat === null) return;
			parts.keepSession(null);
			store.tell({ type: "signed-out" });
			// Where the station does not hear of it, the session ends there by itself.
			await station.signOut(seat.session.token);
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
				"send-on",
				({ token }) => station.sendOn(token, id, ticket),
				({ otherSite, ...sent }) => ({ type: "sent-on", ticket: sent, site: name, otherSite }),
			);
		},
		issue: (request) =>
			carryOut(
				"issue",
				({ token }) => station.issue(token, request),
				(ticket) => ({ type: "act-done", act: "issue", ticket }),
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
		putNoticeAway: () => store.tell({ type: "notice-put-away" }),
		hint: () => void look(),
	};
}
