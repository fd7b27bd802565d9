import type { Answer } from "../../../api-client/answer.ts";
import { createStationClient, type StationClient } from "../../../api-client/station-client.ts";
import type { OtherSite, Queue, QueueEntry, Topics } from "../../../protocol/api/board.ts";
import type { Health } from "../../../protocol/api/health.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { Counter, OwnFigures, PauseReason, TicketAtHand } from "../../../protocol/model/staff.ts";
import type {
	CancelReason,
	DeliveryStatus,
	EndedTicket,
	GivenClass,
	Ticket,
	TicketOutcome,
} from "../../../protocol/model/ticket.ts";
import type { CheckedIn, ExpectedVisit } from "../../../protocol/model/visit.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import type { Action, TicketAction } from "../state/actions.ts";
import type { Session } from "../state/state.ts";

/** What the desk asks of the station, in the words of its buttons. */
export interface Station {
	topics(language: StaffLanguage): Promise<Answer<Topics>>;
	names(): Promise<Answer<{ names: string[] }>>;
	signIn(
		staff: string,
		pin: string,
		counter: string,
		takeOver: boolean,
		ticket: TicketAtHand | undefined,
	): Promise<Answer<Session>>;
	signOut(token: string, ticket?: TicketAtHand): Promise<Answer<null>>;
	counters(token: string): Promise<Answer<{ counters: Counter[] }>>;
	figures(token: string): Promise<Answer<OwnFigures>>;
	queue(token: string): Promise<Answer<Queue>>;
	health(): Promise<Answer<Health>>;
	confirmClock(token: string): Promise<Answer<Health["clock"]>>;
	/**
	 * Null where "next" found no one. Every action but "next" names the ticket and the version that staff saw.
	 * Only a finish has an outcome; without one the station assumes the usual one.
	 */
	act(
		session: Session,
		action: Action,
		seen: Pick<QueueEntry, "id" | "version"> | null,
		outcome?: TicketOutcome,
	): Promise<Answer<Ticket | null>>;
	/** An action on a certain ticket, as the member of staff saw it. */
	actOn(token: string, action: TicketActionCall, seen: Pick<QueueEntry, "id" | "version">): Promise<Answer<Ticket>>;
	/** The other sites that offer a topic, those that are open first. */
	otherSites(topic: string, language: StaffLanguage): Promise<Answer<{ sites: OtherSite[] }>>;
	/** Another site goes on with the visit. The answer says whether it learns of it. */
	refer(
		token: string,
		site: string,
		seen: Pick<QueueEntry, "id" | "version">,
	): Promise<Answer<Ticket & { otherSite: DeliveryStatus }>>;
	/** One more paper of a ticket. */
	reprint(token: string, id: string): Promise<Answer<Ticket>>;
	/** A ticket for somebody who comes to the desk. The same key gives the same ticket. */
	issue(token: string, request: WalkIn): Promise<Answer<Ticket>>;
	/** A visitor who is expected has come. The same visitor keeps the same ticket. */
	checkIn(token: string, arrival: Arrival): Promise<Answer<CheckedIn>>;
	/** Who is expected today, by time. */
	expectedVisits(token: string): Promise<Answer<{ visits: ExpectedVisit[] }>>;
	/** Today's tickets with a number that are over. */
	endedTickets(token: string, number: string): Promise<Answer<{ tickets: EndedTicket[] }>>;
	/** Begins or ends the break; a reason may also come later. */
	pause(token: string, paused: boolean, reason?: PauseReason): Promise<Answer<null>>;
	/** Somebody goes to the kiosk of a call, or without one to all. */
	answerHelp(token: string, call?: number): Promise<Answer<null>>;
	/** The printer has a new roll. */
	noteNewRoll(token: string): Promise<Answer<null>>;
}

/** An action on one ticket, with what it needs to know. */
export type TicketActionCall =
	| { kind: Exclude<TicketAction, "transfer" | "cancel"> | "call" }
	| { kind: "transfer"; topic: string | undefined; counter: string | null; anyway: boolean }
	| { kind: "priority"; class: GivenClass }
	| { kind: "finish" }
	| { kind: "cancel"; reason: CancelReason }
	| { kind: "note"; note: string | null };

/** The actions for which staff are asked for details first. */
export type DetailedCall = Extract<TicketActionCall, { kind: "transfer" | "cancel" }>;

/** What staff ask of somebody who comes to the desk; `key` is made once for each form. */
export interface WalkIn {
	topic: string;
	language: Language;
	partySize: number;
	class: GivenClass;
	key: string;
}

/** Who has come: by a code, or chosen from today's list. `language` is for a booking that does not say. */
export type Arrival = { code: string; language: Language } | { visit: ExpectedVisit["id"]; language: Language };

export function openStation(client: StationClient = createStationClient()): Station {
	const { session, counters, tickets } = client;
	return {
		topics: (language) => client.topics.list({ language }),
		names: () => session.names(),
		signIn: (staff, pin, counter, takeOver, ticket) => session.open({ staff, pin, counter, takeOver, ticket }),
		signOut: (token, ticket) => session.close({ ticket }, { token }),
		counters: (token) => client.supervision.counters(undefined, { token }),
		figures: (token) => session.figures(undefined, { token }),
		queue: (token) => client.queue.read(undefined, { token }),
		health: () => client.health.read(),
		confirmClock: (token) => client.clock.confirm(undefined, { token }),
		act({ token, counter }, action, seen, outcome) {
			const input = { counter, ...(seen && { ticket: seen.id, version: seen.version }) };
			switch (action) {
				case "next":
					return counters.next({ counter }, { token });
				case "recall":
					return counters.recall(input, { token });
				case "start":
					return counters.start(input, { token });
				case "finish":
					return counters.finish({ ...input, outcome }, { token });
				case "no-show":
					return counters.noShow(input, { token });
			}
		},
		actOn(token, action, { id, version }) {
			const input = { id, version };
			switch (action.kind) {
				case "call":
					return tickets.call(input, { token });
				case "park":
					return tickets.park(input, { token });
				case "return":
					return tickets.return(input, { token });
				case "undo":
					return tickets.undo(input, { token });
				case "transfer":
					return tickets.transfer(
						{ ...input, topic: action.topic, counter: action.counter, anyway: action.anyway },
						{ token },
					);
				case "priority":
					return tickets.setPriority({ ...input, class: action.class }, { token });
				case "finish":
					return tickets.finish(input, { token });
				case "cancel":
					return tickets.cancel({ ...input, reason: action.reason }, { token });
				case "note":
					return tickets.note({ ...input, note: action.note }, { token });
			}
		},
		otherSites: (topic, language) => client.otherSites.list({ topic, language }),
		refer: (token, site, { id, version }) => tickets.refer({ id, version, site }, { token }),
		reprint: (token, id) => tickets.reprint({ id }, { token }),
		issue: (token, request) => tickets.issue(request, { token }),
		checkIn: (token, arrival) =>
			"code" in arrival
				? client.visits.checkInByCode(arrival, { token })
				: client.visits.checkInExpected(arrival, { token }),
		expectedVisits: (token) => client.visits.list(undefined, { token }),
		endedTickets: (token, number) => client.endedTickets.find({ number }, { token }),
		pause: (token, paused, reason) =>
			paused ? session.pause({ reason }, { token }) : session.resume(undefined, { token }),
		answerHelp: (token, call) => client.help.answer({ call }, { token }),
		noteNewRoll: (token) => client.printer.rollChanged(undefined, { token }),
	};
}
