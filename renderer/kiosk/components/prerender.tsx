import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { Language } from "../../../protocol/model/language.ts";
import { directionOf } from "../../i18n/languages.ts";
import { createStore } from "../../ui/store.ts";
import TicketScreen from "../screens/ticket-screen.tsx";
import TopicsScreen from "../screens/topics-screen.tsx";
import { reduceKiosk } from "../state/reduce.ts";
import type { Visit } from "../state/state.ts";
import { KioskContext, type KioskDeps } from "./context.ts";
import styles from "./prerender.module.css";

/**
 * Draws the screens that a visitor who reads `language` will see, one after the other, each for one frame under the
 * one that is shown, too faint to be seen: the program is then compiled, the words are shaped, the size at which they
 * fit is found and the pictures are made. It can be neither touched nor heard. Measured on a processor slowed down
 * four times (npm run bench): the first touch takes 290 ms without, 210 where it is not painted, 140 so.
 */
export async function prerender(deps: KioskDeps, language: Language): Promise<void> {
	const topic = deps.store.read().topics[language]?.topics[0]?.id;
	if (topic === undefined) return;
	const common = { language, key: "rehearsal" };
	const topics = { ...common, at: "topics", page: 0, notice: "none" } as const;
	const issuing = { ...common, at: "issuing", topic, nextTopics: [], people: 1, since: 0 } as const;
	await showOnce(deps, topics, <TopicsScreen visit={topics} />);
	await showOnce(deps, issuing, <TicketScreen visit={issuing} />);
	performance.mark(`rehearsed ${language}`);
}

async function showOnce(deps: KioskDeps, visit: Visit & { language: Language }, screen: React.ReactNode) {
	const stage = document.createElement("div");
	stage.inert = true;
	stage.className = styles.stage ?? "";
	stage.lang = visit.language;
	stage.dir = directionOf(visit.language);
	document.body.append(stage);
	const store = createStore(reduceKiosk, { ...deps.store.read(), visit });
	const root = createRoot(stage);
	try {
		flushSync(() =>
			root.render(
				<KioskContext value={{ ...deps, store }}>
					<header />
					{screen}
					<footer />
				</KioskContext>,
			),
		);
		// The second frame begins when the first is painted.
		await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
	} finally {
		root.unmount();
		stage.remove();
	}
}
