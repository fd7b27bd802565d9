import type { Wait } from "../../../protocol/model/ticket.ts";
import type { KioskSay } from "./messages.ts";

/** A wait as people say it: a range, never one figure that nobody can keep. */
export function sayWait(say: KioskSay, queue: { ahead: number; wait: Wait | null }): string {
	const { ahead, wait } = queue;
	if (!wait) return ahead === 0 ? say("wait.none") : say("waiting", { count: ahead });
	const { minMinutes: from, maxMinutes: count } = wait;
	if (count === 0) return say("wait.none");
	if (from === 0) return say("wait.under", { count });
	if (from === count) return say("wait.about", { count });
	return say("wait.range", { from, count });
}
