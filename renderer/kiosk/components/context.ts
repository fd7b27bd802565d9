import { createContext, use, useSyncExternalStore } from "react";
import type { Language } from "../../../protocol/model/language.ts";
import type { Messages } from "../../i18n/messages.ts";
import type { Store } from "../../ui/store.ts";
import { now } from "../effects/monotonic-clock.ts";
import type { Station } from "../effects/station-client.ts";
import type { KioskMessages, KioskTranslate } from "../messages/messages.ts";
import type { ReadAloud } from "../read-aloud/read-aloud.ts";
import { type Kiosk, type KioskEvent, languageOf } from "../state/state.ts";

export interface KioskDeps {
	store: Store<Kiosk, KioskEvent>;
	messages: Messages<KioskMessages>;
	expect(language: Language): void;
	/** What sounds; undefined until somebody has touched the screen. */
	readAloud(): ReadAloud | undefined;
	printDirections: Station["printDirections"];
	/** The other sites that offer a topic. */
	otherSites: Station["otherSites"];
}

export const KioskContext = createContext<KioskDeps | null>(null);

export function useKioskContext(): KioskDeps {
	const deps = use(KioskContext);
	if (!deps) throw new Error("outside the kiosk");
	return deps;
}

/** One part of the kiosk's state: what reads it is drawn again when this part changes, not with every touch. */
export function useKiosk<Part extends keyof Kiosk>(part: Part): Kiosk[Part] {
	const { store } = useKioskContext();
	return useSyncExternalStore(store.subscribe, () => store.read()[part]);
}

type WithoutTime<Event> = Event extends unknown ? Omit<Event, "time"> : never;
export type Action = WithoutTime<KioskEvent>;

/** Tells the store what somebody did, now. */
export function useDispatch(): (action: Action) => void {
	const { store } = useKioskContext();
	return (action) => store.dispatch({ ...action, time: now() } as KioskEvent);
}

/** The language of a name of the catalogue, where it is not the page's own. */
export function useLangOf(): (name: string) => Language | undefined {
	const { messages } = useKioskContext();
	const visit = useKiosk("visit");
	const topics = useKiosk("topics");
	const language = languageOf(visit);
	if (language === undefined) return () => undefined;
	// Where the page's own words are missing, English stands there and the catalogue's names are what is foreign.
	return (name) => topics[language]?.fallbacks?.[name] ?? (messages.has(language) ? undefined : language);
}

/** The words of whoever stands there; before a language is chosen, Chinese. */
export function useMessages(): { language: Language; t: KioskTranslate } {
	const { messages } = useKioskContext();
	const visit = useKiosk("visit");
	const language = (visit.at === "opening" ? undefined : languageOf(visit)) ?? "zh-Hans";
	return { language, t: messages.t(language) };
}
