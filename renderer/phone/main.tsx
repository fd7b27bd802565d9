import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createStore } from "../ui/store.ts";
import { openCallAlert } from "./effects/call-alert.ts";
import { openNotifications } from "./effects/notifications.ts";
import { startPolling } from "./effects/poll.ts";
import { openStation } from "./effects/station-client.ts";
import { PhoneScreen } from "./screens/phone-screen.tsx";
import { readCode } from "./state/code.ts";
import { initialState, reducePhone } from "./state/state.ts";

/* Wires the phone page's store, effects and screen. */

const store = createStore(reducePhone, initialState(readCode(location.hash.slice(1))));
const alert = openCallAlert(store);
const station = openStation();
const notifications = openNotifications(store, station);
const phone = startPolling(store, station);

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<PhoneScreen store={store} phone={phone} alert={alert} notifications={notifications} />
		</StrictMode>,
	);
}
