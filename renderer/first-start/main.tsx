import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import "./first-start.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createStore } from "../ui/store.ts";
import { createFirstStart } from "./effects/first-start-effects.ts";
import { FirstStartScreen } from "./screens/first-start-screen.tsx";
import { INITIAL_STATE, placeOf, readPlace, reduceFirstStart } from "./state/state.ts";

/* The composition of the first start: the only file that names the browser's own objects. */

/** Only where somebody is; what a step has done is at the station. */
const PLACE_KEY = "paihao.first-start";

/** As the kiosk's page reads it (kiosk/effects/page-address.ts); a shared file would be one more for its first screen. */
const address = new URLSearchParams(location.hash.slice(1));
const pixelsPerMillimetre = Number(address.get("mm"));
if (pixelsPerMillimetre >= 1 && pixelsPerMillimetre <= 20)
	document.documentElement.style.setProperty("--mm", `${pixelsPerMillimetre}px`);

const store = createStore(reduceFirstStart, INITIAL_STATE);
const firstStart = createFirstStart({
	key: address.get("key") ?? "",
	store,
	sleep: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
	reload: () => location.reload(),
});
store.subscribe(() => {
	const place = placeOf(store.read());
	if (place) localStorage.setItem(PLACE_KEY, JSON.stringify(place));
	else if (store.read().at === "done") localStorage.removeItem(PLACE_KEY);
});
void firstStart.open(readPlace(localStorage.getItem(PLACE_KEY)));

// Nothing is copied, dragged or selected here, and no menu opens.
for (const kind of ["contextmenu", "dragstart", "dragover", "drop", "selectstart"])
	addEventListener(kind, (event) => event.preventDefault());

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<FirstStartScreen
				store={store}
				firstStart={firstStart}
				hasSecondDisplay={"isExtended" in screen && screen.isExtended === true}
				isShell={"paihao" in globalThis}
				openKiosk={() => location.reload()}
			/>
		</StrictMode>,
	);
}
