import { MODES_OFF } from "./modes.ts";
import { type Kiosk, type KioskState, lastLanguageOf, type StateAt } from "./state.ts";
import { SETTLE_MS } from "./timing.ts";

/* Transitions that several parts of the reducer share. */

export function show(kiosk: Kiosk, state: KioskState, time: number): Kiosk {
	return { ...kiosk, state, overlay: { kind: "none" }, settledAt: time + SETTLE_MS };
}

/** Back to the first screen. Nothing of one visitor is left for the next: no ticket, no language, no mode. */
export function nextVisitor(kiosk: Kiosk, time: number): Kiosk {
	const used = lastLanguageOf(kiosk.state);
	return {
		...show(kiosk, { at: "languages" }, time),
		modes: MODES_OFF,
		// Not when the language was selected: tiles must not move under a finger.
		recent: used === undefined ? kiosk.recent : [used, ...kiosk.recent.filter((language) => language !== used)],
		touchedAt: time,
	};
}

export function callStaff(kiosk: Kiosk, time: number): Kiosk {
	return {
		...kiosk,
		overlay: { kind: "staff", requestedAt: time, call: "sending" },
		touchedAt: time,
		settledAt: time + SETTLE_MS,
	};
}

/** The station may or may not have issued the ticket: only staff can find out, so they are called at once. */
export function giveUp(kiosk: Kiosk, { language, key }: StateAt<"issuing" | "check-in">, time: number): Kiosk {
	const refused = show(kiosk, { at: "refused", language, key, since: time }, time);
	return kiosk.overlay.kind === "staff" ? { ...refused, overlay: kiosk.overlay } : callStaff(refused, time);
}
