import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createStore } from "../ui/store.ts";
import { createSetup } from "./effects/setup-effects.ts";
import { openStation, savedToken } from "./effects/station-client.ts";
import { languageFor } from "./messages/messages.ts";
import { SetupScreen } from "./screens/setup-screen.tsx";
import { reduceSetup, type SetupState } from "./state/state.ts";

/* The pairing page's parts are put together here and nowhere else. */

const LOOK_AGAIN_AFTER = 3_000;

const store = createStore(reduceSetup, { at: "loading" } as SetupState);
const pair = createSetup(store, {
	station: openStation((input, init) => fetch(input, init)),
	token: savedToken(sessionStorage),
	later: (action) => void window.setTimeout(action, LOOK_AGAIN_AFTER),
});
void pair.open();

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<SetupScreen store={store} pair={pair} firstLanguage={languageFor(navigator.languages)} />
		</StrictMode>,
	);
}
