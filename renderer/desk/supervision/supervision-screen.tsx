import { type ComponentType, lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { StationClient } from "../../../api-client/station-client.ts";
import type { Topic } from "../../../protocol/api/board.ts";
import hidden from "../../ui/visually-hidden.module.css";
import { ErrorLine } from "../components/error-line.tsx";
import { useGuardedKeys } from "../components/use-guarded-keys.ts";
import { type ErrorText, errorText } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import type { Session } from "../state/state.ts";
import { ActivityPanel } from "./activity-panel.tsx";
import { CountersPanel } from "./counters-panel.tsx";
import { DevicesPanel } from "./devices-panel.tsx";
import { translateIn } from "./messages.ts";
import type { PanelProps } from "./panel.tsx";
import { PrinterSetupPanel } from "./printer-setup-panel.tsx";
import { SitePanel } from "./site-panel.tsx";
import { StaffPanel } from "./staff-panel.tsx";
import { openSupervisor } from "./supervision-client.ts";
import styles from "./supervision-screen.module.css";
import { TopicsPanel } from "./topics-panel.tsx";
import { VisitsPanel } from "./visits-panel.tsx";

interface SupervisionProps {
	session: Session;
	client: StationClient;
	siteName: string;
	timeZone: string | undefined;
	topics: readonly Topic[];
	/** Rises with whatever happens at the station. */
	changed: number;
	messages: Messages;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
	onLeave(): void;
}

/** With its plots it is larger than all other panels together. */
const StatisticsPanel = lazy(() => import("./statistics-panel.tsx"));

const TABS = {
	counters: CountersPanel,
	topics: TopicsPanel,
	staff: StaffPanel,
	visits: VisitsPanel,
	site: SitePanel,
	devices: DevicesPanel,
	activity: ActivityPanel,
	printer: PrinterSetupPanel,
	statistics: StatisticsPanel,
} as const satisfies Record<string, ComponentType<PanelProps>>;
type Tab = keyof typeof TABS;
const TAB_NAMES = Object.keys(TABS) as Tab[];

/** The supervisor's screen: counters, topics, accounts, expected visits, the site, devices, the activity log and the printer. */
export default function Supervision({ session, client, messages, clock, onLeave, ...shown }: SupervisionProps) {
	const [tab, setTab] = useState<Tab>("counters");
	const [result, setResult] = useState<(ErrorText & { isSuccess: boolean }) | null>(null);
	const t = translateIn(messages.language);
	const supervisor = useMemo(() => openSupervisor(client, session.token), [client, session.token]);
	const open = useCallback((name: Tab) => {
		setTab(name);
		setResult(null);
	}, []);
	useTabKeys(open, onLeave);

	const why: PanelProps["why"] = (answer) =>
		answer.kind === "unreachable" ? { text: t("unreachable"), code: null } : errorText(answer, messages, clock);
	const report: PanelProps["report"] = (answer) => {
		if (answer.kind === "ok") setResult({ isSuccess: true, text: t("saved"), code: null });
		else {
			const { text, code } = why(answer);
			setResult({ isSuccess: false, text: t("notDone", { why: text }), code });
		}
		return answer;
	};
	const Panel = TABS[tab];

	if (session.role === "agent")
		return (
			<main className={styles.page}>
				<p className={styles.empty}>{t("onlySupervisors")}</p>
			</main>
		);
	return (
		<main className={styles.page}>
			<h1 className={hidden.visuallyHidden}>{t("title")}</h1>
			<nav className={styles.tabs} aria-label={t("title")}>
				{TAB_NAMES.map((name, index) => (
					<button
						key={name}
						type="button"
						aria-current={name === tab ? "page" : undefined}
						aria-keyshortcuts={String(index + 1)}
						onClick={() => open(name)}
					>
						<span>{t(`tab_${name}`)}</span>
						<span aria-hidden="true" className={styles.key}>
							{index + 1}
						</span>
					</button>
				))}
			</nav>
			<section className={styles.panel} aria-labelledby="panel">
				<h2 id="panel">{t(`tab_${tab}`)}</h2>
				<p role="status" className={styles.result} data-success={result?.isSuccess}>
					{result !== null && <ErrorLine error={result} />}
				</p>
				<Suspense fallback={<p className={styles.empty}>{messages.t("loading")}</p>}>
					<Panel
						supervisor={supervisor}
						role={session.role}
						siteName={shown.siteName}
						timeZone={shown.timeZone}
						topics={shown.topics}
						changed={shown.changed}
						messages={messages}
						t={t}
						clock={clock}
						report={report}
						why={why}
					/>
				</Suspense>
			</section>
		</main>
	);
}

/** A digit opens its panel, Escape returns to the counter; what a reader sends does nothing. */
function useTabKeys(open: (tab: Tab) => void, leave: () => void): void {
	useGuardedKeys({
		actionOf({ key }) {
			const tab = TAB_NAMES[Number(key) - 1];
			return tab === undefined ? null : () => open(tab);
		},
		escape() {
			if (!isTextFocused()) leave();
		},
		read() {},
	});
}

const isTextFocused = () =>
	document.activeElement?.matches("input:not([type=checkbox], [type=radio]), select, textarea") ?? false;
