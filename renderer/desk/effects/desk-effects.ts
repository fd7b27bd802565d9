import type { OtherSite } from "../../../protocol/api/board.ts";
import type { Counter, OwnFigures, PauseReason, SessionEnd, TicketAtHand } from "../../../protocol/model/staff.ts";
import type { EndedTicket } from "../../../protocol/model/ticket.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import { ticketAtCounter } from "../state/queue.ts";
import { type CheckIns, createCheckIns } from "./check-in.ts";
import { type DeskDeps, readSignedIn } from "./desk-deps.ts";
import { createPoller } from "./poll-station.ts";
import { createTicketActions, type TicketActions } from "./ticket-actions.ts";

/** What the screen can ask for. */
export interface Desk extends TicketActions, CheckIns {
	/** Starts to follow the station; returns the way to stop. */
	open(language: StaffLanguage): () => void;
	setLanguage(language: StaffLanguage): void;
	/**
	 * `takeOver` ends the session of the staff member who is at the counter: a handover. `ticket` is what becomes of the
	 * one at the counter where this person is signed in now.
	 */
	signIn(
		staff: string,
		pin: string,
		counter: string,
		takeOver: boolean,
		ticket?: TicketAtHand | undefined,
	): Promise<void>;
	/** Ends the session. With a ticket at the counter, says what becomes of it; the notice says why it was refused. */
	signOut(ticket?: TicketAtHand): Promise<void>;
	/** The names that can sign in here; none where the station does not answer. */
	names(): Promise<readonly string[]>;
	/** Who is at which counter; none where the station does not answer. */
	counters(): Promise<readonly Counter[]>;
	/** What the member of staff did today; null where the station does not answer. */
	figures(): Promise<OwnFigures | null>;
	/** Says why the break is. */
	explainBreak(reason: PauseReason): Promise<void>;
	/** Brings the topics up to date, with what is left of each. */
	readTopics(): Promise<void>;
	/** Today's tickets with a number that are over; none where the station does not answer. */
	endedTickets(number: string): Promise<readonly EndedTicket[]>;
	/** The other sites that offer a topic; none where the station does not answer. */
	otherSites(topic: string): Promise<readonly OtherSite[]>;
	/** An administrator says that the machine's clock is right. */
	confirmClock(): Promise<void>;
	dismissNotice(): void;
	/** The event stream reported a change: polls now. */
	hint(): void;
}

export function createDesk(deps: DeskDeps): Desk {
	const { store, station } = deps;

	function endSession(ended: SessionEnd | null): void {
		deps.saveSession(null);
		store.dispatch({ type: "session-ended", ended });
	}

	const poller = createPoller({ ...deps, endSession });
	const { poll } = poller;

	return {
		...createTicketActions({ ...deps, poll, endSession }),
		...createCheckIns({ ...deps, poll, endSession }),
		open(language) {
			poller.start(language);
			return poller.stop;
		},
		setLanguage: poller.setLanguage,
		async signIn(staff, pin, counter, takeOver, ticket) {
			const { auth } = store.read();
			if (auth.kind === "signed-in" || auth.signIn.kind === "pending") return;
			store.dispatch({ type: "sign-in-started" });
			const answer = await station.signIn(staff, pin, counter, takeOver, ticket);
			switch (answer.kind) {
				case "ok":
					deps.saveSession(answer.value);
					store.dispatch({ type: "signed-in", session: answer.value });
					return poll();
				case "refused":
					return store.dispatch({ type: "sign-in-refused", refusal: answer });
				case "unreachable":
					return store.dispatch({ type: "sign-in-unreachable" });
			}
		},
		async signOut(ticket) {
			const auth = readSignedIn(deps);
			if (auth === null) return;
			// With a ticket at the counter the station must hear what becomes of it.
			if (ticket !== undefined || (auth.queue && ticketAtCounter(auth.queue, auth.session.counter))) {
				const answer = await station.signOut(auth.session.token, ticket);
				if (answer.kind === "refused" && answer.code !== "SIGN_IN_REQUIRED")
					return store.dispatch({ type: "action-refused", action: "sign-out", refusal: answer });
				if (answer.kind === "unreachable") return store.dispatch({ type: "action-unanswered", action: "sign-out" });
				deps.saveSession(null);
				return store.dispatch({ type: "signed-out" });
			}
			deps.saveSession(null);
			store.dispatch({ type: "signed-out" });
			// If this request is lost, the session expires at the station by itself.
			await station.signOut(auth.session.token);
		},
		async names() {
			const answer = await station.names();
			return answer.kind === "ok" ? answer.value.names : [];
		},
		async counters() {
			const auth = readSignedIn(deps);
			const answer = auth && (await station.counters(auth.session.token));
			return answer?.kind === "ok" ? answer.value.counters : [];
		},
		async figures() {
			const auth = readSignedIn(deps);
			const answer = auth && (await station.figures(auth.session.token));
			return answer?.kind === "ok" ? answer.value : null;
		},
		async explainBreak(reason) {
			const auth = readSignedIn(deps);
			if (auth === null) return;
			await station.pause(auth.session.token, true, reason);
			return poll();
		},
		readTopics: poller.readTopics,
		async endedTickets(number) {
			const auth = readSignedIn(deps);
			const answer = auth && (await station.endedTickets(auth.session.token, number));
			return answer?.kind === "ok" ? answer.value.tickets : [];
		},
		async otherSites(topic) {
			const answer = await station.otherSites(topic, poller.language());
			return answer.kind === "ok" ? answer.value.sites : [];
		},
		async confirmClock() {
			const auth = readSignedIn(deps);
			const answer = auth && (await station.confirmClock(auth.session.token));
			if (answer?.kind === "ok") store.dispatch({ type: "clock", clock: answer.value });
		},
		dismissNotice: () => store.dispatch({ type: "notice-dismissed" }),
		hint: () => void poll(),
	};
}
