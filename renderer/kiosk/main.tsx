import "../ui/fonts/base.css";
import "../ui/fonts/names.css";
import "../ui/fonts/chinese.css";
import "../ui/tokens.css";
import "../ui/base.css";
import "./kiosk.css";
import { createRoot } from "react-dom/client";
import { LANGUAGE_NAMES, LANGUAGES } from "../../protocol/model/language.ts";
import chinese from "../../resources/languages/kiosk/zh-Hans.json?first";
import { createMessages } from "../i18n/messages.ts";
import { prepareFonts, prepareNames } from "../ui/fonts.ts";
import { now } from "../ui/monotonic-clock.ts";
import { createStore } from "../ui/store.ts";
import { App, preloadScreens } from "./app.tsx";
import { KioskContext, type KioskDeps } from "./components/context.ts";
import { preloadIcons } from "./components/icon.tsx";
import type { Accessibility } from "./effects/accessibility.ts";
import type { KioskEffects } from "./effects/kiosk-effects.ts";
import { createMessageLoader } from "./effects/message-files.ts";
import { readAddress } from "./effects/page-address.ts";
import { retryUntilLoaded } from "./effects/retry.ts";
import type { KioskMessages } from "./messages/messages.ts";
import { reduceKiosk } from "./state/reduce.ts";
import { initialKiosk } from "./state/state.ts";

/* Wires the kiosk's store, effects and screens. */

const { secret, pixelsPerMillimetre } = readAddress(location.hash);
if (pixelsPerMillimetre !== undefined) {
	document.documentElement.style.setProperty("--mm", `${pixelsPerMillimetre}px`);
}

const store = createStore(reduceKiosk, initialKiosk(now()));
const messages = createMessages<KioskMessages>(undefined, chinese);
const loadMessages = createMessageLoader(messages);

/** Effects are loaded after the code that shows the first screen. */
const effectsLoaded = retryUntilLoaded(() =>
	Promise.all([import("./effects/kiosk-effects.ts"), import("./effects/station-client.ts")]),
);
const station = effectsLoaded.then(([, { createStation }]) => createStation(secret));
const sleep = (milliseconds: number) => new Promise<void>((wake) => setTimeout(wake, milliseconds));
let effects: KioskEffects | undefined;
void effectsLoaded.then(async ([{ startKioskEffects }]) => {
	effects = startKioskEffects({
		store,
		station: await station,
		async loadLanguage(language, texts) {
			// English is shown where the language's file is damaged; Chinese beside every language, for staff.
			const load = [loadMessages(language), loadMessages("en"), loadMessages("zh-Hans")] as const;
			const [result] = await Promise.all(load);
			await prepareFonts(language, messages.textOf(language) + texts);
			return result;
		},
		languages: LANGUAGES,
		preloadScreens,
		async prerender(language) {
			const { prerender } = await import("./screens/prerender.tsx");
			await new Promise((wake) => requestIdleCallback(wake));
			await prerender(deps, language);
		},
		now,
		sleep,
	});
});

const deps: KioskDeps = {
	store,
	messages,
	preloadLanguage: (language) => effects?.preloadLanguage(language),
	otherSites: async (topic, language) => (await station).otherSites(topic, language),
	printDirections: async (slip) => (await station).printDirections(slip),
	checklist: async (asked) => (await station).checklist(asked),
	printChecklist: async (asked) => (await station).printChecklist(asked),
	keywords: async (language) => (await station).keywords(language),
	reportSearchMiss: async (words, language) => (await station).reportSearchMiss(words, language),
	readAloud: () => accessibility?.readAloud(),
};

/** Keypad, sound, headset and the gate of staff: loaded after the first screen. */
let accessibility: Accessibility | undefined;
async function loadAccessibility(): Promise<void> {
	const { startAccessibility } = await retryUntilLoaded(() => import("./effects/accessibility.ts"));
	accessibility = startAccessibility(deps, secret);
}

setInterval(() => store.dispatch({ type: "ticked", time: now() }), 250);
for (const kind of ["pointerdown", "keydown"]) {
	addEventListener(kind, () => store.dispatch({ type: "touched", time: now() }), { capture: true });
}
// Nothing is copied, dragged or selected here, and no menu opens.
for (const kind of ["contextmenu", "dragstart", "dragover", "drop", "copy", "cut", "paste", "selectstart"])
	addEventListener(kind, (event) => event.preventDefault());

/** After the first screen, while the station can be reached. */
const PRELOAD_AFTER_MS = 2_000;
/** Kept for the life of the page: see preloadIcons. */
const preloadedIcons: HTMLImageElement[] = [];
setTimeout(() => {
	preloadedIcons.push(...preloadIcons());
	void loadAccessibility();
	void preloadScreens().then(() => performance.mark("screens-preloaded"));
	void retryUntilLoaded(() => import("./effects/reload-on-upgrade.ts")).then(({ reloadOnUpgrade, fetchPage }) =>
		reloadOnUpgrade({
			store,
			fetchPage,
			program: document.querySelector("script[src]")?.getAttribute("src") ?? "",
			reload: () => location.reload(),
			now,
			sleep,
		}),
	);
}, PRELOAD_AFTER_MS);

/** The first screen waits so long for its glyphs and its English. */
const FIRST_TEXTS_TIMEOUT_MS = 1_500;
const FIRST_TEXTS = Object.entries(chinese).flatMap(([key, text]) =>
	/^(languages|toolbar)\./.test(key) ? [text] : [],
);
await Promise.race([
	Promise.all([prepareFonts("zh-Hans", FIRST_TEXTS.join("")), prepareNames(LANGUAGE_NAMES), loadMessages("en")]),
	new Promise((wake) => setTimeout(wake, FIRST_TEXTS_TIMEOUT_MS)),
]);

const root = document.getElementById("kiosk");
if (root) {
	const bootFallback = root.innerHTML;
	createRoot(root, {
		// Not even the error message could be rendered: back to the page's own markup, which reloads it (boot-fallback.ts).
		onUncaughtError: () =>
			setTimeout(() => {
				root.innerHTML = bootFallback;
			}),
	}).render(
		<KioskContext value={deps}>
			<App />
		</KioskContext>,
	);
}
