import { resumeTicket } from "./reduce-language.ts";
import { expirePaper } from "./reduce-ticket.ts";
import { isUntouched, type Kiosk } from "./state.ts";
import {
	IDLE_AFTER_MS,
	IDLE_WARNING_MS,
	ISSUING_TIMEOUT_MS,
	LANGUAGE_CHOICE_TIMEOUT_MS,
	OPENING_TIMEOUT_MS,
	REFUSAL_SHOWN_MS,
	SETTLE_MS,
	TICKET_SHOWN_MS,
} from "./timing.ts";
import { giveUp, nextVisitor } from "./transitions.ts";

/** What changes with time alone: countdowns, timeouts and the question whether the visitor is still there. */
export function reduceTick(kiosk: Kiosk, time: number): Kiosk {
	const { state } = kiosk;
	const idleMs = time - kiosk.touchedAt;

	if (kiosk.overlay.kind === "idle") return countDown(kiosk, kiosk.overlay, time);

	switch (state.at) {
		case "languages": {
			if (state.visitor?.ticketInHand && kiosk.overlay.kind === "none")
				return idleMs < LANGUAGE_CHOICE_TIMEOUT_MS ? kiosk : resumeTicket(kiosk, state.visitor, time);
			return isUntouched(kiosk) ? kiosk : warnWhenIdle(kiosk, idleMs, time);
		}
		case "opening":
			if (time - state.since < OPENING_TIMEOUT_MS) return kiosk;
			return state.visitor ? resumeTicket(kiosk, state.visitor, time) : nextVisitor(kiosk, time);
		case "issuing":
			return time - state.since < ISSUING_TIMEOUT_MS ? kiosk : giveUp(kiosk, state, time);
		case "refused": {
			// The call for staff stays as long as any other screen.
			const limitMs = kiosk.overlay.kind === "none" ? REFUSAL_SHOWN_MS : IDLE_AFTER_MS;
			return warnWhenIdle(kiosk, Math.min(idleMs, time - state.since), time, limitMs);
		}
		case "ticket": {
			if (state.paper === "ready" && kiosk.overlay.kind === "none") {
				return warnWhenIdle(kiosk, idleMs, time, TICKET_SHOWN_MS);
			}
			const next = expirePaper(state, time);
			return next === state ? warnWhenIdle(kiosk, idleMs, time) : { ...kiosk, state: next };
		}
		case "check-in":
			if (state.result !== "pending") return warnWhenIdle(kiosk, idleMs, time);
			return time - state.since < ISSUING_TIMEOUT_MS ? kiosk : giveUp(kiosk, state, time);
		case "topics":
		case "search":
		case "plan":
		case "other-sites":
		case "documents":
		case "missing-documents":
		case "checklist":
		case "unavailable":
			return warnWhenIdle(kiosk, idleMs, time);
	}
}

function countDown(kiosk: Kiosk, overlay: Extract<Kiosk["overlay"], { kind: "idle" }>, time: number): Kiosk {
	if (time >= overlay.until) return nextVisitor(kiosk, time);
	const seconds = Math.ceil((overlay.until - time) / 1000);
	return seconds === overlay.seconds ? kiosk : { ...kiosk, overlay: { ...overlay, seconds } };
}

/** No screen disappears without a warning by sight and sound. One touch dismisses it, as often as needed. */
function warnWhenIdle(kiosk: Kiosk, idleMs: number, time: number, limitMs = IDLE_AFTER_MS): Kiosk {
	if (idleMs < limitMs) return kiosk;
	return {
		...kiosk,
		overlay: { kind: "idle", until: time + IDLE_WARNING_MS, seconds: Math.ceil(IDLE_WARNING_MS / 1000) },
		settledAt: time + SETTLE_MS,
	};
}
