import { useEffect, useState, useSyncExternalStore } from "react";
import { formatDateTime } from "../../i18n/format-time.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import icon from "../../ui/icon.svg";
import { LanguageChoice } from "../../ui/language-choice.tsx";
import type { Store } from "../../ui/store.ts";
import type { ViewProps } from "../components/view-props.ts";
import type { Fleet } from "../effects/fleet-effects.ts";
import styles from "../fleet.module.css";
import { type Translate, translateIn } from "../messages/messages.ts";
import { classifyBackup } from "../state/classify.ts";
import type { FleetEvent, FleetState, SignedIn, View } from "../state/state.ts";
import { CatalogueScreen } from "./catalogue-screen.tsx";
import { SignInScreen } from "./sign-in-screen.tsx";
import { StationsScreen } from "./stations-screen.tsx";
import { StatisticsScreen } from "./statistics-screen.tsx";

interface FleetScreenProps {
	store: Store<FleetState, FleetEvent>;
	fleet: Fleet;
	firstLanguage: StaffLanguage;
}

/** To add a view: its screen, its message `view.NAME` and a line here. */
const VIEWS: Readonly<Record<View, (props: ViewProps) => React.JSX.Element>> = {
	stations: StationsScreen,
	statistics: StatisticsScreen,
	catalogue: CatalogueScreen,
};

export function FleetScreen({ store, fleet, firstLanguage }: FleetScreenProps) {
	const state = useSyncExternalStore(store.subscribe, store.read);
	const [language, setLanguage] = useState(firstLanguage);
	const t = translateIn(language);

	useEffect(() => {
		document.documentElement.lang = language;
		document.title = translateIn(language)("title");
	}, [language]);

	return (
		<div className={styles.page}>
			<header className={styles.topBar}>
				<img src={icon} alt="" width="32" height="32" />
				<h1 className={styles.title}>{t("title")}</h1>
				{state.at === "signed-in" && (
					<>
						<nav className={styles.views}>
							{(Object.keys(VIEWS) as View[]).map((view) => (
								<button
									key={view}
									type="button"
									aria-current={view === state.view ? "page" : undefined}
									onClick={() => store.dispatch({ type: "view", view })}
								>
									{t(`view.${view}`)}
								</button>
							))}
						</nav>
						<Backup state={state} t={t} language={language} />
						<p className={styles.live} role="status" data-live={state.live}>
							{t(state.live ? "live" : "notLive")}
						</p>
						<p className={styles.who}>{state.snapshot.administrator}</p>
						<button type="button" className={styles.quiet} onClick={() => void fleet.signOut()}>
							{t("signOut")}
						</button>
					</>
				)}
				<LanguageChoice label={t("language")} chosen={language} onChoose={setLanguage} />
			</header>
			<Content state={state} store={store} fleet={fleet} t={t} language={language} />
		</div>
	);
}

/** The state of the server's own backup. */
function Backup({ state, t, language }: { state: SignedIn; t: Translate; language: StaffLanguage }) {
	const { backup, time } = state.snapshot;
	const backupStatus = classifyBackup(backup, time);
	if (backupStatus === "none") return null;
	return (
		<p
			className={styles.backup}
			data-severity={backupStatus === "never" || backupStatus === "old" ? "attention" : "good"}
		>
			{t(`backup.${backupStatus}`, { time: formatDateTime(backup.missingSince ?? time, language) })}
		</p>
	);
}

type ContentProps = Pick<FleetScreenProps, "store" | "fleet"> & {
	state: FleetState;
	t: Translate;
	language: StaffLanguage;
};

function Content({ state, store, fleet, t, language }: ContentProps) {
	switch (state.at) {
		case "loading":
			return <p className={styles.loading}>{t("loading")}</p>;
		case "unavailable":
			return (
				<p className={styles.loading} role="alert">
					{t("unavailable")}
				</p>
			);
		case "signed-out":
			return <SignInScreen state={state} fleet={fleet} t={t} />;
		case "signed-in": {
			const Shown = VIEWS[state.view];
			return <Shown state={state} dispatch={store.dispatch} fleet={fleet} t={t} language={language} />;
		}
	}
}
