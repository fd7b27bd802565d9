import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/dark.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { PrinterDeps, PrinterPicture } from "../../protocol/api/printer-simulator.ts";
import { keepEventStream } from "../ui/event-stream.ts";
import { createStore } from "../ui/store.ts";
import { languageFor, wordsIn } from "./messages/messages.ts";
import { PrinterScreen } from "./screens/printer-screen.tsx";
import { FIRST_STATE, reducePrinter } from "./state/state.ts";

/* The printer page's parts are put together here and nowhere else. */

const store = createStore(reducePrinter, FIRST_STATE);
const language = languageFor(navigator.languages);
const t = wordsIn(language);
document.documentElement.lang = language;
document.title = t("title");

keepEventStream("/api/printer/events", {
	// The first message follows at once and says all.
	onOpen: () => {},
	onMessage: (data) => store.dispatch({ type: "picture", picture: data as PrinterPicture }),
	onLost: () => store.dispatch({ type: "lost" }),
});

/** What has changed comes back by the stream. */
async function change(parts: Partial<PrinterDeps>): Promise<void> {
	try {
		const answer = await fetch("/api/printer", {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(parts),
		});
		if (answer.ok) store.dispatch({ type: "acted" });
		else store.dispatch({ type: "failed", reason: ((await answer.json()) as { message: string }).message });
	} catch {
		store.dispatch({ type: "lost" });
	}
}

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<PrinterScreen store={store} language={language} t={t} change={(parts) => void change(parts)} />
		</StrictMode>,
	);
}
