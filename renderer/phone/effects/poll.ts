import type { Store } from "../../ui/store.ts";
import { readCode } from "../state/code.ts";
import { languageOf, type PhoneEvent, type PhoneState, pauseBeforeLook, phoneLanguage } from "../state/state.ts";
import { fetchWords } from "./message-files.ts";
import type { Act, Station } from "./station-client.ts";

export interface Phone {
	act(act: Act): Promise<void>;
}

/** Keeps the page on the ticket for as long as it is looked at: nothing is asked while it is hidden. */
export function keepLooking(store: Store<PhoneState, PhoneEvent>, station: Station): Phone {
	let timer: number | undefined;
	let looking = false;

	async function look(): Promise<void> {
		const { view, chosen } = store.read();
		if (view.kind === "asking" || looking || document.hidden) return;
		looking = true;
		const { code } = view;
		const answer = await station.read(code, chosen);
		looking = false;
		store.tell({ type: "answered", code, answer, at: Date.now(), toAct: false });
		lookLater();
	}

	function lookLater(): void {
		window.clearTimeout(timer);
		const pause = pauseBeforeLook(store.read());
		if (pause !== null && !document.hidden) timer = window.setTimeout(() => void look(), pause);
	}

	async function learnWords(): Promise<void> {
		const state = store.read();
		const language = languageOf(state, phoneLanguage(navigator.languages));
		if (state.spoken?.language === language) return;
		const words = await fetchWords(language);
		if (words !== null) store.tell({ type: "words", language, words });
	}

	let before = store.read();
	store.subscribe(() => {
		const now = store.read();
		const { view, chosen } = before;
		before = now;
		if (languageOf(now, "en") !== now.spoken?.language) void learnWords();
		if (now.view.kind === "loading" && now.view !== view) void look();
		// The topic and the documents come in the language that was asked for.
		if (now.chosen !== chosen) void look();
	});
	document.addEventListener("visibilitychange", () => {
		if (document.hidden) window.clearTimeout(timer);
		else void look();
	});
	window.addEventListener("online", () => void look());
	window.addEventListener("hashchange", () => store.tell({ type: "code", code: readCode(location.hash.slice(1)) }));
	void learnWords();
	void look();

	return {
		async act(act) {
			const { view, acting } = store.read();
			if (view.kind !== "ticket" || acting) return;
			const { code } = view;
			store.tell({ type: "acting" });
			const answer = await station.act(code, act);
			store.tell({ type: "answered", code, answer, at: Date.now(), toAct: true });
			// Its words may be in another language than the one chosen, and a refusal says that there is news.
			void look();
		},
	};
}
