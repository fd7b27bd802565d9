import type { EventOf } from "./events.ts";
import { choicesPerScreen, type Modes } from "./modes.ts";
import { isAwaitingTicket, type Kiosk } from "./state.ts";
import { SETTLE_MS } from "./timing.ts";
import { nextVisitor } from "./transitions.ts";

/* Dialogs, modes and touches: they do not depend on the screen. */

/** While the idle warning is shown only its own buttons count: any other touch must not dismiss it under the finger. */
export function touch(kiosk: Kiosk, { time }: EventOf<"touched">): Kiosk {
	return kiosk.overlay.kind === "idle" ? kiosk : { ...kiosk, touchedAt: time };
}

/** Not while a ticket is being issued: it would be left behind. */
export function leave(kiosk: Kiosk, { time }: EventOf<"left">): Kiosk {
	if (kiosk.state.at === "languages" && kiosk.overlay.kind !== "idle") return kiosk;
	return isAwaitingTicket(kiosk.state) ? kiosk : nextVisitor(kiosk, time);
}

export function stay(kiosk: Kiosk, { time }: EventOf<"stayed">): Kiosk {
	if (kiosk.overlay.kind !== "idle") return kiosk;
	return { ...kiosk, overlay: { kind: "none" }, touchedAt: time, settledAt: time + SETTLE_MS };
}

/** Where another number of topics fits on a page, the pages begin anew: a topic may stand on another page now. */
export function switchMode(kiosk: Kiosk, { mode, time }: EventOf<"mode-switched">): Kiosk {
	const { state } = kiosk;
	const modes = { ...kiosk.modes, [mode]: kiosk.modes[mode] === "off" ? "on" : "off" } satisfies Modes;
	const isPagedAnew = "page" in state && choicesPerScreen(modes) !== choicesPerScreen(kiosk.modes);
	return {
		...kiosk,
		state: isPagedAnew ? { ...state, page: 0 } : state,
		overlay: kiosk.overlay.kind === "read-aloud" ? { kind: "none" } : kiosk.overlay,
		modes,
		settledAt: time + SETTLE_MS,
	};
}

export function openReadAloud(kiosk: Kiosk, { time }: EventOf<"read-aloud-opened">): Kiosk {
	if (kiosk.overlay.kind !== "none" || kiosk.modes.readAloud === "off") return kiosk;
	return { ...kiosk, overlay: { kind: "read-aloud" }, settledAt: time + SETTLE_MS };
}

export function closeOverlay(kiosk: Kiosk, { time }: EventOf<"overlay-closed">): Kiosk {
	if (kiosk.overlay.kind !== "staff" && kiosk.overlay.kind !== "read-aloud") return kiosk;
	return { ...kiosk, overlay: { kind: "none" }, settledAt: time + SETTLE_MS };
}

export function updateStaffCall(kiosk: Kiosk, { requestedAt, call }: EventOf<"staff-call-changed">): Kiosk {
	const { overlay } = kiosk;
	if (overlay.kind !== "staff" || overlay.requestedAt !== requestedAt) return kiosk;
	return { ...kiosk, overlay: { ...overlay, call } };
}

/** A visitor who called staff from the failed screen is still waiting for them. */
export function recoverScreen(kiosk: Kiosk, { time }: EventOf<"screen-failed">): Kiosk {
	const { overlay } = kiosk;
	const next = nextVisitor(kiosk, time);
	return overlay.kind === "staff" ? { ...next, overlay } : next;
}
