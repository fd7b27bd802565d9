import styles from "./app.module.css";
import { useKiosk } from "./context.ts";
import { Header } from "./parts/header.tsx";
import { IdleDialog } from "./parts/idle-dialog.tsx";
import { SafetyNet } from "./parts/safety-net.tsx";
import { StaffDialog } from "./parts/staff-dialog.tsx";
import { Tools } from "./parts/tools.tsx";
import { useSettled } from "./parts/use-settled.ts";
import { DocumentsScreen } from "./screens/documents-screen.tsx";
import { LanguagesScreen } from "./screens/languages-screen.tsx";
import { MessageScreen } from "./screens/message-screen.tsx";
import { TicketScreen } from "./screens/ticket-screen.tsx";
import { TopicsScreen } from "./screens/topics-screen.tsx";
import type { Kiosk } from "./visit.ts";

export function App() {
	const kiosk = useKiosk();
	const settled = useSettled(kiosk.settledAt);
	return (
		<SafetyNet>
			<div className={styles.frame} data-settling={settled ? undefined : ""}>
				<Header />
				<Screen kiosk={kiosk} />
				<Tools />
			</div>
			<IdleDialog />
			<StaffDialog />
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
		case "documents":
			return <DocumentsScreen key="documents" visit={visit} />;
		case "issuing":
			return <TicketScreen key="ticket" visit={visit} />;
	}
}
