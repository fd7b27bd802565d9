import type { PrintState } from "../../../protocol/model/print.ts";

/**
 * The states of a print job. Each change is recorded before it happens:
 *
 *   queued --sending--> sending --sent--> sent --confirmed--> confirmed
 *     ^                  |  |              |
 *     +----requeued------+  +--doubtful----+--> doubtful     (it may or may not be on paper)
 *   queued --failed--> failed                                (it is not on paper, and will not be)
 *
 * The types are the event types of the station's stream.
 */
export type PrintChange =
	| { type: "print.sending"; attempt: number }
	| { type: "print.sent" }
	| { type: "print.confirmed" }
	| { type: "print.doubtful"; reason: string }
	/** Back to queued: nothing reached the paper. */
	| { type: "print.requeued"; reason: string }
	| { type: "print.failed"; reason: string };

type Transitions = Partial<Record<PrintChange["type"], PrintState>>;

const TRANSITIONS: Readonly<Record<PrintState, Transitions>> = {
	queued: { "print.sending": "sending", "print.failed": "failed" },
	sending: { "print.sent": "sent", "print.requeued": "queued", "print.doubtful": "doubtful" },
	sent: { "print.confirmed": "confirmed", "print.doubtful": "doubtful" },
	confirmed: {},
	doubtful: {},
	failed: {},
	reprinted: {},
};

/** The state after a change, or undefined if the state does not allow it. */
export function afterChange(state: PrintState, change: PrintChange["type"]): PrintState | undefined {
	return TRANSITIONS[state][change];
}

/**
 * The change that a restart brings. A job that was in flight may or may not be on paper, and only a
 * person can see which. Queued jobs print, settled ones stay as they are.
 */
export function afterRestart(state: PrintState): PrintChange | undefined {
	return state === "sending" || state === "sent" ? { type: "print.doubtful", reason: "restart" } : undefined;
}
