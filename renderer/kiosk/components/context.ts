import { createContext, use, useSyncExternalStore } from "react";
import type { Language } from "../../../protocol/model/language.ts";
import type { Messages } from "../../i18n/messages.ts";
import { now } from "../../ui/monotonic-clock.ts";
import type { Store } from "../../ui/store.ts";
import type { Station } from "../effects/station-client.ts";
import type { KioskMessages, KioskTranslate } from "../messages/messages.ts";
import type { ReadAloud } from "../read-aloud/read-aloud.ts";
import type { KioskEvent, Tap } from "../state/events.ts";
import { type Kiosk, languageOf, shownLanguageOf } from "../state/state.ts";

export interface KioskDeps {
	store: Store<Kiosk, KioskEvent>;
	messages: Messages<KioskMessages>;
	/** Loads what a language needs, before it is selected. */
	preloadLanguage(language: Language): void;
	/** Undefined until the first touch: before it, browsers block sound. */
	readAloud(): ReadAloud | undefined;
	printDirections: Station["printDirections"];
	checklist: Station["checklist"];
	printChecklist: Station["printChecklist"];
	keywords: Station["keywords"];
	reportSearchMiss: Station["reportSearchMiss"];
	/** The other sites that offer a topic. */
	otherSites: Station["otherSites"];
}

export const KioskContext = createContext<KioskDeps | null>(null);

export function useKioskContext(): KioskDeps {
	const deps = use(KioskContext);
	if (!deps) throw new Error("used outside KioskContext");
	return deps;
}

/** One part of the kiosk. Components render again when their part changes, not with every touch. */
export function useKiosk<Part extends keyof Kiosk>(part: Part): Kiosk[Part] {
	const { store } = useKioskContext();
	return useSyncExternalStore(store.subscribe, () => store.read()[part]);
}

/** Dispatches what the visitor tapped, with the time. */
export function useDispatch(): (tap: Tap) => void {
	const { store } = useKioskContext();
	return (tap) => store.dispatch({ ...tap, time: now() });
}

/** Tells the language of a catalogue name, where it differs from the page's. */
export function useLangOf(): (name: string) => Language | undefined {
	const { messages } = useKioskContext();
	const state = useKiosk("state");
	const topics = useKiosk("topics");
	const language = languageOf(state);
	if (language === undefined) return () => undefined;
	// Where messages are missing the page is in English, and the catalogue's names are in the visitor's language.
	return (name) => topics[language]?.fallbacks?.[name] ?? (messages.has(language) ? undefined : language);
}

/** Messages in the visitor's language; before one is selected, in Chinese. */
export function useMessages(): { language: Language; t: KioskTranslate } {
	const { messages } = useKioskContext();
	const state = useKiosk("state");
	const language = shownLanguageOf(state) ?? "zh-Hans";
	return { language, t: messages.t(language) };
}
