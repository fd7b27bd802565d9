import { type ComponentType, useInsertionEffect } from "react";
import styles from "./app.module.css";
import { useKiosk, useKioskContext } from "./components/context.ts";
import { askStaff, ErrorBoundary } from "./components/error-boundary.tsx";
import { Header } from "./components/header.tsx";
import { late } from "./components/lazy.tsx";
import { Toolbar } from "./components/toolbar.tsx";
import { useSettled } from "./components/use-settled.ts";
import { showOnHtml } from "./effects/html-attributes.ts";
import { LanguagesScreen } from "./screens/languages-screen.tsx";
import { MessageScreen } from "./screens/message-screen.tsx";
import type { Link, Visit } from "./state/state.ts";

const lazyScreen = <Props extends object>(fetch: () => Promise<{ default: ComponentType<Props> }>) =>
	late(fetch, <main />, <MessageScreen message="lost" />);

/** Screens that nobody sees first follow after the first one: its JavaScript is what everybody waits for. */
const staffDialog = late(() => import("./components/staff-dialog.tsx"));
const idleDialog = late(() => import("./components/idle-dialog.tsx"));
const readAloudDialog = late(() => import("./components/read-aloud-dialog.tsx"));
const topicsScreen = lazyScreen(() => import("./screens/topics-screen.tsx"));
const searchScreen = lazyScreen(() => import("./screens/search-screen.tsx"));
const elsewhereScreen = lazyScreen(() => import("./screens/other-sites-screen.tsx"));
const planScreen = lazyScreen(() => import("./screens/plan-screen.tsx"));
const lackingScreen = lazyScreen(() => import("./screens/missing-documents-screen.tsx"));
const awayScreen = lazyScreen(() => import("./screens/unavailable-screen.tsx"));
const ticketScreen = lazyScreen(() => import("./screens/ticket-screen.tsx"));
const checkInScreen = lazyScreen(() => import("./screens/check-in-screen.tsx"));
const documentsScreen = lazyScreen(() => import("./screens/documents-screen.tsx"));

/** Fetches them before anything can go wrong. What cannot be had now is asked for when it is needed. */
export async function holdScreens(): Promise<void> {
	await Promise.all(
		[
			topicsScreen,
			documentsScreen,
			ticketScreen,
			searchScreen,
			elsewhereScreen,
			planScreen,
			lackingScreen,
			awayScreen,
			checkInScreen,
			staffDialog,
			idleDialog,
			readAloudDialog,
			askStaff,
		].map((screen) => screen.hold()),
	);
}

export function App() {
	const { messages } = useKioskContext();
	const visit = useKiosk("visit");
	const modes = useKiosk("modes");
	const overlay = useKiosk("overlay").kind;
	const link = useKiosk("link").kind;
	const settled = useSettled(useKiosk("settledAt"));
	// After the old screen is gone, which need not be drawn again under another language, and before the new one is measured.
	useInsertionEffect(() => showOnHtml(document.documentElement, { visit, modes }, messages.has));
	return (
		<ErrorBoundary>
			<div className={styles.frame} data-settling={settled ? undefined : ""}>
				<Header />
				<Screen visit={visit} link={link} />
				<Toolbar />
			</div>
			{overlay === "staff" && <staffDialog.Screen />}
			{overlay === "idle" && <idleDialog.Screen />}
			{overlay === "listen" && <readAloudDialog.Screen />}
		</ErrorBoundary>
	);
}

/** Which screen a visit shows. A ticket in hand outlives the station; everything else waits for it. */
function Screen({ visit, link }: { visit: Visit; link: Link["kind"] }) {
	if (visit.at === "ticket") return <ticketScreen.Screen key="ticket" visit={visit} />;
	if (visit.at === "refused") return <MessageScreen key="refused" message="refused" />;
	// So does the way of a ticket in hand into another language.
	const held = (visit.at === "languages" || visit.at === "opening") && visit.same?.held !== undefined;
	if (link === "lost" && !held) return <MessageScreen key="lost" message="lost" />;
	switch (visit.at) {
		case "languages":
		case "opening":
			return <LanguagesScreen key="languages" opening={visit.at === "opening" ? visit.language : null} />;
		case "topics":
			return <topicsScreen.Screen key={`topics ${visit.page}`} visit={visit} />;
		case "search":
			return <searchScreen.Screen key="search" visit={visit} />;
		case "other-sites":
			return <elsewhereScreen.Screen key={`elsewhere ${visit.page}`} visit={visit} />;
		case "plan":
			return <planScreen.Screen key={`plan ${visit.page}`} visit={visit} />;
		case "missing-documents":
			return <lackingScreen.Screen key="missing-documents" visit={visit} />;
		case "unavailable":
			return <awayScreen.Screen key="unavailable" visit={visit} />;
		case "check-in":
			return <checkInScreen.Screen key="check-in" visit={visit} />;
		case "documents":
			return <documentsScreen.Screen key="documents" visit={visit} />;
		case "issuing":
			return <ticketScreen.Screen key="ticket" visit={visit} />;
	}
}
