import type { OtherSite } from "../../../protocol/api/board.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import { ticketAtCounter } from "../state/queue.ts";
import { type DeskDeps, readSignedIn } from "./desk-deps.ts";
import { createPoller } from "./poll-station.ts";
import { createTicketActions, type TicketActions } from "./ticket-actions.ts";

/** What the screen can ask for. */
export interface Desk extends TicketActions {
	/** Starts to follow the station; returns the way to stop. */
	open(language: StaffLanguage): () => void;
	setLanguage(language: StaffLanguage): void;
	/** `takeOver` ends the session of the staff member who is at the counter: a handover. */
	signIn(staff: string, pin: string, counter: string, takeOver: boolean): Promise<void>;
	signOut(): Promise<void>;
	/** The other sites that offer the topic of the ticket at the counter; none where the station does not answer. */
	otherSites(): Promise<readonly OtherSite[]>;
	/** An administrator says that the machine's clock is right. */
	confirmClock(): Promise<void>;
	dismissNotice(): void;
	/** The event stream reported a change: polls now. */
	hint(): void;
}

export function createDesk(deps: DeskDeps): Desk {
	const { store, station } = deps;

	function endSession(): void {
		deps.saveSession(null);
		store.dispatch({ type: "session-ended" });
	}

	const poller = createPoller({ ...deps, endSession });
	const { poll } = poller;

	return {
		...createTicketActions({ ...deps, poll, endSession }),
		open(language) {
			poller.start(language);
			return poller.stop;
		},
		setLanguage: poller.setLanguage,
		async signIn(staff, pin, counter, takeOver) {
			const { auth } = store.read();
			if (auth.kind === "signed-in" || auth.signIn.kind === "pending") return;
			store.dispatch({ type: "sign-in-started" });
			const answer = await station.signIn(staff, pin, counter, takeOver);
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
		async signOut() {
			const auth = readSignedIn(deps);
			if (auth === null) return;
			deps.saveSession(null);
			store.dispatch({ type: "signed-out" });
			// If this request is lost, the session expires at the station by itself.
			await station.signOut(auth.session.token);
		},
		async otherSites() {
			const auth = readSignedIn(deps);
			const ticket = auth?.queue ? ticketAtCounter(auth.queue, auth.session.counter) : null;
			const answer = ticket && (await station.otherSites(ticket.topic, poller.language()));
			return answer?.kind === "ok" ? answer.value.sites : [];
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
