import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/contrast.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { LANGUAGES } from "../../protocol/model/language.ts";
import { openAudio } from "../ui/chime.ts";
import { prepareFonts } from "../ui/fonts.ts";
import { createStore } from "../ui/store.ts";
import { createAnnouncer } from "./effects/announcer.ts";
import { feedBoard } from "./effects/feed.ts";
import { textOf } from "./messages/messages.ts";
import { BoardScreen } from "./screens/board-screen.tsx";
import { INITIAL_STATE, reduceBoard } from "./state/board-state.ts";

/* Wires the board's store, effects and screen. */

const store = createStore(reduceBoard, INITIAL_STATE);
const announcer = createAnnouncer(openAudio(), () => Date.now() + store.read().clockOffsetMs);

// Sound follows the same state as the screen: a call is announced once it is shown.
let announced = store.read().toAnnounce;
store.subscribe(() => {
	const { board, toAnnounce } = store.read();
	announcer.keepOnly(board?.calls ?? []);
	if (toAnnounce === announced) return;
	announced = toAnnounce;
	announcer.announce(toAnnounce);
});

for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, () => announcer.unblock());
feedBoard(store, announcer);

// Rows and notices may be in any language: their fonts are loaded before the board is first shown.
await Promise.all(LANGUAGES.map((language) => prepareFonts(language, textOf(language))));

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<BoardScreen store={store} announcer={announcer} />
		</StrictMode>,
	);
}
