import { useEffect, useState, useSyncExternalStore } from "react";
import icon from "../../ui/icon.svg";
import { LanguageChoice } from "../../ui/language-choice.tsx";
import type { Store } from "../../ui/store.ts";
import type { ViewProps } from "../components/view-props.ts";
import type { Fleet } from "../effects/fleet-effects.ts";
import styles from "../fleet.module.css";
import { moment } from "../messages/format-time.ts";
import { type FleetLanguage, type Translate, translateIn } from "../messages/messages.ts";
import { classifyBackup } from "../state/classify.ts";
import type { FleetEvent, FleetState, Looking, View } from "../state/state.ts";
import { CatalogueView } from "./catalogue-screen.tsx";
import { SignIn } from "./sign-in-screen.tsx";
import { StationsView } from "./stations-screen.tsx";

interface FleetScreenProps {
	store: Store<FleetState, FleetEvent>;
	fleet: Fleet;
	firstLanguage: FleetLanguage;
}

/** A part of the console is a view, a word and a line here. */
const VIEWS: Readonly<Record<View, (props: ViewProps) => React.JSX.Element>> = {
	stations: StationsView,
	catalogue: CatalogueView,
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
				{state.at === "looking" && (
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
						<p className={styles.who}>{state.picture.administrator}</p>
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

/** How far the server's own backup reaches. */
function Backup({ state, t, language }: { state: Looking; t: Translate; language: FleetLanguage }) {
	const { backup, time } = state.picture;
	const isBacked = classifyBackup(backup, time);
	if (isBacked === "none") return null;
	return (
		<p className={styles.backup} data-standing={isBacked === "never" || isBacked === "old" ? "attention" : "good"}>
			{t(`backup.${isBacked}`, { time: moment(backup.missingSince ?? time, language) })}
		</p>
	);
}

type ContentProps = Pick<FleetScreenProps, "store" | "fleet"> & {
	state: FleetState;
	t: Translate;
	language: FleetLanguage;
};

function Content({ state, store, fleet, t, language }: ContentProps) {
	switch (state.at) {
		case "loading":
			return <p className={styles.waiting}>{t("loading")}</p>;
		case "unavailable":
			return (
				<p className={styles.waiting} role="alert">
					{t("unavailable")}
				</p>
			);
		case "entering":
			return <SignIn state={state} fleet={fleet} t={t} />;
		case "looking": {
			const Shown = VIEWS[state.view];
			return <Shown state={state} dispatch={store.dispatch} fleet={fleet} t={t} language={language} />;
		}
	}
}
