import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { TicketState } from "../../../protocol/model/ticket.ts";

/** The main actions at the counter, in the order of the buttons. Names are those of the API's paths. */
export const ACTIONS = ["next", "recall", "start", "finish", "no-show"] as const;
export type Action = (typeof ACTIONS)[number];

/** What else staff can do with the ticket at the counter, and undo. Names are those of the API's paths. */
export const TICKET_ACTIONS = ["park", "return", "transfer", "cancel", "undo"] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];

/** Actions for paper. They do not change a ticket's state, so they are available at a free counter too. */
export type PaperAction = "reprint" | "new-roll";

/** Actions that open a dialog first. */
type DetailedAction = "transfer" | "cancel" | "note";

/** A dialog about the ticket at the counter; "outcome" ends in a finish with the chosen outcome. */
export type Question = Exclude<DetailedAction, "note"> | "outcome";
/** A dialog for the visitor at the counter, or for a visitor without a ticket. */
export type Sheet = "note" | "phrases" | "issue" | "check-in";

/** What staff can do with any ticket of the queue, at its row. */
export const ROW_ACTIONS = [
	"call",
	"return",
	"finish",
	"park",
	"priority",
	"note",
	"transfer",
	"reprint",
	"cancel",
] as const;
export type RowAction = (typeof ROW_ACTIONS)[number];

/**
 * Everything the desk can send. "help": this member of staff goes to the visitor at the kiosk. "call": calls a certain
 * ticket. "refer": another site goes on with the visit; it is a choice in the transfer dialog.
 */
export type DeskAction =
	| Action
	| TicketAction
	| PaperAction
	| "help"
	| "break"
	| "resume"
	| "issue"
	| "check-in"
	| "call"
	| "note"
	| "priority"
	| "refer";

/** Actions that need no details. "break" ends a break as well. */
export type SimpleAction = Exclude<
	DeskAction,
	DetailedAction | "refer" | "call" | "issue" | "check-in" | "resume" | "priority"
>;

/**
 * What has a key. A new roll has none: it happens once in hundreds of tickets, and a wrong key would spoil the count.
 * Calling a certain ticket is a button in its row.
 */
export type KeyedAction =
	| Exclude<DeskAction, "new-roll" | "call" | "resume" | "refer" | "priority">
	| "finish-next"
	| "outcome"
	| "phrases";

/** One key for each action; Space and Enter call the next visitor as well. */
export const ACTION_KEYS: Readonly<Record<KeyedAction, string>> = {
	next: "N",
	recall: "R",
	start: "S",
	finish: "F",
	/** Finishes and calls the next in one. */
	"finish-next": "D",
	outcome: "O",
	"no-show": "X",
	park: "K",
	return: "B",
	transfer: "T",
	cancel: "C",
	undo: "U",
	reprint: "P",
	help: "H",
	note: "M",
	phrases: "V",
	issue: "A",
	"check-in": "I",
	/** Ends the break as well. */
	break: "Z",
};
const KEYED_ACTIONS = Object.keys(ACTION_KEYS) as KeyedAction[];

const NOTHING: readonly Action[] = [];
const ALLOWED: Partial<Readonly<Record<TicketState, readonly Action[]>>> = {
	called: ["recall", "start", "no-show"],
	serving: ["finish"],
};

/** The main actions that the ticket at the counter allows; with none there, staff can call the next visitor. */
export function actionsAllowed(current: Pick<QueueEntry, "state"> | null): readonly Action[] {
	if (current === null) return ["next"];
	return ALLOWED[current.state] ?? NOTHING;
}

/** The other actions that the ticket at the counter allows. Undo depends on more than the ticket. */
export function ticketActionsAllowed(
	current: Pick<QueueEntry, "state"> | null,
): readonly Exclude<TicketAction, "undo">[] {
	return current === null ? [] : ["park", "return", "transfer", "cancel"];
}

/** Two presses of the same key within this time count as one. */
export const REPEAT_GUARD_MS = 800;

export interface TimedAction {
	action: DeskAction;
	/** This machine's clock, UTC milliseconds. */
	at: number;
}

/** True when the action is a hasty second press of the one before. */
export function isHastyRepeat(last: TimedAction | null, action: DeskAction, now: number): boolean {
	return last !== null && last.action === action && Math.abs(now - last.at) < REPEAT_GUARD_MS;
}

/** The members of a KeyboardEvent that matter here, so that the rule needs no browser. */
export interface KeyInput {
	key: string;
	code: string;
	repeat: boolean;
	isComposing: boolean;
	ctrlKey: boolean;
	altKey: boolean;
	metaKey: boolean;
}

/** Where the focus is. A text field takes every key, a control takes Space and Enter. */
export type FocusKind = "text" | "control" | "page";

/** The action of a key, whatever the keyboard's layout, or null. */
export function actionForKey(input: KeyInput, focus: FocusKind): KeyedAction | null {
	if (input.repeat || input.isComposing || input.ctrlKey || input.altKey || input.metaKey) return null;
	if (focus === "text") return null;
	if (input.key === " " || input.key === "Enter") return focus === "control" ? null : "next";
	const letter = latinLetter(input);
	return KEYED_ACTIONS.find((action) => ACTION_KEYS[action] === letter) ?? null;
}

/** The letter printed on the key; on a layout without Latin letters, the one in that position on a QWERTY keyboard. */
function latinLetter(input: KeyInput): string | null {
	if (/^[a-z]$/i.test(input.key)) return input.key.toUpperCase();
	return /^Key([A-Z])$/.exec(input.code)?.[1] ?? null;
}
