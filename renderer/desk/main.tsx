import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import "../ui/fonts/names.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepEventStream } from "../ui/event-stream.ts";
import { createStore } from "../ui/store.ts";
import { App } from "./app.tsx";
import { createDesk } from "./effects/desk-effects.ts";
import { keepSession, savedLanguage, savedSession } from "./effects/local-storage.ts";
import { makeAsk, openStation } from "./effects/station-client.ts";
import { firstState, reduceDesk } from "./state/state.ts";

/* The desk screen's parts are put together here and nowhere else. */

const ask = makeAsk((input, init) => fetch(input, init));
const store = createStore(reduceDesk, firstState(savedSession(sessionStorage)));
const desk = createDesk({
	store,
	station: openStation(ask),
	clock: () => Date.now(),
	later: (action, milliseconds) => window.setTimeout(action, milliseconds),
	forget: (timer) => window.clearTimeout(timer),
	keepSession: (session) => keepSession(sessionStorage, session),
});

desk.open(savedLanguage(localStorage));
// What the stream brings is only a hint to look: the queue itself is asked for. So is its end.
keepEventStream("/api/board/events", { onOpen: desk.hint, onMessage: desk.hint, onLost: desk.hint });

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<App store={store} desk={desk} ask={ask} />
		</StrictMode>,
	);
}
