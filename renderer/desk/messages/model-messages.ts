import type { PauseReason, SessionEndReason, TicketAtHand } from "../../../protocol/model/staff.ts";
import type { CancelReason, TicketOutcome, TicketState } from "../../../protocol/model/ticket.ts";
import type { DeskMessageKey, Messages } from "./messages.ts";

/** The messages for values of the protocol's model. A value that is newer than this screen is shown as it is. */

const STATE_MESSAGES = {
	waiting: "state_waiting",
	called: "state_called",
	serving: "state_serving",
	parked: "state_parked",
	missed: "state_missed",
	finished: "state_finished",
	cancelled: "state_cancelled",
} as const satisfies Record<TicketState, DeskMessageKey>;

/** A key that ends in `_other` would be a plural form. */
export const REASON_MESSAGES = {
	left: "reason_left",
	duplicate: "reason_duplicate",
	mistake: "reason_mistake",
	closed: "reason_closed",
	other: "reason_another",
} as const satisfies Record<CancelReason, DeskMessageKey>;

/** "answered" is the usual outcome; the dialog has it for staff who opened it by mistake. */
export const OUTCOME_MESSAGES = {
	answered: "outcome_answered",
	"papers-missing": "outcome_papers-missing",
	referred: "outcome_referred",
	unresolved: "outcome_unresolved",
} as const satisfies Record<TicketOutcome, DeskMessageKey>;

export const SESSION_END_MESSAGES = {
	"taken-over": "ended_taken-over",
	"signed-in-elsewhere": "ended_elsewhere",
	"ended-by-supervisor": "ended_by-supervisor",
	"pin-changed": "ended_pin-changed",
	"account-removed": "ended_account-removed",
	expired: "ended_expired",
} as const satisfies Record<SessionEndReason, DeskMessageKey>;

export const PAUSE_MESSAGES = {
	rest: "pause_rest",
	lunch: "pause_lunch",
	meeting: "pause_meeting",
	"back-office": "pause_back-office",
	away: "pause_away",
} as const satisfies Record<PauseReason, DeskMessageKey>;

export const AT_HAND_MESSAGES = {
	return: "atHand_return",
	finish: "atHand_finish",
	keep: "atHand_keep",
} as const satisfies Record<TicketAtHand, DeskMessageKey>;

export const ticketStateMessage = (state: string, messages: Messages) => messageOf(STATE_MESSAGES, state, messages);
export const cancelReasonMessage = (reason: string, messages: Messages) => messageOf(REASON_MESSAGES, reason, messages);
export const outcomeMessage = (outcome: string, messages: Messages) => messageOf(OUTCOME_MESSAGES, outcome, messages);

function messageOf(table: Readonly<Record<string, DeskMessageKey>>, value: string, { t }: Messages): string {
	const key = Object.hasOwn(table, value) ? table[value] : undefined;
	return key === undefined ? value : t(key);
}
