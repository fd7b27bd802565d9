import type { Answer } from "../../../api-client/answer.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";
import { LANGUAGES } from "../../i18n/languages.ts";
import type { Messages, PhoneMessageKey } from "../messages/messages.ts";

/** The phone page as one state, moved by pure rules. Instants are this phone's clock, milliseconds. */
export interface PhoneState {
	view:
		| { kind: "asking"; refusal: PhoneMessageKey | null }
		| { kind: "loading"; code: string }
		| { kind: "ticket"; code: string; ticket: PhoneTicket; seenAt: number };
	link: "live" | "lost";
	/** What the last act came to, where it needs saying. */
	notice: PhoneMessageKey | null;
	/** An act is on its way. */
	actor: boolean;
	/** The visitor is asked whether to leave. */
	leaving: boolean;
	/** Chosen by the visitor; null is the ticket's own. */
	chosen: Language | null;
	spoken: { language: Language; messages: Messages } | null;
}

export type PhoneEvent =
	| { type: "code"; code: string | null }
	| { type: "answered"; code: string; answer: Answer<PhoneTicket>; at: number; toAction: boolean }
	| { type: "acting" }
	| { type: "leave-asked"; asked: boolean }
	| { type: "language"; language: Language }
	| { type: "words"; language: Language; messages: Messages };

export function firstState(code: string | null): PhoneState {
	return {
		view: code === null ? { kind: "asking", refusal: null } : { kind: "loading", code },
		link: "live",
		notice: null,
		actor: false,
		leaving: false,
		chosen: null,
		spoken: null,
	};
}

export function reducePhone(state: PhoneState, event: PhoneEvent): PhoneState {
	switch (event.type) {
		case "code":
			if (event.code === null) return { ...state, view: { kind: "asking", refusal: "codeUnknown" } };
			return { ...state, view: { kind: "loading", code: event.code }, notice: null, leaving: false };
		case "answered":
			return afterAnswer(state, event);
		case "acting":
			return { ...state, actor: true, notice: null };
		case "leave-asked":
			return { ...state, leaving: event.asked };
		case "language":
			return { ...state, chosen: event.language };
		case "words":
			return { ...state, spoken: { language: event.language, messages: event.messages } };
	}
}

/** A station speaks to the server every half minute; in milliseconds. */
const OLD_AFTER = 120_000;

const SAID: Readonly<Record<string, PhoneMessageKey>> = {
	TICKET_CHANGED: "changed",
	TICKET_STATE: "changed",
	NO_TICKET_BEHIND: "nobodyBehind",
	ALREADY_RATED: "rated",
};

function afterAnswer(state: PhoneState, { code, answer, at, toAction }: PhoneEvent & { type: "answered" }): PhoneState {
	const { view } = state;
	// An answer to a code that has been left meanwhile.
	if (view.kind === "asking" || view.code !== code) return state;
	const settled = toAction ? { ...state, actor: false, leaving: false } : state;
	switch (answer.kind) {
		case "unreachable":
			return { ...settled, link: "lost", notice: toAction ? "failed" : state.notice };
		case "refused":
			if (answer.code === "CODE_UNKNOWN" || answer.code === "CODE_RATE_LIMITED" || answer.code === "BAD_REQUEST") {
				const refusal = answer.code === "CODE_RATE_LIMITED" ? "tries" : "codeUnknown";
				return { ...settled, link: "live", view: { kind: "asking", refusal } };
			}
			return { ...settled, link: "live", notice: SAID[answer.code] ?? "failed" };
		case "ok": {
			const ticket = answer.value;
			// A slow answer never undoes a newer one.
			if (view.kind === "ticket" && view.ticket.version > ticket.version) return { ...settled, link: "live" };
			const age = (ticket.ageSeconds ?? 0) * 1_000;
			// The server tells what it knew when it last heard of the station: old news is said to be old.
			return {
				...settled,
				link: age > OLD_AFTER ? "lost" : "live",
				view: { kind: "ticket", code, ticket, seenAt: at - age },
			};
		}
	}
}

/** The phone's own first language that we speak; English where it has none of ours. */
export function phoneLanguage(preferred: readonly string[]): Language {
	for (const tag of preferred) {
		const found = LANGUAGES.find((language) => tag.toLowerCase().split("-")[0] === language.split("-")[0]);
		if (found !== undefined) return found;
	}
	return "en";
}

/** The language that the page is in: chosen, or the ticket's own; before there is one, the phone's. */
export function languageOf(state: PhoneState, phone: Language): Language {
	if (state.chosen !== null) return state.chosen;
	return state.view.kind === "ticket" ? state.view.ticket.language : phone;
}

/** Pauses between two looks at the ticket, in milliseconds; null: nothing more will come of it. */
export function delayBeforePoll({ view }: PhoneState): number | null {
	if (view.kind === "asking") return null;
	if (view.kind === "loading") return 4_000;
	const { state, ahead } = view.ticket;
	if (state === "finished" || state === "cancelled") return null;
	return state === "waiting" && ahead > 2 ? 10_000 : 4_000;
}

/** How many people can be let go first, of the numbers that are offered. */
export function peopleToOffer(ticket: PhoneTicket): number[] {
	return ticket.state === "waiting" ? [1, 3, 5].filter((people) => people <= ticket.behind) : [];
}
