import { type CSSProperties, useState } from "react";
import { directionOf, LANGUAGE_NAMES, LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import { useDispatch, useKiosk, useKioskContext } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { lazy } from "../components/lazy.tsx";
import styles from "./languages-screen.module.css";

const attract = lazy(() => import("../components/attract.tsx"));

/** The first screen: twelve languages by their own names, no flags. */
export function LanguagesScreen({ opening }: { opening: Language | null }) {
	const { messages, preloadLanguage } = useKioskContext();
	const dispatch = useDispatch();
	const [greeted, setGreeted] = useState<Language>("en");
	const greeting = messages.t(greeted)("languages.welcome");
	const recent = useKiosk("recent");
	const languages = [...recent, ...LANGUAGES.filter((language) => !recent.includes(language))];
	const chinese = messages.t("zh-Hans");
	const english = messages.t("en");
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<p className={styles.welcome}>
					<span lang="zh-Hans">{chinese("languages.welcome")}</span>
					<span
						key={greeted}
						className={styles.greeting}
						lang={greeted}
						dir={directionOf(greeted)}
						style={{ "--letters": greeting.length } as CSSProperties}
					>
						{greeting}
					</span>
				</p>
				<Heading className={styles.question}>
					<span lang="zh-Hans">{chinese("languages.choose")}</span> <span lang="en">{english("languages.choose")}</span>
				</Heading>
			</div>
			<div className={styles.steps}>
				<attract.Screen greeted={greeted} onGreet={setGreeted} />
			</div>
			<ul className={styles.languages}>
				{languages.map((language) => (
					<li key={language}>
						<button
							type="button"
							className={styles.language}
							lang={language}
							dir={directionOf(language)}
							data-chosen={language === opening ? "" : undefined}
							data-greeted={language === greeted ? "" : undefined}
							onPointerDown={() => preloadLanguage(language)}
							onClick={() => dispatch({ type: "language-selected", language, key: crypto.randomUUID() })}
						>
							{LANGUAGE_NAMES[language]}
						</button>
					</li>
				))}
			</ul>
		</main>
	);
}
