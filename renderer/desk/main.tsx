import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import "../ui/fonts/names.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BOARD_EVENTS, createStationClient } from "../../api-client/station-client.ts";
import { keepEventStream } from "../ui/event-stream.ts";
import { createStore } from "../ui/store.ts";
import { App } from "./app.tsx";
import { createDesk } from "./effects/desk-effects.ts";
import { savedLanguage, savedSession, saveSession } from "./effects/local-storage.ts";
import { openStation } from "./effects/station-client.ts";
import { reduceDesk } from "./state/reduce.ts";
import { firstState } from "./state/state.ts";

/* The composition of the desk screen: the only file that names the browser's own objects. */

const client = createStationClient();
const store = createStore(reduceDesk, firstState(savedSession(sessionStorage)));
const desk = createDesk({
	store,
	station: openStation(client),
	clock: () => Date.now(),
	later: (run, delayMs) => window.setTimeout(run, delayMs),
	forget: (timer) => window.clearTimeout(timer),
	saveSession: (session) => saveSession(sessionStorage, session),
});

desk.open(savedLanguage(localStorage));
// A message of the stream only says that something changed: the desk then asks for the queue. A lost stream does too.
keepEventStream(BOARD_EVENTS, { onOpen: desk.hint, onMessage: desk.hint, onLost: desk.hint });

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<App store={store} desk={desk} client={client} />
		</StrictMode>,
	);
}
