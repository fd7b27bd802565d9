import "../ui/fonts/base.css";
import "../ui/fonts/names.css";
import "../ui/fonts/chinese.css";
import "../ui/tokens.css";
import "../ui/base.css";
import "./kiosk.css";
import { createRoot } from "react-dom/client";
import chinese from "../../resources/languages/kiosk/zh-Hans.json";
import { LANGUAGE_NAMES, LANGUAGES } from "../i18n/languages.ts";
import { createWords } from "../i18n/messages.ts";
import { prepareFonts, prepareNames } from "../ui/fonts.ts";
import { createStore } from "../ui/store.ts";
import { App, holdScreens } from "./app.tsx";
import { KioskContext, type KioskParts } from "./components/context.ts";
import { holdIcons } from "./components/icon.tsx";
import type { Aids } from "./effects/accessibility.ts";
import type { Runner } from "./effects/kiosk-effects.ts";
import { bringWords } from "./effects/message-files.ts";
import { now } from "./effects/monotonic-clock.ts";
import { readAddress } from "./effects/page-address.ts";
import { untilHere } from "./effects/retry-until-loaded.ts";
import type { KioskWords } from "./messages/messages.ts";
import { reduceKiosk } from "./state/reduce.ts";
import { firstKiosk } from "./state/state.ts";

/** Puts the kiosk's parts together. Nothing else here or below keeps a state of its own. */

const { secret, pixelsPerMillimetre } = readAddress(location.hash);
if (pixelsPerMillimetre !== undefined) {
	document.documentElement.style.setProperty("--mm", `${pixelsPerMillimetre}px`);
}

const store = createStore(reduceKiosk, firstKiosk(now()));
const words = createWords<KioskWords>(undefined, chinese);

/** What the kiosk does besides showing follows after the program that shows. */
const coming = untilHere(() =>
	Promise.all([import("./effects/kiosk-effects.ts"), import("./effects/station-client.ts")]),
);
const station = coming.then(([, { createStation }]) => createStation(secret));
const sleep = (milliseconds: number) => new Promise<void>((wake) => setTimeout(wake, milliseconds));
let runner: Runner | undefined;
void coming.then(async ([{ startRunner }]) => {
	runner = startRunner({
		store,
		station: await station,
		async openLanguage(language, texts) {
			// English stands in for a file that is damaged.
			const [found] = await Promise.all([bringWords(words, language), bringWords(words, "en")]);
			await prepareFonts(language, words.textOf(language) + texts);
			return found;
		},
		languages: LANGUAGES,
		hold: holdScreens,
		async rehearse(language) {
			const { rehearse } = await import("./components/prerender.tsx");
			await new Promise((wake) => requestIdleCallback(wake));
			await rehearse(parts, language);
		},
		now,
		sleep,
	});
});

const parts: KioskParts = {
	store,
	words,
	expect: (language) => runner?.expect(language),
	elsewhere: async (...asked) => (await station).elsewhere(...asked),
	printSlip: async (slip) => (await station).printSlip(slip),
	listening: () => aids?.listening(),
};

/** Keys, sound and headset: whoever needs them comes after the first screen. */
let aids: Aids | undefined;
async function bringAids(): Promise<void> {
	const { startAids } = await untilHere(() => import("./effects/accessibility.ts"));
	aids = startAids(parts);
}

setInterval(() => store.tell({ type: "ticked", time: now() }), 250);
for (const kind of ["pointerdown", "keydown"]) {
	addEventListener(kind, () => store.tell({ type: "touched", time: now() }), { capture: true });
}
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("dragstart", (event) => event.preventDefault());

/** After the first screen and before anything can go wrong. */
const ICONS_FOLLOW_AFTER = 2_000;
const held: HTMLImageElement[] = [];
setTimeout(() => {
	held.push(...holdIcons());
	void bringAids();
	void holdScreens().then(() => performance.mark("held"));
	void untilHere(() => import("./effects/reload-on-upgrade.ts")).then(({ keepCurrent, fetchPage }) =>
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
	Promise.all([prepareFonts("zh-Hans", FIRST_TEXTS.join("")), prepareNames(LANGUAGE_NAMES), bringWords(words, "en")]),
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
		<KioskContext value={parts}>
			<App />
		</KioskContext>,
	);
}
