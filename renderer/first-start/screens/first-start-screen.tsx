import { useEffect, useSyncExternalStore } from "react";
import icon from "../../ui/icon.svg";
import { LanguageChoice } from "../../ui/language-choice.tsx";
import type { Store } from "../../ui/store.ts";
import type { FirstStart } from "../effects/first-start-effects.ts";
import styles from "../first-start.module.css";
import { type Translate, translateIn } from "../messages/messages.ts";
import { type FirstStartEvent, type FirstStartState, indexOfStep, STEPS } from "../state/state.ts";
import { ClockScreen } from "./clock-screen.tsx";
import { DevicesScreen } from "./devices-screen.tsx";
import { DoneScreen } from "./done-screen.tsx";
import { LanguageScreen } from "./language-screen.tsx";
import { PrinterScreen } from "./printer-screen.tsx";
import { ServerScreen } from "./server-screen.tsx";
import { SiteScreen } from "./site-screen.tsx";
import type { StepProps } from "./step-props.ts";
import { SupervisorScreen } from "./supervisor-screen.tsx";

export interface FirstStartScreenProps {
	store: Store<FirstStartState, FirstStartEvent>;
	firstStart: FirstStart;
	hasSecondDisplay: boolean;
	/** The shell shows the board by itself. */
	isShell: boolean;
	openKiosk(): void;
}

export function FirstStartScreen({ store, ...props }: FirstStartScreenProps) {
	const state = useSyncExternalStore(store.subscribe, store.read);
	const { language, at, isLost } = state;
	const t = translateIn(language);
	useEffect(() => {
		document.documentElement.lang = language;
		document.title = translateIn(language)("title");
	}, [language]);
	return (
		<div className={styles.page}>
			<header className={styles.top}>
				<img src={icon} alt="" />
				<span className={styles.product}>{t("title")}</span>
				<Progress at={at} t={t} />
				{indexOfStep(at) > 0 && (
					<LanguageChoice
						label={t("language")}
						chosen={language}
						onChoose={(chosen) => store.dispatch({ type: "language-chosen", language: chosen })}
					/>
				)}
			</header>
			{isLost && (
				<p role="status" className={styles.lost}>
					{t("lost")}
				</p>
			)}
			<Content state={state} store={store} t={t} {...props} />
		</div>
	);
}

function Progress({ at, t }: { at: FirstStartState["at"]; t: Translate }) {
	const index = at === "done" ? STEPS.length : indexOfStep(at);
	if (index < 0) return <span className={styles.spring} />;
	return (
		<ol className={styles.progress} aria-label={t("progress")}>
			{STEPS.map((step, position) => (
				<li key={step} data-done={position < index || undefined} aria-current={position === index ? "step" : undefined}>
					<span>{t(`step.${step}`)}</span>
				</li>
			))}
		</ol>
	);
}

function Content({
	state,
	store,
	t,
	firstStart,
	hasSecondDisplay,
	isShell,
	openKiosk,
}: FirstStartScreenProps & { state: FirstStartState; t: Translate }) {
	const { at, setup, language } = state;
	if (setup === null) return <p className={styles.notice}>{t(at === "closed" ? "closed" : "loading")}</p>;
	const step: StepProps = {
		...{ t, language, setup, firstStart },
		goOn: () => store.dispatch({ type: "went-on" }),
		goBack: () => store.dispatch({ type: "went-back" }),
	};
	switch (at) {
		case "loading":
		case "closed":
			return <p className={styles.notice}>{t(at)}</p>;
		case "language":
			return (
				<LanguageScreen
					onChoose={(chosen) => {
						store.dispatch({ type: "language-chosen", language: chosen });
						store.dispatch({ type: "went-on" });
					}}
				/>
			);
		case "site":
			return <SiteScreen key={language} {...step} />;
		case "printer":
			return <PrinterScreen {...step} />;
		case "clock":
			return <ClockScreen {...step} />;
		case "server":
			return <ServerScreen {...step} goToPrinter={() => store.dispatch({ type: "went-to", step: "printer" })} />;
		case "devices":
			return <DevicesScreen {...step} hasSecondDisplay={hasSecondDisplay} isShell={isShell} />;
		case "supervisor":
			return <SupervisorScreen {...step} />;
		case "done":
			return <DoneScreen setup={setup} supervisor={state.supervisor} t={t} language={language} openKiosk={openKiosk} />;
	}
}
