import type { EventOf } from "./events.ts";
import { type Kiosk, MAX_CODE_LENGTH } from "./state.ts";
import { show } from "./transitions.ts";

/* A visitor with an appointment types the booking's code. */

export function openCheckIn(kiosk: Kiosk, { time }: EventOf<"check-in-opened">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "topics") return kiosk;
	const { language, key } = state;
	return show(kiosk, { at: "check-in", language, key, typed: "", result: "none", since: time }, time);
}

export function typeCode(kiosk: Kiosk, { typed }: EventOf<"code-typed">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "check-in" || state.result === "pending") return kiosk;
	return { ...kiosk, state: { ...state, typed: typed.slice(0, MAX_CODE_LENGTH), result: "none" } };
}

export function requestCheckIn(kiosk: Kiosk, { time }: EventOf<"check-in-requested">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "check-in" || state.result === "pending" || state.typed === "") return kiosk;
	return { ...kiosk, state: { ...state, result: "pending", since: time } };
}

export function refuseCheckIn(
	kiosk: Kiosk,
	{ key, result, serviceDay, isPast, time }: EventOf<"check-in-refused">,
): Kiosk {
	const { state } = kiosk;
	if (state.at !== "check-in" || state.result !== "pending" || state.key !== key) return kiosk;
	return { ...kiosk, state: { ...state, result, serviceDay, isPast }, touchedAt: time };
}
