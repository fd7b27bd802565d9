import { formatLength } from "../../lib/time/format-length.ts";
import type { ClockHealth } from "../../protocol/api/health.ts";
import type { Doubt } from "./trust-rules.ts";
import type { TrustedClock } from "./trusted-clock.ts";

const HELD = "Until then no day is turned and nothing is closed.";
const MEND = "Set this machine's clock, or let an administrator confirm it at the desk.";

/** What is wrong with the machine's clock, and what to do; null while it is believed. */
function clockAdvice(doubt: Doubt | null): string | null {
	if (doubt === null) return null;
	const by = formatLength(doubt.byMs);
	switch (doubt.kind) {
		case "jumped":
			return `This machine's clock was moved ${doubt.byMs < 0 ? "back" : "ahead"} by ${by}. The station goes on by its own time. ${MEND} ${HELD}`;
		case "behind":
			return `This machine's clock is ${by} behind the station's last event. ${MEND} ${HELD}`;
		case "ahead":
			return `This machine's clock is more than ${by} further ahead than a station is switched off for. ${MEND} ${HELD}`;
		case "server-differs":
			return `This machine's clock is ${by} ${doubt.byMs < 0 ? "behind" : "ahead of"} the server's. Find out which one is wrong, and set it.`;
	}
}

/** The clock as health shows it. */
export function clockHealth(clock: Pick<TrustedClock, "doubt">): ClockHealth {
	const doubt = clock.doubt();
	return { doubt, advice: clockAdvice(doubt) };
}
