import "../ui/fonts/base.css";
import "../ui/fonts/names.css";
import "../ui/fonts/chinese.css";
import "../ui/tokens.css";
import "../ui/base.css";
import "./kiosk.css";
import { createRoot } from "react-dom/client";
import chinese from "../../resources/languages/kiosk/zh-Hans.json";
import { LANGUAGE_NAMES, LANGUAGES } from "../i18n/languages.ts";
import { createMessages } from "../i18n/messages.ts";
import { prepareFonts, prepareNames } from "../ui/fonts.ts";
import { createStore } from "../ui/store.ts";
import { App, holdScreens } from "./app.tsx";
import { KioskContext, type KioskDeps } from "./components/context.ts";
import { holdIcons } from "./components/icon.tsx";
import type { Accessibility } from "./effects/accessibility.ts";
import type { KioskEffects } from "./effects/kiosk-effects.ts";
import { bringWords } from "./effects/message-files.ts";
import { now } from "./effects/monotonic-clock.ts";
import { readAddress } from "./effects/page-address.ts";
import { retryUntilLoaded } from "./effects/retry-until-loaded.ts";
import type { KioskMessages } from "./messages/messages.ts";
import { reduceKiosk } from "./state/reduce.ts";
import { firstKiosk } from "./state/state.ts";

/** Puts the kiosk's parts together. Nothing else here or below keeps a state of its own. */

const { secret, pixelsPerMillimetre } = readAddress(location.hash);
if (pixelsPerMillimetre !== undefined) {
	document.documentElement.style.setProperty("--mm", `${pixelsPerMillimetre}px`);
}

const store = createStore(reduceKiosk, firstKiosk(now()));
const messages = createMessages<KioskMessages>(undefined, chinese);

/** What the kiosk does besides showing follows after the program that shows. */
const coming = retryUntilLoaded(() =>
	Promise.all([import("./effects/kiosk-effects.ts"), import("./effects/station-client.ts")]),
);
const station = coming.then(([, { createStation }]) => createStation(secret));
const sleep = (milliseconds: number) => new Promise<void>((wake) => setTimeout(wake, milliseconds));
let runner: KioskEffects | undefined;
void coming.then(async ([{ startKioskEffects }]) => {
	runner = startKioskEffects({
		store,
		station: await station,
		async openLanguage(language, texts) {
			// English stands in for a file that is damaged.
			const [found] = await Promise.all([bringWords(messages, language), bringWords(messages, "en")]);
			await prepareFonts(language, messages.textOf(language) + texts);
			return found;
		},
		languages: LANGUAGES,
		hold: holdScreens,
		async prerender(language) {
			const { prerender } = await import("./components/prerender.tsx");
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
	expect: (language) => runner?.expect(language),
	otherSites: async (...asked) => (await station).otherSites(...asked),
	printDirections: async (slip) => (await station).printDirections(slip),
	readAloud: () => aids?.readAloud(),
};

/** Keys, sound and headset: whoever needs them comes after the first screen. */
let aids: Accessibility | undefined;
async function loadAccessibility(): Promise<void> {
	const { startAccessibility } = await retryUntilLoaded(() => import("./effects/accessibility.ts"));
	aids = startAccessibility(deps);
}

setInterval(() => store.dispatch({ type: "ticked", time: now() }), 250);
for (const kind of ["pointerdown", "keydown"]) {
	addEventListener(kind, () => store.dispatch({ type: "touched", time: now() }), { capture: true });
}
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("dragstart", (event) => event.preventDefault());

/** After the first screen and before anything can go wrong. */
const ICONS_FOLLOW_AFTER = 2_000;
const held: HTMLImageElement[] = [];
setTimeout(() => {
	held.push(...holdIcons());
	void loadAccessibility();
	void holdScreens().then(() => performance.mark("held"));
	void retryUntilLoaded(() => import("./effects/reload-on-upgrade.ts")).then(({ keepCurrent, fetchPage }) =>
		keepCurrent({
			store,
			fetchPage,
			program: document.querySelector("script[src]")?.getAttribute("src") ?? "",
			reload: () => location.reload(),
			now,
			sleep,
		}),
	);
}, ICONS_FOLLOW_AFTER);

/** The first screen waits for the glyphs and the English that it shows, but not for long. */
const FONTS_EXPECTED_WITHIN = 1_500;
const FIRST_TEXTS = Object.entries(chinese).flatMap(([key, text]) => (/^(languages|tools)\./.test(key) ? [text] : []));
await Promise.race([
	Promise.all([
		prepareFonts("zh-Hans", FIRST_TEXTS.join("")),
		prepareNames(LANGUAGE_NAMES),
		bringWords(messages, "en"),
	]),
	new Promise((wake) => setTimeout(wake, FONTS_EXPECTED_WITHIN)),
]);

const place = document.getElementById("kiosk");
if (place) {
	const starting = place.innerHTML;
	createRoot(place, {
		// Even the calm message could not be drawn: what stood there before the program, which begins again (starting.ts).
		onUncaughtError: () =>
			setTimeout(() => {
				place.innerHTML = starting;
			}),
	}).render(
		<KioskContext value={deps}>
			<App />
		</KioskContext>,
	);
}
