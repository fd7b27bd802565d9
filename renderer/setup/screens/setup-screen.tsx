import { useEffect, useState, useSyncExternalStore } from "react";
import icon from "../../ui/icon.svg";
import { LanguageChoice } from "../../ui/language-choice.tsx";
import type { Store } from "../../ui/store.ts";
import { CodeEntry } from "../components/code-entry.tsx";
import { Devices } from "../components/devices.tsx";
import { NetworkCard } from "../components/network-card.tsx";
import { ServerCard } from "../components/server-card.tsx";
import type { Pair } from "../effects/setup-effects.ts";
import { type PairLanguage, type Say, wordsIn } from "../messages/messages.ts";
import styles from "../setup.module.css";
import type { PairEvent, PairState } from "../state/state.ts";

interface PairScreenProps {
	store: Store<PairState, PairEvent>;
	pair: Pair;
	firstLanguage: PairLanguage;
}

export function PairScreen({ store, pair, firstLanguage }: PairScreenProps) {
	const state = useSyncExternalStore(store.subscribe, store.read);
	const [language, setLanguage] = useState(firstLanguage);
	const say = wordsIn(language);

	useEffect(() => {
		document.documentElement.lang = language;
		document.title = wordsIn(language)("title");
	}, [language]);

	return (
		<div className={styles.page}>
			<header className={styles.topBar}>
				<img src={icon} alt="" width="32" height="32" />
				<h1 className={styles.title}>{say("title")}</h1>
				{state.at === "managing" && (
					<a className={styles.quiet} href="/desk">
						{say("back")}
					</a>
				)}
				<LanguageChoice label={say("language")} chosen={language} onChoose={setLanguage} />
			</header>
			<Content state={state} store={store} pair={pair} say={say} language={language} />
		</div>
	);
}

type ContentProps = { state: PairState; store: PairScreenProps["store"]; pair: Pair; say: Say; language: PairLanguage };

function Content({ state, store, pair, say, language }: ContentProps) {
	switch (state.at) {
		case "loading":
			return <p className={styles.waiting}>{say("loading")}</p>;
		case "away":
			return (
				<p className={styles.waiting} role="alert">
					{say("missed")}
				</p>
			);
		case "entering":
			return <CodeEntry state={state} pair={pair} say={say} />;
		case "paired":
			return (
				<main className={styles.single}>
					<section className={styles.card} role="status">
						<h2 className={styles.lead}>{say("pairedHeading")}</h2>
						<p className={styles.pairedAs}>
							{say("pairedAs", { kind: say(`kind.${state.device.kind}`), name: state.device.name })}
						</p>
						<a className={styles.primary} href={`/${state.device.kind}`}>
							{say(`open.${state.device.kind}`)}
						</a>
					</section>
				</main>
			);
		case "set-up":
			return (
				<main className={styles.double}>
					<NetworkCard network={state.network} say={say} language={language} />
					<section className={styles.card}>
						<h2>{say("devicesHeading")}</h2>
						<p className={styles.hint}>{say("devicesSignIn")}</p>
						<a className={styles.primary} href="/desk">
							{say("toDesk")}
						</a>
					</section>
				</main>
			);
		case "managing":
			return (
				<main className={styles.double}>
					<div className={styles.column}>
						<NetworkCard network={state.network} say={say} language={language} />
						<ServerCard state={state} pair={pair} say={say} language={language} />
					</div>
					<Devices state={state} store={store} pair={pair} say={say} language={language} />
				</main>
			);
	}
}
