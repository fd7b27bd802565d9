import type { Answer } from "../../../api-client/answer.ts";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";
import type { Messages, PhoneMessageKey } from "../messages/messages.ts";

/** The state of the phone page. Times are in milliseconds of the phone's clock. */
export interface PhoneState {
	view:
		| { kind: "code-form"; error: PhoneMessageKey | null }
		| { kind: "loading"; code: string }
		/** `isForgotten`: the visit is over, and the station no longer knows the code. */
		| { kind: "ticket"; code: string; ticket: PhoneTicket; seenAt: number; isForgotten: boolean };
	link: "live" | "lost";
	/** The result of the last action, where the visitor should know it. */
	notice: PhoneMessageKey | null;
	isActing: boolean;
	/** The visitor is asked whether to leave the queue. */
	isConfirmingLeave: boolean;
	/** Selected by the visitor; null for the ticket's own. */
	selectedLanguage: Language | null;
	translation: { language: Language; messages: Messages } | null;
}

export type PhoneEvent =
	| { type: "code-entered"; code: string | null }
	/** `isAction`: the answer to an action, not to a poll. */
	| { type: "answered"; code: string; answer: Answer<PhoneTicket>; at: number; isAction: boolean }
	| { type: "action-started" }
	| { type: "leave-confirmation"; isOpen: boolean }
	| { type: "language-selected"; language: Language }
	| { type: "messages-loaded"; language: Language; messages: Messages };

export function initialState(code: string | null): PhoneState {
	return {
		view: code === null ? { kind: "code-form", error: null } : { kind: "loading", code },
		link: "live",
		notice: null,
		isActing: false,
		isConfirmingLeave: false,
		selectedLanguage: null,
		translation: null,
	};
}

export function reducePhone(state: PhoneState, event: PhoneEvent): PhoneState {
	switch (event.type) {
		case "code-entered":
			if (event.code === null) return { ...state, view: { kind: "code-form", error: "codeUnknown" } };
			return { ...state, view: { kind: "loading", code: event.code }, notice: null, isConfirmingLeave: false };
		case "answered":
			return afterAnswer(state, event);
		case "action-started":
			return { ...state, isActing: true, notice: null };
		case "leave-confirmation":
			return { ...state, isConfirmingLeave: event.isOpen };
		case "language-selected":
			return { ...state, selectedLanguage: event.language };
		case "messages-loaded":
			return { ...state, translation: { language: event.language, messages: event.messages } };
	}
}

/** A station contacts the server every half minute. */
const STALE_AFTER_MS = 120_000;

const REFUSAL_MESSAGES: Readonly<Record<string, PhoneMessageKey>> = {
	TICKET_CHANGED: "changed",
	TICKET_STATE: "changed",
	NO_TICKET_BEHIND: "nobodyBehind",
	ALREADY_DELAYED: "lateHint",
	ALREADY_RATED: "rated",
};

function afterAnswer(state: PhoneState, { code, answer, at, isAction }: PhoneEvent & { type: "answered" }): PhoneState {
	const { view } = state;
	// The answer to a code that the visitor has changed meanwhile.
	if (view.kind === "code-form" || view.code !== code) return state;
	const settled = isAction ? { ...state, isActing: false, isConfirmingLeave: false } : state;
	switch (answer.kind) {
		case "unreachable":
			return { ...settled, link: "lost", notice: isAction ? "failed" : state.notice };
		case "refused":
			// Somebody else behind the same address tried wrong codes: this page goes on and asks again.
			if (answer.code === "CODE_RATE_LIMITED" && view.kind === "ticket") return { ...settled, link: "lost" };
			// The day of a visit that is over has ended: its page stays, and asks no more.
			if (answer.code === "CODE_UNKNOWN" && view.kind === "ticket" && isOver(view.ticket.state))
				return { ...settled, link: "live", view: { ...view, isForgotten: true } };
			if (answer.code === "CODE_UNKNOWN" || answer.code === "CODE_RATE_LIMITED" || answer.code === "BAD_REQUEST") {
				const error = answer.code === "CODE_RATE_LIMITED" ? "tries" : "codeUnknown";
				return { ...settled, link: "live", view: { kind: "code-form", error } };
			}
			return { ...settled, link: "live", notice: REFUSAL_MESSAGES[answer.code] ?? "failed" };
		case "ok": {
			const ticket = answer.value;
			// A slow answer must not replace a newer one.
			if (view.kind === "ticket" && view.ticket.version > ticket.version) return { ...settled, link: "live" };
			const ageMs = (ticket.ageSeconds ?? 0) * 1_000;
			// From the server, the ticket is as old as the station's last contact.
			return {
				...settled,
				link: ageMs > STALE_AFTER_MS ? "lost" : "live",
				view: { kind: "ticket", code, ticket, seenAt: at - ageMs, isForgotten: false },
			};
		}
	}
}

/** The first of the phone's languages that the page has; English if none. */
export function phoneLanguage(preferred: readonly string[]): Language {
	for (const tag of preferred) {
		const found = LANGUAGES.find((language) => tag.toLowerCase().split("-")[0] === language.split("-")[0]);
		if (found !== undefined) return found;
	}
	return "en";
}

/** The page's language: selected, or the ticket's; before there is a ticket, the phone's. */
export function languageOf(state: PhoneState, phone: Language): Language {
	if (state.selectedLanguage !== null) return state.selectedLanguage;
	return state.view.kind === "ticket" ? state.view.ticket.language : phone;
}

/** The time to the next poll in milliseconds; null while there is no ticket to ask for. */
export function pollDelayMs({ view }: PhoneState): number | null {
	if (view.kind === "code-form") return null;
	if (view.kind === "loading") return 4_000;
	const { state, ahead } = view.ticket;
	// Staff can undo: a visitor whose ticket was cancelled by mistake waits again, and must not go home.
	if (isOver(state)) return view.isForgotten ? null : 15_000;
	return state === "waiting" && ahead > 2 ? 10_000 : 4_000;
}

/** Tells a call from the one before; null while nobody calls. A note that staff write is no new call. */
export function callKey({ state, counter, calls }: PhoneTicket): string | null {
	return state === "called" ? `${counter} ${calls}` : null;
}

/** The visit has ended, unless staff undo it. */
export function isOver(state: PhoneTicket["state"]): boolean {
	return state === "finished" || state === "cancelled";
}

/** By how many minutes the visitor may be late. */
export function delayChoices({ state, mayDelay }: PhoneTicket): number[] {
	return state === "waiting" && mayDelay ? [5, 10, 15] : [];
}

/** How many people the visitor can let go first: the choices that so many wait behind. */
export function giveWayChoices(ticket: PhoneTicket): number[] {
	return ticket.state === "waiting" ? [1, 3, 5].filter((people) => people <= ticket.behind) : [];
}
