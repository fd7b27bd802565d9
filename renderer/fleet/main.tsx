import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createFleetClient, FLEET_EVENTS } from "../../api-client/fleet-client.ts";
import { preferredStaffLanguage } from "../i18n/staff-languages.ts";
import { keepEventStream } from "../ui/event-stream.ts";
import { createStore } from "../ui/store.ts";
import { createFleet } from "./effects/fleet-effects.ts";
import { FleetScreen } from "./screens/fleet-screen.tsx";
import { type FleetState, reduceFleet } from "./state/state.ts";

/* The composition of the fleet page: the only file that names the browser's own objects. */

const RETRY_INTERVAL_MS = 3_000;
/** A catalogue of twelve languages is some 200 KB: also over a slow line. */
const ANSWER_TIMEOUT_MS = 30_000;

const FIRST: FleetState = { at: "loading" };
const store = createStore(reduceFleet, FIRST);
const fleet = createFleet(store, {
	server: createFleetClient({ timeoutMs: ANSWER_TIMEOUT_MS }),
	watch: (listener) => keepEventStream(FLEET_EVENTS, listener),
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
