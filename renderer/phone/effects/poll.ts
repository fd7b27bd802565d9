import type { Store } from "../../ui/store.ts";
import { readCode } from "../state/code.ts";
import { delayBeforePoll, languageOf, type PhoneEvent, type PhoneState, phoneLanguage } from "../state/state.ts";
import { fetchMessages } from "./message-files.ts";
import type { Action, Station } from "./station-client.ts";

export interface Phone {
	act(act: Action): Promise<void>;
}

/** Keeps the page on the ticket for as long as it is looked at: nothing is asked while it is hidden. */
export function startPolling(store: Store<PhoneState, PhoneEvent>, station: Station): Phone {
	let timer: number | undefined;
	let polling = false;

	async function poll(): Promise<void> {
		const { view, chosen } = store.read();
		if (view.kind === "asking" || polling || document.hidden) return;
		polling = true;
		const { code } = view;
		const answer = await station.read(code, chosen);
		polling = false;
		store.dispatch({ type: "answered", code, answer, at: Date.now(), toAction: false });
		lookLater();
	}

	function lookLater(): void {
		window.clearTimeout(timer);
		const pause = delayBeforePoll(store.read());
		if (pause !== null && !document.hidden) timer = window.setTimeout(() => void poll(), pause);
	}

	async function loadTranslations(): Promise<void> {
		const state = store.read();
		const language = languageOf(state, phoneLanguage(navigator.languages));
		if (state.spoken?.language === language) return;
		const messages = await fetchMessages(language);
		if (messages !== null) store.dispatch({ type: "words", language, messages });
	}

	let before = store.read();
	store.subscribe(() => {
		const now = store.read();
		const { view, chosen } = before;
		before = now;
		if (languageOf(now, "en") !== now.spoken?.language) void loadTranslations();
		if (now.view.kind === "loading" && now.view !== view) void poll();
		// The topic and the documents come in the language that was asked for.
		if (now.chosen !== chosen) void poll();
	});
	document.addEventListener("visibilitychange", () => {
		if (document.hidden) window.clearTimeout(timer);
		else void poll();
	});
	window.addEventListener("online", () => void poll());
	window.addEventListener("hashchange", () => store.dispatch({ type: "code", code: readCode(location.hash.slice(1)) }));
	void loadTranslations();
	void poll();

	return {
		async act(act) {
			const { view, actor } = store.read();
			if (view.kind !== "ticket" || actor) return;
			const { code } = view;
			store.dispatch({ type: "acting" });
			const answer = await station.act(code, act);
			store.dispatch({ type: "answered", code, answer, at: Date.now(), toAction: true });
			// Its words may be in another language than the one chosen, and a refusal says that there is news.
			void poll();
		},
	};
}
