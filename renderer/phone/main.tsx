import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createStore } from "../ui/store.ts";
import { readCode } from "./code.ts";
import { keepLooking } from "./look.ts";
import { PhoneScreen } from "./PhoneScreen.tsx";
import { firstState, reducePhone } from "./state.ts";
import { openStation } from "./station.ts";

/* The phone page's parts are put together here and nowhere else. */

const store = createStore(reducePhone, firstState(readCode(location.hash.slice(1))));
const phone = keepLooking(store, openStation(fetch.bind(globalThis)));

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<PhoneScreen store={store} phone={phone} />
		</StrictMode>,
	);
}
