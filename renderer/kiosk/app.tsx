import { lazy, Suspense } from "react";
import styles from "./app.module.css";
import { useKiosk } from "./context.ts";
import { Header } from "./parts/header.tsx";
import { SafetyNet } from "./parts/safety-net.tsx";
import { Tools } from "./parts/tools.tsx";
import { useSettled } from "./parts/use-settled.ts";
import { LanguagesScreen } from "./screens/languages-screen.tsx";
import { MessageScreen } from "./screens/message-screen.tsx";
import type { Kiosk } from "./visit.ts";

/** Screens that nobody sees first follow after the first one: its JavaScript is what everybody waits for. */
const lateScreens = {
	topics: () => import("./screens/topics-screen.tsx"),
	staff: () => import("./parts/staff-dialog.tsx"),
	idle: () => import("./parts/idle-dialog.tsx"),
	listen: () => import("./parts/listen-dialog.tsx"),
	plan: () => import("./screens/plan-screen.tsx"),
	lacking: () => import("./screens/lacking-screen.tsx"),
	away: () => import("./screens/away-screen.tsx"),
	documents: async () => ({ default: (await import("./screens/documents-screen.tsx")).DocumentsScreen }),
	ticket: async () => ({ default: (await import("./screens/ticket-screen.tsx")).TicketScreen }),
	checkIn: () => import("./screens/check-in-screen.tsx"),
};
const IdleDialog = lazy(lateScreens.idle);
const StaffDialog = lazy(lateScreens.staff);
const ListenDialog = lazy(lateScreens.listen);
const TopicsScreen = lazy(lateScreens.topics);
const PlanScreen = lazy(lateScreens.plan);
const LackingScreen = lazy(lateScreens.lacking);
const AwayScreen = lazy(lateScreens.away);
const TicketScreen = lazy(lateScreens.ticket);
const CheckInScreen = lazy(lateScreens.checkIn);
const DocumentsScreen = lazy(lateScreens.documents);

/** Fetches them before anything can go wrong. What cannot be had now is asked for when it is needed. */
export function holdScreens(): void {
	for (const fetchScreen of Object.values(lateScreens)) fetchScreen().catch(() => {});
}

export function App() {
	const kiosk = useKiosk();
	const settled = useSettled(kiosk.settledAt);
	return (
		<SafetyNet>
			<div className={styles.frame} data-settling={settled ? undefined : ""}>
				<Header />
				<Suspense fallback={<main />}>
					<Screen kiosk={kiosk} />
				</Suspense>
				<Tools />
			</div>
			<Suspense fallback={null}>
				{kiosk.overlay.kind === "staff" && <StaffDialog />}
				{kiosk.overlay.kind === "idle" && <IdleDialog />}
				{kiosk.overlay.kind === "listen" && <ListenDialog />}
			</Suspense>
		</SafetyNet>
	);
}

/** Which screen a visit shows. A ticket in hand outlives the station; everything else waits for it. */
function Screen({ kiosk }: { kiosk: Kiosk }) {
	const { visit, link } = kiosk;
	if (visit.at === "ticket") return <TicketScreen key="ticket" visit={visit} />;
	if (visit.at === "refused") return <MessageScreen key="refused" message="refused" />;
	if (link.kind === "lost") return <MessageScreen key="lost" message="lost" />;
	switch (visit.at) {
		case "languages":
		case "opening":
			return <LanguagesScreen key="languages" opening={visit.at === "opening" ? visit.language : null} />;
		case "topics":
			return <TopicsScreen key={`topics ${visit.page}`} visit={visit} />;
		case "plan":
			return <PlanScreen key={`plan ${visit.page}`} visit={visit} />;
		case "lacking":
			return <LackingScreen key="lacking" visit={visit} />;
		case "away":
			return <AwayScreen key="away" visit={visit} />;
		case "check-in":
			return <CheckInScreen key="check-in" visit={visit} />;
		case "documents":
			return <DocumentsScreen key="documents" visit={visit} />;
		case "issuing":
			return <TicketScreen key="ticket" visit={visit} />;
	}
}
