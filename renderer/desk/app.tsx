import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import type { StationClient } from "../../api-client/station-client.ts";
import { formatTime } from "../i18n/format-time.ts";
import type { StaffLanguage } from "../i18n/staff-languages.ts";
import type { Store } from "../ui/store.ts";
import styles from "./app.module.css";
import shared from "./components/shared.module.css";
import { TopBar } from "./components/top-bar.tsx";
import type { Desk } from "./effects/desk-effects.ts";
import { savedLanguage, saveLanguage } from "./effects/local-storage.ts";
import { messagesFor } from "./messages/messages.ts";
import { CounterScreen } from "./screens/counter-screen.tsx";
import { SignInScreen } from "./screens/sign-in-screen.tsx";
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
	const clock = (instant: number) => formatTime(instant, language, topics?.site.timezone);

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
				onSignOut={() => void desk.signOut()}
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
			{auth.kind === "signed-in" && isSupervising ? (
				<Suspense fallback={<p className={shared.loading}>{messages.t("loading")}</p>}>
					<Supervision
						session={auth.session}
						client={client}
						topics={topics?.topics ?? []}
						changed={auth.queue?.seq ?? 0}
						messages={messages}
						now={now + state.clockOffset}
						clock={clock}
						onLeave={() => setSupervising(false)}
					/>
				</Suspense>
			) : auth.kind === "signed-in" ? (
				<CounterScreen state={state} auth={auth} desk={desk} messages={messages} now={now} clock={clock} />
			) : (
				<SignInScreen status={auth.signIn} site={topics?.site ?? null} desk={desk} messages={messages} clock={clock} />
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
