import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { preferredStaffLanguage } from "../i18n/staff-languages.ts";
import { createStore } from "../ui/store.ts";
import { createSetup } from "./effects/setup-effects.ts";
import { openStation, savedToken } from "./effects/station-client.ts";
import { SetupScreen } from "./screens/setup-screen.tsx";
import { reduceSetup, type SetupState } from "./state/state.ts";

/* The composition of the setup page: the only file that names the browser's own objects. */

const RELOAD_INTERVAL_MS = 3_000;

const store = createStore(reduceSetup, { at: "loading" } as SetupState);
const setup = createSetup(store, {
	station: openStation(),
	token: savedToken(sessionStorage),
	later: (run) => void window.setTimeout(run, RELOAD_INTERVAL_MS),
});
void setup.open();

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<SetupScreen store={store} setup={setup} firstLanguage={preferredStaffLanguage(navigator.languages)} />
		</StrictMode>,
	);
}
