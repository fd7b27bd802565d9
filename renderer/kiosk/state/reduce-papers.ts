import type { EventOf } from "./events.ts";
import { type Kiosk, NO_PAPERS, type StateAt } from "./state.ts";
import { show } from "./transitions.ts";

/* What to bring: the questions that decide it, and the visitor's ticks. */

export type PapersState = StateAt<"documents" | "checklist">;

export function changePapers(kiosk: Kiosk, { papers, time }: EventOf<"papers-changed">): Kiosk {
	const { state } = kiosk;
	return state.at === "documents" || state.at === "checklist" ? show(kiosk, { ...state, ...papers }, time) : kiosk;
}

/** What to bring for a topic that has no ticket here and now. */
export function openChecklist(kiosk: Kiosk, { time }: EventOf<"checklist-opened">): Kiosk {
	const { state } = kiosk;
	if (state.at !== "unavailable") return kiosk;
	const { language, key, topic } = state;
	const request = { topic, nextTopics: [], people: 1 };
	return show(kiosk, { at: "checklist", language, key, ...request, ...NO_PAPERS, from: state }, time);
}

/** Back takes the last answer back; undefined where none was given. */
export function withoutLastAnswer(state: PapersState): PapersState | undefined {
	if (state.skipped) return { ...state, skipped: false };
	return state.answers.length > 0 ? { ...state, answers: state.answers.slice(0, -1) } : undefined;
}
