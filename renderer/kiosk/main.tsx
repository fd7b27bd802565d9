import "../ui/fonts/base.css";
import "../ui/fonts/names.css";
import "../ui/tokens.css";
import "../ui/base.css";
import "./kiosk.css";
import { createRoot } from "react-dom/client";
import type { Language } from "../../protocol/language.ts";
import chinese from "../../resources/languages/kiosk/zh-Hans.json";
import { LANGUAGE_NAMES, LANGUAGES } from "../i18n/languages.ts";
import { createWords } from "../i18n/words.ts";
import { prepareFonts, prepareNames } from "../ui/fonts.ts";
import { createStore } from "../ui/store.ts";
import { readAddress } from "./address.ts";
import { App, holdScreens } from "./app.tsx";
import { KioskContext, type KioskParts, type KioskWords } from "./context.ts";
import { fetchWords } from "./language-files.ts";
import type { Listening } from "./listening/listening.ts";
import { holdIcons } from "./parts/icon.tsx";
import { startRunner } from "./runner.ts";
import { createStation } from "./station.ts";
import { firstKiosk, reduceKiosk } from "./visit.ts";

/** Puts the kiosk's parts together. Nothing else here or below keeps a state of its own. */

const { secret, pixelsPerMillimetre } = readAddress(location.hash);
if (pixelsPerMillimetre !== undefined) {
	document.documentElement.style.setProperty("--mm", `${pixelsPerMillimetre}px`);
}

const store = createStore(reduceKiosk, firstKiosk(Date.now()));
const words = createWords<KioskWords>(undefined, chinese);
async function bringWords(language: Language): Promise<void> {
	if (!words.has(language)) words.add(language, await fetchWords(language));
}

const station = createStation(secret);
const runner = startRunner({
	store,
	station,
	async openLanguage(language, texts) {
		// English stands in for a file that is damaged.
		await Promise.all([bringWords(language), bringWords("en")]);
		await prepareFonts(language, words.textOf(language) + texts);
	},
	languages: LANGUAGES,
	async rehearse(language) {
		const { rehearse } = await import("./rehearsal.tsx");
		await new Promise((wake) => requestIdleCallback(wake));
		await rehearse(parts, language);
	},
	now: Date.now,
	sleep: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
});

const parts: KioskParts = {
	store,
	words,
	expect: runner.expect,
	elsewhere: station.elsewhere,
	printSlip: station.printSlip,
	listening: () => listening,
};

/** Sound is let out by the first touch or key, but begins once that touch is answered. */
const SOUND_FOLLOWS_AFTER = 300;
let listening: Listening | undefined;
async function letSoundOut(): Promise<void> {
	const [{ startListening }, { openAudio }] = await Promise.all([
		import("./listening/listening.ts"),
		import("../ui/chime.ts"),
	]);
	const context = openAudio();
	if (context !== null) listening = startListening(store, context);
}
const touched = new AbortController();
for (const kind of ["pointerup", "keydown"]) {
	addEventListener(
		kind,
		() => {
			touched.abort();
			// Where it fails it can wait for the next page: a kiosk without sound is still a kiosk.
			setTimeout(() => void letSoundOut().catch(() => {}), SOUND_FOLLOWS_AFTER);
		},
		{ capture: true, signal: touched.signal },
	);
}

setInterval(() => store.tell({ type: "ticked", time: Date.now() }), 250);
for (const kind of ["pointerdown", "keydown"]) {
	addEventListener(kind, () => store.tell({ type: "touched", time: Date.now() }), { capture: true });
}
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("dragstart", (event) => event.preventDefault());

/** After the first screen and before anything can go wrong. */
const ICONS_FOLLOW_AFTER = 2_000;
const held: HTMLImageElement[] = [];
setTimeout(() => {
	held.push(...holdIcons());
	void holdScreens().then(() => performance.mark("held"));
}, ICONS_FOLLOW_AFTER);

/** The first screen waits for the glyphs and the English that it shows, but not for long. */
const FONTS_EXPECTED_WITHIN = 1_500;
const FIRST_TEXTS = Object.entries(chinese).flatMap(([key, text]) => (/^(languages|tools)\./.test(key) ? [text] : []));
await Promise.race([
	Promise.all([prepareFonts("zh-Hans", FIRST_TEXTS.join("")), prepareNames(LANGUAGE_NAMES), bringWords("en")]),
	new Promise((wake) => setTimeout(wake, FONTS_EXPECTED_WITHIN)),
]);

const place = document.getElementById("kiosk");
if (place) {
	createRoot(place, {
		// Even the calm message could not be drawn: begin again from nothing rather than stay empty.
		onUncaughtError: () => setTimeout(() => location.reload(), 5_000),
	}).render(
		<KioskContext value={parts}>
			<App />
		</KioskContext>,
	);
}
