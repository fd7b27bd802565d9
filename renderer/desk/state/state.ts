import type { Queue, Topics } from "../../../protocol/api/board.ts";
import type { Health } from "../../../protocol/api/health.ts";
import type { SessionEnd, StaffRole } from "../../../protocol/model/staff.ts";
import type { DeliveryStatus, Ticket } from "../../../protocol/model/ticket.ts";
import type { DeskAction, TimedAction } from "./actions.ts";
import type { Copies } from "./ticket-paper.ts";

/** What the desk knows, and the events that change it. Times named `at` and `since` are this machine's clock. */

export interface Session {
	token: string;
	staff: string;
	role: StaffRole;
	counter: string;
	/** The station's clock. */
	expiresAt: number;
}

/** Why the station refused: a code of protocol/api/station-refusals.ts, or one that this version does not know. */
export interface Refusal {
	code: string;
	message: string;
	data: Readonly<Record<string, unknown>>;
}

/** One plain line for staff about the last action. It stays until the next action or until staff close it. */
export type Notice =
	| { kind: "nobody-to-call" }
	| { kind: "moved"; counter: string }
	/** What to tell the visitor who goes to another site. `site` is its name on the screen. */
	| { kind: "referred"; site: string; otherSite: DeliveryStatus }
	| { kind: "refused"; action: DeskAction | "sign-out"; refusal: Refusal }
	/** The connection broke during the action: the desk cannot tell whether the station did it. */
	| { kind: "outcome-unknown"; action: DeskAction | "sign-out" };

/** The last action that succeeded: shown for some seconds, and read by screen readers. */
export interface Done {
	action: DeskAction;
	/** When it was requested, by this machine's clock. */
	at: number;
	/** Of the ticket; null where the action had none. */
	number: string | null;
	/** Rises with every action, so that a screen reader reads the same sentence again. */
	count: number;
}

/** An action of this desk, with its ticket as the station answered: undo takes it back. */
export interface DoneTo {
	action: DeskAction;
	ticket: Ticket;
}

export type SignInStatus =
	| { kind: "idle" }
	| { kind: "pending" }
	| { kind: "refused"; refusal: Refusal }
	| { kind: "unreachable" }
	/** The session is over; staff have to sign in again. `ended` says why, where the station knows. */
	| { kind: "session-ended"; ended: SessionEnd | null };

export interface SignedIn {
	kind: "signed-in";
	session: Session;
	queue: Queue | null;
	copies: Copies;
	/** The action in flight. The desk sends nothing else meanwhile. */
	busy: DeskAction | null;
	lastAction: TimedAction | null;
	notice: Notice | null;
	done: Done | null;
	/** The latest actions of this desk, oldest first, each ticket once. */
	history: readonly DoneTo[];
	/** Answers to actions so far: a queue that was requested before the last one is out of date. */
	answers: number;
}

export type Auth = { kind: "signed-out"; signIn: SignInStatus } | SignedIn;

export type Link = { kind: "up" } | { kind: "lost"; since: number };

export interface DeskState {
	auth: Auth;
	topics: Topics | null;
	/** The printer in the station's last health report. The queue carries its current condition. */
	printer: Health["printer"] | null;
	/** The station's disk in its last health report. */
	disk: Health["disk"];
	/** Whether the station believes its machine's clock. Null until the first health report. */
	clock: Health["clock"] | null;
	link: Link;
	/** Station's clock minus this machine's, milliseconds. */
	clockOffset: number;
}

export type DeskEvent =
	| { type: "topics"; topics: Topics }
	| ({ type: "health" } & Pick<Health, "printer" | "clock" | "disk">)
	| { type: "clock"; clock: Health["clock"] }
	| { type: "link-lost"; at: number }
	| { type: "sign-in-started" }
	| { type: "sign-in-refused"; refusal: Refusal }
	| { type: "sign-in-unreachable" }
	| { type: "signed-in"; session: Session }
	| { type: "signed-out" }
	| { type: "session-ended"; ended: SessionEnd | null }
	| CounterEvent;

/** Events that only matter while somebody is signed in at the counter. */
export type CounterEvent =
	/** `answers` is the count at the time of the request. */
	| { type: "queue"; queue: Queue; answers: number; at: number }
	| { type: "action-started"; action: DeskAction; at: number }
	| {
			type: "action-done";
			action: Exclude<DeskAction, "new-roll" | "help" | "break" | "resume" | "refer" | "note">;
			ticket: Ticket;
	  }
	| { type: "nobody-to-call" }
	| { type: "referred"; ticket: Ticket; site: string; otherSite: DeliveryStatus }
	| { type: "note-saved"; ticket: Ticket; note: string | null }
	| { type: "help-answered"; call: number | undefined }
	/** Null: the break is over. By the station's clock. */
	| { type: "break-changed"; pausedAt: number | null }
	| { type: "new-roll-reported" }
	/** The action was answered, and whoever asked for it shows what came of it. */
	| { type: "action-settled" }
	| { type: "action-refused"; action: DeskAction | "sign-out"; refusal: Refusal }
	| { type: "action-unanswered"; action: DeskAction | "sign-out" }
	| { type: "notice-dismissed" };

export function firstState(session: Session | null): DeskState {
	return {
		auth: session === null ? signedOut({ kind: "idle" }) : signedIn(session),
		topics: null,
		printer: null,
		clock: null,
		disk: null,
		link: { kind: "up" },
		clockOffset: 0,
	};
}

export function signedIn(session: Session): SignedIn {
	return {
		kind: "signed-in",
		session,
		queue: null,
		copies: {},
		busy: null,
		lastAction: null,
		notice: null,
		done: null,
		history: [],
		answers: 0,
	};
}

export function signedOut(signIn: SignInStatus): Auth {
	return { kind: "signed-out", signIn };
}
