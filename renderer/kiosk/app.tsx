import { type ComponentType, useInsertionEffect } from "react";
import styles from "./app.module.css";
import { useKiosk, useKioskContext } from "./components/context.ts";
import { Header } from "./components/header.tsx";
import { lazy } from "./components/lazy.tsx";
import { Toolbar } from "./components/toolbar.tsx";
import { useSettled } from "./components/use-settled.ts";
import { setHtmlAttributes } from "./effects/html-attributes.ts";
import { askStaff, ErrorBoundary } from "./screens/error-boundary.tsx";
import { LanguagesScreen } from "./screens/languages-screen.tsx";
import { MessageScreen } from "./screens/message-screen.tsx";
import type { KioskState, Link } from "./state/state.ts";

const lazyScreen = <Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) =>
	lazy(load, <main />, <MessageScreen message="connectionLost" />);

/** Every other screen is loaded after the first one, whose JavaScript every visitor waits for. */
const staffDialog = lazy(() => import("./components/staff-dialog.tsx"));
const idleDialog = lazy(() => import("./components/idle-dialog.tsx"));
const readAloudDialog = lazy(() => import("./components/read-aloud-dialog.tsx"));
const topicsScreen = lazyScreen(() => import("./screens/topics-screen.tsx"));
const searchScreen = lazyScreen(() => import("./screens/search-screen.tsx"));
const otherSitesScreen = lazyScreen(() => import("./screens/other-sites-screen.tsx"));
const planScreen = lazyScreen(() => import("./screens/plan-screen.tsx"));
const missingDocumentsScreen = lazyScreen(() => import("./screens/missing-documents-screen.tsx"));
const unavailableScreen = lazyScreen(() => import("./screens/unavailable-screen.tsx"));
const ticketScreen = lazyScreen(() => import("./screens/ticket-screen.tsx"));
const checkInScreen = lazyScreen(() => import("./screens/check-in-screen.tsx"));
const documentsScreen = lazyScreen(() => import("./screens/documents-screen.tsx"));

/** Loads all screens while the station can be reached. What fails is requested again when it is needed. */
export async function preloadScreens(): Promise<void> {
	await Promise.all(
		[
			topicsScreen,
			documentsScreen,
			ticketScreen,
			searchScreen,
			otherSitesScreen,
			planScreen,
			missingDocumentsScreen,
			unavailableScreen,
			checkInScreen,
			staffDialog,
			idleDialog,
			readAloudDialog,
			askStaff,
		].map((screen) => screen.preload()),
	);
}

export function App() {
	const { messages } = useKioskContext();
	const state = useKiosk("state");
	const modes = useKiosk("modes");
	const overlay = useKiosk("overlay").kind;
	const link = useKiosk("link").kind;
	const settled = useSettled(useKiosk("settledAt"));
	// After the old screen is gone, so that it is not drawn again in another language, and before the new one is measured.
	useInsertionEffect(() => setHtmlAttributes(document.documentElement, { state, modes }, messages.has));
	return (
		<ErrorBoundary>
			<div className={styles.frame} data-settling={settled ? undefined : ""}>
				<Header />
				<Screen state={state} link={link} />
				<Toolbar />
			</div>
			{overlay === "staff" && <staffDialog.Screen />}
			{overlay === "idle" && <idleDialog.Screen />}
			{overlay === "read-aloud" && <readAloudDialog.Screen />}
		</ErrorBoundary>
	);
}

/** The screen of a state. A ticket stays on the screen when the station is lost; every other screen gives way to a message. */
function Screen({ state, link }: { state: KioskState; link: Link["kind"] }) {
	if (state.at === "ticket") return <ticketScreen.Screen key="ticket" state={state} />;
	if (state.at === "refused") return <MessageScreen key="refused" message="refused" />;
	// A visitor with a ticket who selects another language keeps it too.
	const hasTicket = (state.at === "languages" || state.at === "opening") && state.visitor?.ticketInHand !== undefined;
	if (link === "lost" && !hasTicket) return <MessageScreen key="connection-lost" message="connectionLost" />;
	switch (state.at) {
		case "languages":
		case "opening":
			return <LanguagesScreen key="languages" opening={state.at === "opening" ? state.language : null} />;
		case "topics":
			return <topicsScreen.Screen key={`topics ${state.page}`} state={state} />;
		case "search":
			return <searchScreen.Screen key="search" state={state} />;
		case "other-sites":
			return <otherSitesScreen.Screen key={`other-sites ${state.page}`} state={state} />;
		case "plan":
			return <planScreen.Screen key={`plan ${state.page}`} state={state} />;
		case "missing-documents":
			return <missingDocumentsScreen.Screen key="missing-documents" state={state} />;
		case "unavailable":
			return <unavailableScreen.Screen key="unavailable" state={state} />;
		case "check-in":
			return <checkInScreen.Screen key="check-in" state={state} />;
		case "checklist":
		case "documents":
			return <documentsScreen.Screen key="documents" state={state} />;
		case "issuing":
			return <ticketScreen.Screen key="ticket" state={state} />;
		default:
			return state satisfies never;
	}
}
