import { createContext, use, useSyncExternalStore } from "react";
import type { OtherSite } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { Words } from "../../i18n/messages.ts";
import type { Store } from "../../ui/store.ts";
import { now } from "../effects/monotonic-clock.ts";
import type { Station } from "../effects/station-client.ts";
import type { KioskSay, KioskWords } from "../messages/messages.ts";
import type { Listening } from "../read-aloud/read-aloud.ts";
import { type Kiosk, type KioskEvent, languageOf } from "../state/state.ts";

export interface KioskParts {
	store: Store<Kiosk, KioskEvent>;
	words: Words<KioskWords>;
	expect(language: Language): void;
	/** What sounds; undefined until somebody has touched the screen. */
	listening(): Listening | undefined;
	printSlip: Station["printSlip"];
	/** The other sites that offer a topic. */
	elsewhere(topic: string, language: Language): Promise<readonly OtherSite[]>;
}

export const KioskContext = createContext<KioskParts | null>(null);

export function useParts(): KioskParts {
	const parts = use(KioskContext);
	if (!parts) throw new Error("outside the kiosk");
	return parts;
}

/** One part of the kiosk's state: what reads it is drawn again when this part changes, not with every touch. */
export function useKiosk<Part extends keyof Kiosk>(part: Part): Kiosk[Part] {
	const { store } = useParts();
	return useSyncExternalStore(store.subscribe, () => store.read()[part]);
}

type WithoutTime<Event> = Event extends unknown ? Omit<Event, "time"> : never;
export type Act = WithoutTime<KioskEvent>;

/** Tells the store what somebody did, now. */
export function useTell(): (act: Act) => void {
	const { store } = useParts();
	return (act) => store.tell({ ...act, time: now() } as KioskEvent);
}

/** The language of a name of the catalogue, where it is not the page's own. */
export function useLangOf(): (name: string) => Language | undefined {
	const { words } = useParts();
	const visit = useKiosk("visit");
	const topics = useKiosk("topics");
	const language = languageOf(visit);
	if (language === undefined) return () => undefined;
	// Where the page's own words are missing, English stands there and the catalogue's names are what is foreign.
	return (name) => topics[language]?.standIns?.[name] ?? (words.has(language) ? undefined : language);
}

/** The words of whoever stands there; before a language is chosen, Chinese. */
export function useWords(): { language: Language; say: KioskSay } {
	const { words } = useParts();
	const visit = useKiosk("visit");
	const language = (visit.at === "opening" ? undefined : languageOf(visit)) ?? "zh-Hans";
	return { language, say: words.say(language) };
}
