import { type Kiosk, lastLanguageOf, SETTLES_AFTER, USUAL_MODES, type Visit } from "./state.ts";

/* The steps that every part of the reducer takes. */

export function show(kiosk: Kiosk, visit: Visit, time: number): Kiosk {
	return { ...kiosk, visit, overlay: { kind: "none" }, settledAt: time + SETTLES_AFTER };
}

/** Nothing of one visitor stays for the next: no ticket, no language, no mode. */
export function nextVisitor(kiosk: Kiosk, time: number): Kiosk {
	const used = lastLanguageOf(kiosk.visit);
	return {
		...show(kiosk, { at: "languages" }, time),
		modes: USUAL_MODES,
		// Now, not when it was chosen: tiles do not change places under a finger.
		recent: used === undefined ? kiosk.recent : [used, ...kiosk.recent.filter((one) => one !== used)],
		touchedAt: time,
	};
}

export function callStaff(kiosk: Kiosk, time: number): Kiosk {
	const overlay = { kind: "staff", asked: time, call: "in-flight" } as const;
	return { ...kiosk, overlay, touchedAt: time, settledAt: time + SETTLES_AFTER };
}

/** Nobody answered for so long that nobody knows whether the number was written: staff are called without being asked. */
export function unanswered(kiosk: Kiosk, { language, key }: Extract<Visit, { key: string }>, time: number): Kiosk {
	const refused = show(kiosk, { at: "refused", language, key, since: time }, time);
	return kiosk.overlay.kind === "staff" ? { ...refused, overlay: kiosk.overlay } : callStaff(refused, time);
}
