import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { StationClient } from "../../api-client/station-client.ts";
import { formatTime } from "../i18n/format-time.ts";
import type { StaffLanguage } from "../i18n/staff-languages.ts";
import type { Store } from "../ui/store.ts";
import styles from "./app.module.css";
import { ClockBar } from "./components/clock-bar.tsx";
import { DiskBar } from "./components/disk-bar.tsx";
import { HelpBar } from "./components/help-bar.tsx";
import type { NoteDraft } from "./components/note-dialog.tsx";
import { SettingsDialog } from "./components/settings-dialog.tsx";
import shared from "./components/shared.module.css";
import { SignOutDialog } from "./components/sign-out-dialog.tsx";
import { SilentBoardBar } from "./components/silent-board-bar.tsx";
import { SiteClosedBar } from "./components/site-closed-bar.tsx";
import { StrandedBar } from "./components/stranded-bar.tsx";
import { TopBar } from "./components/top-bar.tsx";
import { useAttention } from "./components/use-attention.ts";
import type { Desk } from "./effects/desk-effects.ts";
import { savedLanguage, savedSettings, saveLanguage, saveSettings } from "./effects/local-storage.ts";
import { messagesFor } from "./messages/messages.ts";
import { CounterScreen } from "./screens/counter-screen.tsx";
import { SignInScreen } from "./screens/sign-in-screen.tsx";
import type { DeskSettings } from "./state/desk-settings.ts";
import { strandedTickets, ticketAtCounter } from "./state/queue.ts";
import type { DeskEvent, DeskState } from "./state/state.ts";

/** Only supervisors load it. */
const Supervision = lazy(() => import("./supervision/supervision-screen.tsx"));

interface AppProps {
	store: Store<DeskState, DeskEvent>;
	desk: Desk;
	client: StationClient;
}

export function App({ store, desk, client }: AppProps) {
	const state = useSyncExternalStore(store.subscribe, store.read);
	const [language, setLanguage] = useState<StaffLanguage>(() => savedLanguage(localStorage));
	const messages = messagesFor(language);
	const [isSupervising, setSupervising] = useState(false);
	const now = useNow();
	const { auth, topics, link } = state;
	const signedIn = auth.kind === "signed-in" ? auth : null;
	const [settings, setSettings] = useState<DeskSettings>(() => savedSettings(localStorage));
	const noteDraft = useRef<NoteDraft | null>(null);
	const [dialog, setDialog] = useState<"settings" | "sign-out" | null>(null);
	const atHand = signedIn?.queue ? ticketAtCounter(signedIn.queue, signedIn.session.counter) : null;
	const clock = (instant: number) => formatTime(instant, language, topics?.site.timezone);
	useAttention(signedIn, settings, messages, clock);

	useEffect(() => {
		document.documentElement.lang = language;
	}, [language]);

	function choose(chosen: StaffLanguage): void {
		saveLanguage(localStorage, chosen);
		setLanguage(chosen);
		desk.setLanguage(chosen);
	}

	return (
		<div className={styles.page}>
			<TopBar
				messages={messages}
				site={topics?.site ?? null}
				session={auth.kind === "signed-in" ? auth.session : null}
				time={clock(now + state.clockOffset)}
				onLanguage={choose}
				isSupervising={isSupervising}
				onSupervise={() => setSupervising(!isSupervising)}
				onSettings={() => setDialog("settings")}
				onSignOut={() => (atHand === null ? void desk.signOut() : setDialog("sign-out"))}
			/>
			<div role="alert">
				{link.kind === "lost" && (
					<p className={styles.lost}>
						<span aria-hidden="true" className={shared.sign}>
							!
						</span>
						{messages.t("linkLost", { time: clock(link.since + state.clockOffset) })}
					</p>
				)}
			</div>
			{signedIn !== null && (
				<div className={styles.alerts}>
					<HelpBar
						calls={signedIn.queue?.helpCalls ?? []}
						busy={signedIn.busy}
						messages={messages}
						clock={clock}
						onAnswer={(call) => void desk.answerHelp(call)}
					/>
					<ClockBar
						clock={state.clock}
						canConfirm={signedIn.session.role === "administrator"}
						messages={messages}
						onConfirm={() => void desk.confirmClock()}
					/>
					<SiteClosedBar site={topics?.site ?? null} now={now + state.clockOffset} messages={messages} />
					<DiskBar disk={state.disk} messages={messages} />
					<SilentBoardBar count={signedIn.queue?.silentBoards ?? 0} messages={messages} />
					{isSupervising && (
						<StrandedBar
							tickets={signedIn.queue?.seesStranded ? strandedTickets(signedIn.queue) : []}
							messages={messages}
						/>
					)}
				</div>
			)}
			{auth.kind === "signed-in" && isSupervising ? (
				<Suspense fallback={<p className={shared.loading}>{messages.t("loading")}</p>}>
					<Supervision
						session={auth.session}
						client={client}
						siteName={topics?.site.name ?? ""}
						timeZone={topics?.site.timezone}
						topics={topics?.topics ?? []}
						changed={auth.queue?.seq ?? 0}
						messages={messages}
						now={now + state.clockOffset}
						clock={clock}
						onLeave={() => setSupervising(false)}
					/>
				</Suspense>
			) : auth.kind === "signed-in" ? (
				<CounterScreen
					state={state}
					auth={auth}
					desk={desk}
					settings={settings}
					draft={noteDraft}
					messages={messages}
					now={now}
					clock={clock}
				/>
			) : (
				<SignInScreen status={auth.signIn} site={topics?.site ?? null} desk={desk} messages={messages} clock={clock} />
			)}
			{dialog === "settings" && (
				<SettingsDialog
					settings={settings}
					messages={messages}
					onChange={(changed) => {
						saveSettings(localStorage, changed);
						setSettings(changed);
					}}
					onDismiss={() => setDialog(null)}
				/>
			)}
			{dialog === "sign-out" && atHand !== null && (
				<SignOutDialog
					ticket={atHand}
					messages={messages}
					onChoose={(ticket) => {
						setDialog(null);
						void desk.signOut(ticket);
					}}
					onDismiss={() => setDialog(null)}
				/>
			)}
		</div>
	);
}

/** This machine's clock, updated every second. */
function useNow(): number {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		const timer = window.setInterval(() => setNow(Date.now()), 1000);
		return () => window.clearInterval(timer);
	}, []);
	return now;
}
