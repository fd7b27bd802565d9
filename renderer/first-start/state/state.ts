import type { StationSetup } from "../../../protocol/api/setup.ts";
import { isStaffLanguage, type StaffLanguage } from "../../i18n/staff-languages.ts";

/* The first start's state and its one pure reducer. What a step has done is at the station; here is only where one is. */

/** In their order. The account comes last: it ends the kiosk's right to set the station up. */
export const STEPS = ["language", "site", "printer", "clock", "server", "devices", "supervisor"] as const;
export type Step = (typeof STEPS)[number];

/** -1 where that is no step. */
export function indexOfStep(at: string): number {
	return (STEPS as readonly string[]).indexOf(at);
}

export interface Place {
	step: Step;
	language: StaffLanguage;
}

export interface FirstStartState extends Omit<Place, "step"> {
	/** `closed`: the station does not let this window set it up. */
	at: "loading" | "closed" | Step | "done";
	/** What the station is set up with; null until it answered. */
	setup: StationSetup | null;
	/** The station does not answer. */
	isLost: boolean;
	/** The first supervisor's name, once the account is made. */
	supervisor: string | null;
}

export type FirstStartEvent =
	| { type: "opened"; setup: StationSetup; place: Place }
	| { type: "closed" }
	| { type: "lost" }
	| { type: "refreshed"; setup: StationSetup }
	| { type: "language-chosen"; language: StaffLanguage }
	| { type: "went-to"; step: Step }
	| { type: "went-on" }
	| { type: "went-back" }
	| { type: "supervisor-made"; name: string };

const FIRST_PLACE: Place = { step: "language", language: "zh-Hans" };

export const INITIAL_STATE: FirstStartState = {
	at: "loading",
	language: FIRST_PLACE.language,
	setup: null,
	isLost: false,
	supervisor: null,
};

export function reduceFirstStart(state: FirstStartState, event: FirstStartEvent): FirstStartState {
	const index = indexOfStep(state.at);
	const stepAt = (position: number) => STEPS[position] ?? state.at;
	switch (event.type) {
		case "opened":
			return { ...state, at: event.place.step, language: event.place.language, setup: event.setup, isLost: false };
		case "closed":
			return { ...state, at: "closed" };
		case "lost":
			return { ...state, isLost: true };
		case "refreshed":
			return { ...state, setup: event.setup, isLost: false };
		case "language-chosen":
			return { ...state, language: event.language };
		case "went-to":
			return index < 0 ? state : { ...state, at: event.step };
		case "went-on":
			return index < 0 ? state : { ...state, at: stepAt(index + 1) };
		case "went-back":
			return index < 0 ? state : { ...state, at: stepAt(Math.max(0, index - 1)) };
		case "supervisor-made":
			return { ...state, at: "done", supervisor: event.name };
	}
}

/** Where somebody was before the window was opened again. Anything else than that is the beginning. */
export function readPlace(saved: string | null): Place {
	try {
		const { step, language } = JSON.parse(saved ?? "") as Partial<Record<keyof Place, unknown>>;
		const known = STEPS.find((one) => one === step);
		return known !== undefined && isStaffLanguage(language) ? { step: known, language } : FIRST_PLACE;
	} catch {
		return FIRST_PLACE;
	}
}

/** The place to keep; undefined where there is nothing to come back to. */
export function placeOf({ at, language }: FirstStartState): Place | undefined {
	const step = STEPS.find((one) => one === at);
	return step && { step, language };
}
