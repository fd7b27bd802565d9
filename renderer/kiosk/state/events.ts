import type { Topics } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { IssuedTicket, Ticket } from "../../../protocol/model/ticket.ts";
import type { Mode } from "./modes.ts";
import type { CheckInResult, Papers, StaffCall, UnavailableReason } from "./state.ts";

/** What the visitor tapped. Ignored until the screen has settled. */
export type Tap =
	| { type: "language-selected"; language: Language; key: string }
	| { type: "languages-requested" }
	| { type: "topic-selected"; topic: string }
	| { type: "page-turned"; page: number }
	| { type: "search-opened" }
	| { type: "search-typed"; typed: string }
	| { type: "plan-opened" }
	| { type: "people-set"; people: number }
	| { type: "other-sites-opened" }
	| { type: "check-in-opened" }
	| { type: "code-typed"; typed: string }
	| { type: "check-in-requested" }
	| { type: "documents-missing" }
	/** An answer, a skipped question, or a tick. */
	| { type: "papers-changed"; papers: Partial<Papers> }
	| { type: "checklist-opened" }
	| { type: "ticket-requested" }
	| { type: "went-back" }
	| { type: "left" }
	| { type: "stayed" }
	| { type: "mode-switched"; mode: Mode }
	| { type: "read-aloud-opened" }
	| { type: "staff-requested" }
	| { type: "overlay-closed" };

/** What the station answered, or did not. */
type StationEvent =
	| { type: "topics-received"; topics: Topics }
	| { type: "station-unreachable" }
	| { type: "language-ready"; language: Language }
	| { type: "speech-availability-known"; language: Language; available: boolean }
	| { type: "ticket-issued"; key: string; ticket: IssuedTicket }
	| {
			type: "ticket-refused";
			key: string;
			reason: "topic-gone" | UnavailableReason | "station-refused";
			/** The one topic of several that the refusal is about. */
			topic?: string | undefined;
	  }
	| {
			type: "check-in-refused";
			key: string;
			result: Exclude<CheckInResult, "none" | "pending">;
			serviceDay?: string | undefined;
			isPast?: boolean | undefined;
	  }
	| { type: "ticket-updated"; ticket: Ticket }
	| { type: "staff-call-changed"; requestedAt: number; call: StaffCall };

export type KioskEvent = { time: number } & (
	| Tap
	| StationEvent
	/** A finger or a key anywhere. */
	| { type: "touched" }
	| { type: "ticked" }
	| { type: "screen-failed" }
);

/** The event of a type, with its time. */
export type EventOf<Type extends KioskEvent["type"]> = Extract<KioskEvent, { type: Type }>;

const TAPS: Readonly<Record<Tap["type"], true>> = {
	"language-selected": true,
	"languages-requested": true,
	"topic-selected": true,
	"page-turned": true,
	"search-opened": true,
	"search-typed": true,
	"plan-opened": true,
	"people-set": true,
	"other-sites-opened": true,
	"check-in-opened": true,
	"code-typed": true,
	"check-in-requested": true,
	"documents-missing": true,
	"papers-changed": true,
	"checklist-opened": true,
	"ticket-requested": true,
	"went-back": true,
	left: true,
	stayed: true,
	"mode-switched": true,
	"read-aloud-opened": true,
	"staff-requested": true,
	"overlay-closed": true,
};

export function isTap(event: KioskEvent): boolean {
	return event.type in TAPS;
}
