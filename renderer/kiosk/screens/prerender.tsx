import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { directionOf, type Language } from "../../../protocol/model/language.ts";
import { createStore } from "../../ui/store.ts";
import { KioskContext, type KioskDeps } from "../components/context.ts";
import { reduceKiosk } from "../state/reduce.ts";
import type { KioskState } from "../state/state.ts";
import styles from "./prerender.module.css";
import TicketScreen from "./ticket-screen.tsx";
import TopicsScreen from "./topics-screen.tsx";

/**
 * Renders the next screens of a visitor who reads `language`, each for one frame behind the current one and nearly
 * transparent. This compiles the code, shapes the text, finds the text size and decodes the icons. Touch and screen
 * readers do not reach it. On a processor slowed down four times (npm run bench) the first touch takes 290 ms without
 * prerendering, 210 ms if the screens are rendered but not painted, and 140 ms like this.
 */
export async function prerender(deps: KioskDeps, language: Language): Promise<void> {
	const topic = deps.store.read().topics[language]?.topics[0]?.id;
	if (topic === undefined) return;
	const common = { language, key: "prerender" };
	const topics = { ...common, at: "topics", page: 0, notice: "none" } as const;
	const issuing = { ...common, at: "issuing", topic, nextTopics: [], people: 1, since: 0 } as const;
	await showOnce(deps, topics, <TopicsScreen state={topics} />);
	await showOnce(deps, issuing, <TicketScreen state={issuing} />);
	performance.mark(`prerendered ${language}`);
}

async function showOnce(deps: KioskDeps, state: KioskState & { language: Language }, screen: React.ReactNode) {
	const stage = document.createElement("div");
	stage.inert = true;
	stage.className = styles.stage ?? "";
	stage.lang = state.language;
	stage.dir = directionOf(state.language);
	document.body.append(stage);
	const store = createStore(reduceKiosk, { ...deps.store.read(), state });
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
		// The second frame starts after the first is painted.
		await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
	} finally {
		root.unmount();
		stage.remove();
	}
}
