import type { Store } from "../../ui/store.ts";
import { readCode } from "../state/code.ts";
import { languageOf, type PhoneEvent, type PhoneState, phoneLanguage, pollDelayMs } from "../state/state.ts";
import { fetchMessages } from "./message-files.ts";
import type { Action, Station } from "./station-client.ts";

export interface Phone {
	act(action: Action): Promise<void>;
}

/** Polls the ticket while the page is visible. */
export function startPolling(store: Store<PhoneState, PhoneEvent>, station: Station): Phone {
	let timer: number | undefined;
	let isPolling = false;

	async function poll(): Promise<void> {
		const { view, selectedLanguage } = store.read();
		if (view.kind === "code-form" || isPolling || document.hidden) return;
		isPolling = true;
		const { code } = view;
		const answer = await station.read(code, selectedLanguage);
		isPolling = false;
		store.dispatch({ type: "answered", code, answer, at: Date.now(), isAction: false });
		schedulePoll();
	}

	function schedulePoll(): void {
		window.clearTimeout(timer);
		const delayMs = pollDelayMs(store.read());
		if (delayMs !== null && !document.hidden) timer = window.setTimeout(() => void poll(), delayMs);
	}

	async function loadTranslations(): Promise<void> {
		const state = store.read();
		const language = languageOf(state, phoneLanguage(navigator.languages));
		if (state.translation?.language === language) return;
		const messages = await fetchMessages(language);
		if (messages !== null) store.dispatch({ type: "messages-loaded", language, messages });
	}

	let before = store.read();
	store.subscribe(() => {
		const now = store.read();
		const { view, selectedLanguage } = before;
		before = now;
		if (languageOf(now, "en") !== now.translation?.language) void loadTranslations();
		if (now.view.kind === "loading" && now.view !== view) void poll();
		// The answer contains topic and documents in the selected language.
		if (now.selectedLanguage !== selectedLanguage) void poll();
	});
	document.addEventListener("visibilitychange", () => {
		if (document.hidden) window.clearTimeout(timer);
		else void poll();
	});
	window.addEventListener("online", () => void poll());
	window.addEventListener("hashchange", () =>
		store.dispatch({ type: "code-entered", code: readCode(location.hash.slice(1)) }),
	);
	void loadTranslations();
	void poll();

	return {
		async act(action) {
			const { view, isActing } = store.read();
			if (view.kind !== "ticket" || isActing) return;
			const { code } = view;
			store.dispatch({ type: "action-started" });
			const answer = await station.act(code, action);
			store.dispatch({ type: "answered", code, answer, at: Date.now(), isAction: true });
			// The answer may be in another language than the selected one, and after a refusal the ticket has changed.
			void poll();
		},
	};
}
