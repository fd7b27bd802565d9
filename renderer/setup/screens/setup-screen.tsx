import { useEffect, useState, useSyncExternalStore } from "react";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import icon from "../../ui/icon.svg";
import { LanguageChoice } from "../../ui/language-choice.tsx";
import type { Store } from "../../ui/store.ts";
import { CodeEntry } from "../components/code-entry.tsx";
import { Devices } from "../components/devices.tsx";
import { NetworkCard } from "../components/network-card.tsx";
import { ServerCard } from "../components/server-card.tsx";
import type { Setup } from "../effects/setup-effects.ts";
import { type Translate, translateIn } from "../messages/messages.ts";
import styles from "../setup.module.css";
import type { SetupEvent, SetupState } from "../state/state.ts";

interface SetupScreenProps {
	store: Store<SetupState, SetupEvent>;
	setup: Setup;
	firstLanguage: StaffLanguage;
}

export function SetupScreen({ store, setup, firstLanguage }: SetupScreenProps) {
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
				{state.at === "managing" && (
					<a className={styles.quiet} href="/desk">
						{t("back")}
					</a>
				)}
				<LanguageChoice label={t("language")} chosen={language} onChoose={setLanguage} />
			</header>
			<Content state={state} store={store} setup={setup} t={t} language={language} />
		</div>
	);
}

type ContentProps = {
	state: SetupState;
	store: SetupScreenProps["store"];
	setup: Setup;
	t: Translate;
	language: StaffLanguage;
};

function Content({ state, store, setup, t, language }: ContentProps) {
	switch (state.at) {
		case "loading":
			return <p className={styles.loading}>{t("loading")}</p>;
		case "unavailable":
			return (
				<p className={styles.loading} role="alert">
					{t("unreachable")}
				</p>
			);
		case "pairing":
			return <CodeEntry state={state} setup={setup} t={t} />;
		case "paired":
			return (
				<main className={styles.single}>
					<section className={styles.card} role="status">
						<h2 className={styles.lead}>{t("pairedHeading")}</h2>
						<p className={styles.pairedAs}>
							{t("pairedAs", { kind: t(`kind.${state.device.kind}`), name: state.device.name })}
						</p>
						<a className={styles.primary} href={`/${state.device.kind}`}>
							{t(`open.${state.device.kind}`)}
						</a>
						{state.device.kind === "board" && <p className={styles.hint}>{t("boardSound")}</p>}
					</section>
				</main>
			);
		case "local":
			return (
				<main className={styles.double}>
					<NetworkCard network={state.network} t={t} language={language} />
					<section className={styles.card}>
						<h2>{t("devicesHeading")}</h2>
						<p className={styles.hint}>{t("devicesSignIn")}</p>
						<a className={styles.primary} href="/desk">
							{t("toDesk")}
						</a>
					</section>
				</main>
			);
		case "managing":
			return (
				<main className={styles.double}>
					<div className={styles.column}>
						<NetworkCard network={state.network} t={t} language={language} />
						<ServerCard state={state} setup={setup} t={t} language={language} />
					</div>
					<Devices state={state} store={store} setup={setup} t={t} language={language} />
				</main>
			);
	}
}
