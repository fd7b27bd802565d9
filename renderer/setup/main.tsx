import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createStore } from "../ui/store.ts";
import { createPair } from "./effects/setup-effects.ts";
import { keptToken, openStation } from "./effects/station-client.ts";
import { languageFor } from "./messages/messages.ts";
import { PairScreen } from "./screens/setup-screen.tsx";
import { type PairState, reducePair } from "./state/state.ts";

/* The pairing page's parts are put together here and nowhere else. */

const LOOK_AGAIN_AFTER = 3_000;

const store = createStore(reducePair, { at: "loading" } as PairState);
const pair = createPair(store, {
	station: openStation((input, init) => fetch(input, init)),
	token: keptToken(sessionStorage),
	later: (act) => void window.setTimeout(act, LOOK_AGAIN_AFTER),
});
void pair.open();

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<PairScreen store={store} pair={pair} firstLanguage={languageFor(navigator.languages)} />
		</StrictMode>,
	);
}
