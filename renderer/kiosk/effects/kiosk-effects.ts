import type { Language } from "../../../protocol/model/language.ts";
import { type KioskState, languageOf, lastLanguageOf, type StateAt } from "../state/state.ts";
import { createLanguageLoader, type LanguageLoaderDeps } from "./language-loader.ts";
import { retryDelayMs } from "./retry.ts";
import { checkIn, issueTicket, watchPaper } from "./ticket-requests.ts";

/* Watches the store, talks to the station when a state requires it, and dispatches what it learns. */

export interface KioskEffects {
	/** A finger is on a language's tile: loads what it needs. */
	preloadLanguage(language: Language): void;
}

const HEARTBEAT_MS = 10_000;
/** A visitor who waits at the kiosk looks at it more often than that. */
const HELP_POLL_MS = 3_000;
/** Leaves the network to the first screen. */
const WARM_UP_AFTER_MS = 2_000;
/** A prerendered screen is painted by then, also on a slow processor. */
const PAINTED_WITHIN_MS = 300;

export function startKioskEffects(deps: LanguageLoaderDeps): KioskEffects {
	const { store, station, now, sleep } = deps;
	const languages = createLanguageLoader(deps);
	let handled: KioskState = { at: "languages" };
	let handledCall: number | undefined;
	let hasWarmedUp = false;

	async function openLanguage(state: StateAt<"opening">): Promise<void> {
		const { language } = state;
		const isStillOpening = () => store.read().state === state;
		const showTopics = () => store.dispatch({ type: "language-ready", time: now(), language });
		if (languages.isLoaded(language)) {
			// Shown at once. The newest waits follow when the screen is painted.
			showTopics();
			await sleep(PAINTED_WITHIN_MS);
			return languages.refreshTopics(language);
		}
		for (let failures = 0; isStillOpening(); failures++) {
			await languages.load(language);
			showTopics();
			if (isStillOpening()) await sleep(retryDelayMs(failures));
		}
	}

	async function issue(state: StateAt<"issuing">): Promise<void> {
		// After a refusal the topics on the screen are out of date.
		if ((await issueTicket(deps, state)) === "refused") await languages.refreshTopics(state.language);
	}

	/** Repeats the call until the station has received it, for as long as the dialog is open. */
	async function callStaff(requestedAt: number): Promise<void> {
		const isStillRequested = () => {
			const { overlay } = store.read();
			return overlay.kind === "staff" && overlay.requestedAt === requestedAt;
		};
		for (let failures = 0; isStillRequested(); failures++) {
			const answer = await station.askHelp(lastLanguageOf(store.read().state) ?? null);
			const call = answer.kind === "ok" ? "received" : "failed";
			store.dispatch({ type: "staff-call-changed", time: now(), requestedAt, call });
			if (call === "received") return waitForStaff(requestedAt, isStillRequested);
			await sleep(retryDelayMs(failures));
		}
	}

	/** Only a member of staff who says so is on the way. */
	async function waitForStaff(requestedAt: number, isStillRequested: () => boolean): Promise<void> {
		for (;;) {
			await sleep(HELP_POLL_MS);
			if (!isStillRequested()) return;
			const answer = await station.helpCall();
			if (answer.kind !== "ok" || answer.value.open) continue;
			store.dispatch({ type: "staff-call-changed", time: now(), requestedAt, call: "answered" });
			return;
		}
	}

	function handleChange(): void {
		const { state, overlay } = store.read();
		if (overlay.kind === "staff" && overlay.requestedAt !== handledCall) {
			handledCall = overlay.requestedAt;
			void callStaff(overlay.requestedAt);
		}
		const before = handled;
		if (state === before) return;
		handled = state;
		if (state.at === "opening") void openLanguage(state);
		if (state.at === "issuing") void issue(state);
		if (state.at === "check-in" && state.result === "pending") void checkIn(deps, state);
		if (state.at === "ticket" && before.at !== "ticket") void watchPaper(deps, state);
		if (state.at === "languages" && before.at !== "languages") void languages.refreshTopics("zh-Hans");
	}

	/** Refreshes the topics of the shown language, sooner while the station cannot be reached. */
	async function keepHeartbeat(): Promise<never> {
		for (let failures = 0; ; ) {
			await languages.refreshTopics(languageOf(store.read().state) ?? "zh-Hans");
			failures = store.read().link.kind === "reached" ? 0 : failures + 1;
			if (failures === 0 && hasWarmedUp) void languages.warmUp();
			await sleep(failures === 0 ? HEARTBEAT_MS : retryDelayMs(failures - 1));
		}
	}

	// A visitor may have come before the effects were loaded.
	handleChange();
	store.subscribe(handleChange);
	void keepHeartbeat();
	void sleep(WARM_UP_AFTER_MS).then(() => {
		hasWarmedUp = true;
		return languages.warmUp();
	});

	return {
		preloadLanguage(language) {
			if (!languages.isLoaded(language)) void languages.load(language);
		},
	};
}
