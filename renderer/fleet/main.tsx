import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepEventStream } from "../ui/event-stream.ts";
import { createStore } from "../ui/store.ts";
import { createFleet } from "./effects/fleet-effects.ts";
import { EVENTS, openServer } from "./effects/server-client.ts";
import { FleetScreen } from "./screens/fleet-screen.tsx";
import { type FleetState, reduceFleet } from "./state/state.ts";

/* The fleet page's parts are put together here and nowhere else. */

const LOOK_AGAIN_AFTER = 3_000;

const store = createStore(reduceFleet, { at: "loading" } as FleetState);
const fleet = createFleet(store, {
	server: openServer((input, init) => fetch(input, init)),
	watch: (listener) => keepEventStream(EVENTS, listener),
	clock: () => Date.now(),
	later: (action) => void window.setTimeout(action, LOOK_AGAIN_AFTER),
});
void fleet.open();

const asked = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag));
const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<FleetScreen store={store} fleet={fleet} firstLanguage={asked?.startsWith("en") ? "en" : "zh-Hans"} />
		</StrictMode>,
	);
}
