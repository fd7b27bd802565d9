import type { QueueEntry } from "../../../protocol/api/board.ts";
import type { TicketState } from "../../../protocol/model/ticket.ts";

/** What a member of staff can do at the counter, in the order of the buttons. Names are those of the API's paths. */
export const ACTIONS = ["next", "recall", "start", "finish", "no-show"] as const;
export type Action = (typeof ACTIONS)[number];

/** What staff do for paper. It moves no ticket through its life, so it is open at a free counter, too. */
export type PaperAction = "reprint" | "new-roll";
/** Somebody goes to the visitor who asks for help at the kiosk. */
export type HelpAction = "help";

/** What else can become of the ticket at the counter, and taking the last act back. Names are those of the API's paths. */
export const TICKET_ACTIONS = ["park", "return", "transfer", "cancel", "undo"] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];
/** Acts that need to know more than the key says. */
export type AskingAction = "transfer" | "cancel" | "note";
/** What a key can ask before anything is done; "outcome" ends in a finish with the outcome chosen. */
export type Question = Exclude<AskingAction, "note"> | "outcome";
/** What a key opens for the visitor at the counter, or for one who has no ticket yet. */
export type Sheet = "note" | "phrases" | "issue";
/** The member of staff's own time, and a ticket for somebody who comes to the desk. */
export type AuthAction = "break" | "resume" | "issue";

/** Another site goes on with the visit: a choice of the transfer's question, with no key of its own. */
export type SendOn = "refer";

export type DeskAction = Action | PaperAction | HelpAction | TicketAction | AuthAction | SendOn | "call" | "note";

/**
 * What has a key. A new roll has none: it happens once in hundreds of tickets, and a wrong press would
 * spoil the count. Calling a certain ticket is a button in its row.
 */
export type KeyedAction = Exclude<DeskAction, "new-roll" | "call" | "resume" | SendOn> | "outcome" | "phrases";

/** One key for each act; Space and Enter call the next as well. */
export const ACTION_KEYS: Readonly<Record<KeyedAction, string>> = {
	next: "N",
	recall: "R",
	start: "S",
	finish: "F",
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
	/** Ends the break as well. */
	break: "Z",
};
const KEYED_ACTIONS = Object.keys(ACTION_KEYS) as KeyedAction[];

const NOTHING: readonly Action[] = [];
const ALLOWED: Partial<Readonly<Record<TicketState, readonly Action[]>>> = {
	called: ["recall", "start", "no-show"],
	serving: ["finish"],
};

/** What the ticket at the counter allows; with none there, the next may be called. */
export function actionsAllowed(current: Pick<QueueEntry, "state"> | null): readonly Action[] {
	if (current === null) return ["next"];
	return ALLOWED[current.state] ?? NOTHING;
}

/** What else can be done with the ticket at the counter. */
export function ticketActionsAllowed(
	current: Pick<QueueEntry, "state"> | null,
): readonly Exclude<TicketAction, "undo">[] {
	return current === null ? [] : ["park", "return", "transfer", "cancel"];
}

/** A key held or pressed twice in haste is one press: the same act is not taken again within this time. */
export const SAME_ACTION_AFTER = 800;

export interface ActionMoment {
	action: DeskAction;
	/** This machine's clock, milliseconds. */
	at: number;
}

/** True when the act is a hasty second press of the one before. */
export function isHasty(last: ActionMoment | null, action: DeskAction, now: number): boolean {
	return last !== null && last.action === action && Math.abs(now - last.at) < SAME_ACTION_AFTER;
}

/** The parts of a KeyboardEvent that matter, so that the rule needs no browser. */
export interface KeyPress {
	key: string;
	code: string;
	repeat: boolean;
	isComposing: boolean;
	ctrlKey: boolean;
	altKey: boolean;
	metaKey: boolean;
}

/** Where the focus is: text takes every key, a control takes Space and Enter for itself. */
export type FocusKind = "text" | "control" | "other-sites";

/** The act that a key stands for, whatever the keyboard's layout, or null. */
export function actForKey(press: KeyPress, focus: FocusKind): KeyedAction | null {
	if (press.repeat || press.isComposing || press.ctrlKey || press.altKey || press.metaKey) return null;
	if (focus === "text") return null;
	if (press.key === " " || press.key === "Enter") return focus === "control" ? null : "next";
	const letter = latinLetter(press);
	return KEYED_ACTIONS.find((action) => ACTION_KEYS[action] === letter) ?? null;
}

/** The letter printed on the key; on a layout without Latin letters, the one at that place on a QWERTY keyboard. */
function latinLetter(press: KeyPress): string | null {
	if (/^[a-z]$/i.test(press.key)) return press.key.toUpperCase();
	return /^Key([A-Z])$/.exec(press.code)?.[1] ?? null;
}
