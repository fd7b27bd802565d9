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
import { createPrinterEffects } from "./effects/printer-effects.ts";
import { translateIn } from "./messages/messages.ts";
import { PrinterScreen } from "./screens/printer-screen.tsx";
import { FIRST_STATE, reducePrinter } from "./state/state.ts";

/* The composition of the virtual printer's page: the only file that names the browser's own objects. */

const store = createStore(reducePrinter, FIRST_STATE);
const language = preferredStaffLanguage(navigator.languages, "en");
const t = translateIn(language);
document.documentElement.lang = language;
document.title = t("title");

const printer = createPrinterEffects(
	store,
	(input, init) => fetch(input, init),
	(listener) => keepEventStream("/api/printer/events", listener),
);

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<PrinterScreen store={store} printer={printer} language={language} t={t} />
		</StrictMode>,
	);
}
