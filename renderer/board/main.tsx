import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/contrast.css";
import "../ui/fonts/base.css";
import "../ui/fonts/chinese.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { LANGUAGES } from "../i18n/languages.ts";
import { openAudio } from "../ui/chime.ts";
import { prepareFonts } from "../ui/fonts.ts";
import { createStore } from "../ui/store.ts";
import { createAnnouncer } from "./effects/announcer.ts";
import { feedBoard } from "./effects/feed.ts";
import { textOf } from "./messages/messages.ts";
import { BoardScreen } from "./screens/board-screen.tsx";
import { FIRST_STATE, reduceBoard } from "./state/board-state.ts";

/* The board's parts are put together here and nowhere else. */

const store = createStore(reduceBoard, FIRST_STATE);
const announcer = createAnnouncer(openAudio(), () => Date.now() + store.read().clockOffset);

// Text and sound are made from the same record: what is announced is what has just been shown.
let announced = store.read().toAnnounce;
store.subscribe(() => {
	const { picture, toAnnounce } = store.read();
	announcer.follow(picture?.calls ?? []);
	if (toAnnounce === announced) return;
	announced = toAnnounce;
	announcer.announce(toAnnounce);
});

for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, () => announcer.unblock());
feedBoard(store);

// Any row and the notices may be in any language: what the board itself says is drawable before it is first shown.
await Promise.all(LANGUAGES.map((language) => prepareFonts(language, textOf(language))));

const root = document.getElementById("root");
if (root !== null) {
	createRoot(root).render(
		<StrictMode>
			<BoardScreen store={store} announcer={announcer} />
		</StrictMode>,
	);
}
