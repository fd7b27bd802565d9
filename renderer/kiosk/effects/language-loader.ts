import type { Language } from "../../../protocol/model/language.ts";
import type { Store } from "../../ui/store.ts";
import type { KioskEvent } from "../state/events.ts";
import type { Kiosk } from "../state/state.ts";
import type { Station } from "./station-client.ts";

/** The result of loading a language's messages. */
export type MessageLoadResult = "loaded" | "unavailable" | "damaged";

export interface LanguageLoaderDeps {
	store: Store<Kiosk, KioskEvent>;
	station: Station;
	/** Loads a language's messages, and its fonts for `texts`. Never fails; missing messages are shown in English. */
	loadLanguage(language: Language, texts: string): Promise<MessageLoadResult>;
	languages: readonly Language[];
	/** Loads the screens before they are needed, and retries those that failed before. */
	preloadScreens(): Promise<void>;
	/** Renders a language's topics out of sight, while no visitor is at the kiosk. May fail. */
	prerender(language: Language): Promise<void>;
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

export interface LanguageLoader {
	/** Everything of the language that its screens need is here. */
	isLoaded(language: Language): boolean;
	/** Loads topics, messages, fonts and what is known of its speech. Never fails; concurrent calls share one load. */
	load(language: Language): Promise<void>;
	/** Requests a language's topics: news of the waits, and the proof that the station is reachable. */
	refreshTopics(language: Language): Promise<void>;
	/** Between visitors, loads and prerenders every language, so that the first tap is answered at once. */
	warmUp(): Promise<void>;
}

/** What could not be loaded of a language is requested again after so long. */
const LOAD_RETRY_MS = 60_000;
const PAUSE_BETWEEN_LANGUAGES_MS = 50;
const VISITOR_CHECK_MS = 1_000;

export function createLanguageLoader(deps: LanguageLoaderDeps): LanguageLoader {
	const { store, station, now, sleep } = deps;
	const loaded = new Set<Language>();
	const speechKnown = new Set<Language>();
	const triedAt = new Map<Language, number>();
	const reportedDamaged = new Set<Language>();
	const prerendered = new Set<Language>();
	const loading = new Map<Language, Promise<void>>();
	let isWarmingUp = false;

	async function refreshTopics(language: Language): Promise<void> {
		const answer = await station.topics(language);
		if (answer.kind === "ok") store.dispatch({ type: "topics-received", time: now(), topics: answer.value });
		else store.dispatch({ type: "station-unreachable", time: now() });
	}

	async function loadAll(language: Language): Promise<void> {
		await refreshTopics(language);
		const topics = store.read().topics[language];
		const messages = await deps.loadLanguage(language, topics ? JSON.stringify(topics) : "");
		if (topics && messages === "loaded") loaded.add(language);
		if (topics) triedAt.set(language, now());
		// Nothing waits for these two: a station without clips is as good a station.
		void checkSpeech(language);
		if (messages === "damaged") void reportDamaged(language);
	}

	async function checkSpeech(language: Language): Promise<void> {
		const answer = await station.speaks(language);
		// Otherwise the next warm-up asks again.
		if (answer.kind !== "ok") return;
		speechKnown.add(language);
		store.dispatch({ type: "speech-availability-known", time: now(), language, available: answer.value });
	}

	/** Once per language. The station logs it and shows it in its health report. */
	async function reportDamaged(language: Language): Promise<void> {
		if (reportedDamaged.has(language)) return;
		reportedDamaged.add(language);
		const answer = await station.reportDamagedMessages(language);
		if (answer.kind !== "ok") reportedDamaged.delete(language);
	}

	function load(language: Language): Promise<void> {
		const pending = loading.get(language);
		if (pending) return pending;
		const promise = loadAll(language).finally(() => loading.delete(language));
		loading.set(language, promise);
		return promise;
	}

	function isIncomplete(language: Language): boolean {
		if (loaded.has(language) && speechKnown.has(language)) return false;
		const tried = triedAt.get(language);
		return tried === undefined || now() - tried >= LOAD_RETRY_MS;
	}

	async function untilNoVisitor(): Promise<void> {
		while (store.read().state.at !== "languages") await sleep(VISITOR_CHECK_MS);
	}

	/** What one lost request left out is loaded by a later round. */
	async function loadEverything(): Promise<void> {
		await deps.preloadScreens();
		for (const language of deps.languages.filter(isIncomplete)) {
			await untilNoVisitor();
			if (store.read().link.kind === "lost") return;
			await load(language);
			await sleep(PAUSE_BETWEEN_LANGUAGES_MS);
		}
		// After the loads: fonts that arrive later invalidate what was measured.
		for (const language of deps.languages.filter((one) => !prerendered.has(one))) {
			await untilNoVisitor();
			prerendered.add(language);
			await deps.prerender(language).catch(() => {});
		}
	}

	return {
		isLoaded: (language) => loaded.has(language),
		load,
		refreshTopics,
		async warmUp() {
			if (isWarmingUp) return;
			isWarmingUp = true;
			await loadEverything();
			isWarmingUp = false;
		},
	};
}
