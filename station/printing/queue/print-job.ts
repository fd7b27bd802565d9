import type { PrintState } from "../../../protocol/model/print.ts";

/**
 * The rules of a print job's life, with nothing else in them. Each change is written down before
 * the act that it names:
 *
 *   queued --sending--> sending --sent--> sent --confirmed--> confirmed
 *     ^                  |  |              |
 *     +------held--------+  +--doubtful----+--> doubtful     (nobody can say whether paper came out)
 *   queued --failed--> failed                                (it surely did not, and will not)
 *
 * The types are the event types of the station's stream, one to one.
 */
export type PrintChange =
	| { type: "print.sending"; attempt: number }
	| { type: "print.sent" }
	| { type: "print.confirmed" }
	| { type: "print.doubtful"; reason: string }
	/** Back to queued: surely nothing reached the paper. */
	| { type: "print.requeued"; reason: string }
	| { type: "print.failed"; reason: string };

type Ways = Partial<Record<PrintChange["type"], PrintState>>;

const WAYS: Readonly<Record<PrintState, Ways>> = {
	queued: { "print.sending": "sending", "print.failed": "failed" },
	sending: { "print.sent": "sent", "print.requeued": "queued", "print.doubtful": "doubtful" },
	sent: { "print.confirmed": "confirmed", "print.doubtful": "doubtful" },
	confirmed: {},
	doubtful: {},
	failed: {},
	reprinted: {},
};

/** The state after a change, or undefined where the state does not allow it. */
export function afterChange(state: PrintState, change: PrintChange["type"]): PrintState | undefined {
	return WAYS[state][change];
}

/**
 * What follows from a restart: a job that was under way may or may not have become paper, and
 * only a person can tell. What was queued prints, what was settled stays.
 */
export function afterRestart(state: PrintState): PrintChange | undefined {
	return state === "sending" || state === "sent" ? { type: "print.doubtful", reason: "restart" } : undefined;
}
