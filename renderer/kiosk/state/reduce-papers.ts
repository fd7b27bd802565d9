import type { EventOf } from "./events.ts";
import { type Kiosk, type KioskState, NO_PAPERS, type StateAt } from "./state.ts";
import { show } from "./transitions.ts";

/* What to bring: the questions that decide it, and the visitor's ticks. */

export type PapersState = StateAt<"documents" | "checklist">;

function showsPapers(state: KioskState): state is PapersState {
	return state.at === "documents" || state.at === "checklist";
}

export function answerQuestion(kiosk: Kiosk, { option, time }: EventOf<"question-answered">): Kiosk {
	const { state } = kiosk;
	if (!showsPapers(state) || state.answers.includes(option)) return kiosk;
	return show(kiosk, { ...state, answers: [...state.answers, option] }, time);
}

export function skipQuestion(kiosk: Kiosk, { time }: EventOf<"question-skipped">): Kiosk {
	const { state } = kiosk;
	return showsPapers(state) ? show(kiosk, { ...state, skipped: true }, time) : kiosk;
}

export function tickDocument(kiosk: Kiosk, { document }: EventOf<"document-ticked">): Kiosk {
	const { state } = kiosk;
	if (!showsPapers(state)) return kiosk;
	const ticked = state.ticked.filter((key) => key !== document);
	return {
		...kiosk,
		state: { ...state, ticked: ticked.length < state.ticked.length ? ticked : [...ticked, document] },
	};
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
