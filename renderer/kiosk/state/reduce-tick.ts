import { paperOf, showAgain } from "./reduce-ticket.ts";
import {
	IDLE_AFTER,
	ISSUING_GIVES_UP_AFTER,
	isUntouched,
	type Kiosk,
	OPENING_GIVES_UP_AFTER,
	OTHER_LANGUAGE_WITHIN,
	REFUSAL_SHOWN_FOR,
	SETTLES_AFTER,
	TICKET_SHOWN_FOR,
	WARNING_LASTS,
} from "./state.ts";
import { nextVisitor, unanswered } from "./steps.ts";

/* What time alone brings. */

export function tick(kiosk: Kiosk, time: number): Kiosk {
	const { visit } = kiosk;
	const idleFor = time - kiosk.touchedAt;

	if (kiosk.overlay.kind === "idle") {
		if (time >= kiosk.overlay.until) return nextVisitor(kiosk, time);
		const seconds = Math.ceil((kiosk.overlay.until - time) / 1000);
		return seconds === kiosk.overlay.seconds ? kiosk : { ...kiosk, overlay: { ...kiosk.overlay, seconds } };
	}

	switch (visit.at) {
		case "languages": {
			if (visit.same?.held && kiosk.overlay.kind === "none")
				return idleFor < OTHER_LANGUAGE_WITHIN ? kiosk : showAgain(kiosk, visit.same, time);
			return isUntouched(kiosk) ? kiosk : warnWhenIdle(kiosk, idleFor, time);
		}
		case "opening":
			if (time - visit.since < OPENING_GIVES_UP_AFTER) return kiosk;
			return visit.same ? showAgain(kiosk, visit.same, time) : nextVisitor(kiosk, time);
		case "issuing":
			return time - visit.since < ISSUING_GIVES_UP_AFTER ? kiosk : unanswered(kiosk, visit, time);
		case "refused": {
			// While the call for staff is on the screen, as long as any other screen.
			const after = kiosk.overlay.kind === "none" ? REFUSAL_SHOWN_FOR : IDLE_AFTER;
			return warnWhenIdle(kiosk, Math.min(idleFor, time - visit.since), time, after);
		}
		case "ticket": {
			if (visit.paper === "ready" && kiosk.overlay.kind === "none") {
				return warnWhenIdle(kiosk, idleFor, time, TICKET_SHOWN_FOR);
			}
			const paper = paperOf(visit.ticket, visit.paperSince, time);
			if (paper !== visit.paper) return { ...kiosk, visit: { ...visit, paper } };
			return warnWhenIdle(kiosk, idleFor, time);
		}
		case "check-in":
			if (visit.answer !== "asking") return warnWhenIdle(kiosk, idleFor, time);
			return time - visit.since < ISSUING_GIVES_UP_AFTER ? kiosk : unanswered(kiosk, visit, time);
		case "topics":
		case "search":
		case "plan":
		case "other-sites":
		case "documents":
		case "missing-documents":
		case "unavailable":
			return warnWhenIdle(kiosk, idleFor, time);
	}
}

/** Nobody's screen goes without a warning by sight and sound, which one touch puts off, as often as it is wanted. */
function warnWhenIdle(kiosk: Kiosk, idleFor: number, time: number, after = IDLE_AFTER): Kiosk {
	if (idleFor < after) return kiosk;
	const seconds = Math.ceil(WARNING_LASTS / 1000);
	return {
		...kiosk,
		overlay: { kind: "idle", until: time + WARNING_LASTS, seconds },
		settledAt: time + SETTLES_AFTER,
	};
}
