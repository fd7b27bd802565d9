import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { preferredStaffLanguage } from "../i18n/staff-languages.ts";
import { keepEventStream } from "../ui/event-stream.ts";
import { createStore } from "../ui/store.ts";
import { createFleet } from "./effects/fleet-effects.ts";
import { EVENTS, openServer } from "./effects/server-client.ts";
import { FleetScreen } from "./screens/fleet-screen.tsx";
import { type FleetState, reduceFleet } from "./state/state.ts";

/* The composition of the fleet page: the only file that names the browser's own objects. */

const RETRY_INTERVAL_MS = 3_000;

const store = createStore(reduceFleet, { at: "loading" } as FleetState);
const fleet = createFleet(store, {
	server: openServer((input, init) => fetch(input, init)),
	watch: (listener) => keepEventStream(EVENTS, listener),
	clock: () => Date.now(),
	later: (run) => void window.setTimeout(run, RETRY_INTERVAL_MS),
});
void fleet.open();

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<FleetScreen store={store} fleet={fleet} firstLanguage={preferredStaffLanguage(navigator.languages)} />
		</StrictMode>,
	);
}
