import type { OpenHelpCall } from "../../../protocol/api/board.ts";
import { nextHere, ticketAtCounter } from "./queue.ts";
import type { SignedIn } from "./state.ts";

/** What asks for the attention of whoever is at the desk. */
export interface Attention {
	/** The number that waits for this free counter; null where nobody does, or the counter is not free. */
	waiting: string | null;
	helpCalls: readonly OpenHelpCall[];
}

export const NO_ATTENTION: Attention = { waiting: null, helpCalls: [] };

export function attentionOf(auth: Pick<SignedIn, "queue" | "session"> | null): Attention {
	const queue = auth?.queue;
	if (!auth || !queue) return NO_ATTENTION;
	const isFree = queue.pausedAt === null && ticketAtCounter(queue, auth.session.counter) === null;
	return { waiting: isFree ? (nextHere(queue)?.number ?? null) : null, helpCalls: queue.helpCalls };
}

/** What is new since before: somebody begins to wait where nobody did, and each call for help, once. */
export function newAttention(before: Attention, now: Attention): Attention {
	const known = Math.max(0, ...before.helpCalls.map(({ id }) => id));
	return {
		waiting: before.waiting === null ? now.waiting : null,
		helpCalls: now.helpCalls.filter(({ id }) => id > known),
	};
}
