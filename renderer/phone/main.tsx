import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createStore } from "../ui/store.ts";
import { startPolling } from "./effects/poll.ts";
import { openStation } from "./effects/station-client.ts";
import { PhoneScreen } from "./screens/phone-screen.tsx";
import { readCode } from "./state/code.ts";
import { firstState, reducePhone } from "./state/state.ts";

/* The phone page's parts are put together here and nowhere else. */

const store = createStore(reducePhone, firstState(readCode(location.hash.slice(1))));
const phone = startPolling(store, openStation());

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<PhoneScreen store={store} phone={phone} />
		</StrictMode>,
	);
}
