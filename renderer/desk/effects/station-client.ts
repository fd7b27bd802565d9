import type { OtherSite, Queue, QueueEntry, Topics } from "../../../protocol/api/board.ts";
import type { Health } from "../../../protocol/api/health.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type {
	CancelReason,
	DeliveryStatus,
	GivenClass,
	Ticket,
	TicketOutcome,
} from "../../../protocol/model/ticket.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import type { Action, TicketAction } from "../state/actions.ts";
import type { Refusal, Session } from "../state/state.ts";

/** The station as the desk speaks to it: the API's few calls, with every way they can go as a value. */

export type Answer<T> =
	| { kind: "ok"; value: T }
	| { kind: "refused"; refusal: Refusal }
	/** No answer, or none that this API gives: the station is gone, starting, or something stands between. */
	| { kind: "unreachable" };

export interface Station {
	topics(language: StaffLanguage): Promise<Answer<Topics>>;
	signIn(staff: string, pin: string, counter: string, takeOver: boolean): Promise<Answer<Session>>;
	signOut(token: string): Promise<Answer<null>>;
	queue(token: string): Promise<Answer<Queue>>;
	health(): Promise<Answer<Health>>;
	/**
	 * Null where "next" found nobody. Every act but "next" names the ticket and the version that staff saw.
	 * Only a finish has an outcome; without one the station takes the usual.
	 */
	act(
		session: Session,
		act: Action,
		seen: Pick<QueueEntry, "id" | "version"> | null,
		outcome?: TicketOutcome,
	): Promise<Answer<Ticket | null>>;
	/** An act on a certain ticket, as the staff member saw it. */
	actOn(
		token: string,
		act: TicketAction | "call" | "note",
		seen: Pick<QueueEntry, "id" | "version">,
		details: ActionDetails,
	): Promise<Answer<Ticket>>;
	/** The other sites that offer a topic, those that are open first. */
	otherSites(topic: string, language: StaffLanguage): Promise<Answer<{ sites: OtherSite[] }>>;
	/** Another site goes on with the visit. The answer says whether it learns of it. */
	sendOn(
		token: string,
		site: string,
		seen: Pick<QueueEntry, "id" | "version">,
	): Promise<Answer<Ticket & { otherSite: DeliveryStatus }>>;
	/** One more paper of a ticket. */
	reprint(token: string, id: string): Promise<Answer<Ticket>>;
	/** A ticket for somebody who comes to the desk. The same key gives the same ticket. */
	issue(token: string, request: WalkIn): Promise<Answer<Ticket>>;
	/** Begins or ends the break. */
	pause(token: string, paused: boolean): Promise<Answer<null>>;
	/** Somebody goes to the kiosk. */
	answerHelp(token: string): Promise<Answer<null>>;
	/** The printer has a new roll. */
	noteNewRoll(token: string): Promise<Answer<null>>;
}

/** What a transfer or a cancel needs to know; nothing for any other act. */
export type ActionDetails =
	| { topic: string | undefined; counter: string | null }
	| { reason: CancelReason }
	| { note: string | null }
	| Readonly<Record<string, never>>;

/** What staff ask of somebody who comes to the desk; `key` is made once for each form. */
export interface WalkIn {
	topic: string;
	language: Language;
	partySize: number;
	class: GivenClass;
	key: string;
}

const ANSWER_WITHIN = 8_000;

/** One call of the API; null is a call without a session. */
export type Ask = <T>(method: string, path: string, token: string | null, body?: object) => Promise<Answer<T>>;

export function makeAsk(fetch: typeof globalThis.fetch): Ask {
	return async function ask<T>(method: string, path: string, token: string | null, body?: object): Promise<Answer<T>> {
		const headers: Record<string, string> = {};
		if (token !== null) headers.authorization = `Bearer ${token}`;
		if (body !== undefined) headers["content-type"] = "application/json";
		try {
			const response = await fetch(`/api/${path}`, {
				method,
				headers,
				body: body === undefined ? null : JSON.stringify(body),
				cache: "no-store",
				signal: AbortSignal.timeout(ANSWER_WITHIN),
			});
			if (response.status === 204) return { kind: "ok", value: null as T };
			const answer: unknown = await response.json();
			if (response.ok) return { kind: "ok", value: answer as T };
			const refusal = toRefusal(answer);
			return refusal === null ? { kind: "unreachable" } : { kind: "refused", refusal };
		} catch {
			return { kind: "unreachable" };
		}
	};
}

export function openStation(ask: Ask): Station {
	return {
		topics: (language) => ask("GET", `topics?language=${language}`, null),
		signIn: (staff, pin, counter, takeOver) => ask("POST", "session", null, { staff, pin, counter, takeOver }),
		signOut: (token) => ask("DELETE", "session", token),
		queue: (token) => ask("GET", "queue", token),
		health: () => ask("GET", "health", null),
		act: ({ token, counter }, act, seen, outcome) =>
			ask(
				"POST",
				`counters/${encodeURIComponent(counter)}/${act}`,
				token,
				act === "next" || seen === null ? {} : { ticket: seen.id, version: seen.version, outcome },
			),
		actOn: (token, act, { id, version }, details) =>
			ask("POST", `tickets/${encodeURIComponent(id)}/${act}`, token, { version, ...details }),
		otherSites: (topic, language) =>
			ask("GET", `topics/${encodeURIComponent(topic)}/other-sites?language=${language}`, null),
		sendOn: (token, site, { id, version }) =>
			ask("POST", `tickets/${encodeURIComponent(id)}/refer`, token, { version, site }),
		reprint: (token, id) => ask("POST", `tickets/${encodeURIComponent(id)}/reprint`, token),
		issue: (token, request) => ask("POST", "tickets", token, request),
		pause: (token, paused) => ask("POST", paused ? "session/pause" : "session/resume", token),
		answerHelp: (token) => ask("POST", "help/answer", token),
		noteNewRoll: (token) => ask("POST", "printer/roll", token),
	};
}

function toRefusal(answer: unknown): Refusal | null {
	if (!isRecord(answer) || typeof answer.code !== "string") return null;
	return {
		code: answer.code,
		message: typeof answer.message === "string" ? answer.message : answer.code,
		data: isRecord(answer.data) ? answer.data : {},
	};
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
