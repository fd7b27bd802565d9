import "../ui/fonts/base.css";
import "../ui/fonts/names.css";
import "../ui/tokens.css";
import "../ui/base.css";
import "./kiosk.css";
import { createRoot } from "react-dom/client";
import english from "../../resources/languages/kiosk/en.json";
import chinese from "../../resources/languages/kiosk/zh-Hans.json";
import { LANGUAGE_NAMES, LANGUAGES } from "../i18n/languages.ts";
import { createWords } from "../i18n/words.ts";
import { prepareFonts, prepareNames } from "../ui/fonts.ts";
import { createStore } from "../ui/store.ts";
import { readAddress } from "./address.ts";
import type { Aids } from "./aids.ts";
import { App, holdScreens } from "./app.tsx";
import { KioskContext, type KioskParts } from "./context.ts";
import { fetchWords } from "./language-files.ts";
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
const words = createWords(english, chinese);

const station = createStation(secret);
const runner = startRunner({
	store,
	station,
	async openLanguage(language, texts) {
		if (!words.has(language)) words.add(language, await fetchWords(language));
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
	listening: () => aids?.listening(),
};

/** Keys, sound and headset: whoever needs them comes after the first screen. */
let aids: Aids | undefined;
async function bringAids(): Promise<void> {
	try {
		aids = (await import("./aids.ts")).startAids(parts, english);
	} catch {
		setTimeout(bringAids, AIDS_FOLLOW_AGAIN_AFTER);
	}
}
const AIDS_FOLLOW_AGAIN_AFTER = 5_000;

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
	void bringAids();
	void holdScreens().then(() => performance.mark("held"));
}, ICONS_FOLLOW_AFTER);

/** The first screen waits for the glyphs that it shows, but not for long. */
const FONTS_EXPECTED_WITHIN = 1_500;
const FIRST_TEXTS = Object.entries(chinese).flatMap(([key, text]) => (/^(languages|tools)\./.test(key) ? [text] : []));
await Promise.race([
	Promise.all([prepareFonts("zh-Hans", FIRST_TEXTS.join("")), prepareNames(LANGUAGE_NAMES)]),
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
