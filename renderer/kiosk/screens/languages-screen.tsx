import { type CSSProperties, useEffect, useState } from "react";
import type { Language } from "../../../protocol/language.ts";
import { directionOf, LANGUAGE_NAMES, LANGUAGES } from "../../i18n/languages.ts";
import type { Words } from "../../i18n/words.ts";
import { canDraw } from "../../ui/fonts.ts";
import { type KioskWords, useKiosk, useParts, useTell } from "../context.ts";
import { Heading } from "../parts/heading.tsx";
import styles from "./languages-screen.module.css";

/** The first screen, for whoever comes by: twelve languages by their own names, no flags. */
export function LanguagesScreen({ opening }: { opening: Language | null }) {
	const { words, expect, listening } = useParts();
	const tell = useTell();
	const greeted = useGreeted(words);
	const greeting = words.say(greeted)("languages.welcome");
	const recent = useKiosk("recent");
	const languages = [...recent, ...LANGUAGES.filter((language) => !recent.includes(language))];
	const chinese = words.say("zh-Hans");
	const english = words.say("en");
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
							onPointerDown={() => expect(language)}
							onFocus={() => listening()?.offer(language)}
							onClick={() => tell({ type: "language-chosen", language, key: crypto.randomUUID() })}
						>
							{LANGUAGE_NAMES[language]}
						</button>
					</li>
				))}
			</ul>
		</main>
	);
}

const GREETED_FOR = 3_000;
/** As long as a screen that nobody touches waits for its visitor. */
const STANDS_STILL_FOR = 60_000;
/** What says that somebody is here. */
const SIGNS_OF_A_PERSON = ["pointerdown", "keydown", "focusin"] as const;

/**
 * The language that whoever comes by is greeted in: one after the other, while its tile is lit, so that the screen
 * says by itself what it wants. Only those whose words and glyphs are here; only English for people who want no motion.
 * From somebody's first touch, key or focus on it stands still while they are here (WCAG 2.2.2), or listen.
 */
function useGreeted(words: Words<KioskWords>): Language {
	const [greeted, setGreeted] = useState<Language>("en");
	const { listen } = useKiosk("modes");
	useEffect(() => {
		if (listen === "changed" || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
		const ready = (one: Language) => words.has(one) && canDraw(one, words.say(one)("languages.welcome"));
		const all: readonly Language[] = LANGUAGES.filter((one) => one !== "zh-Hans");
		const next = (shown: Language) => [...all.slice(all.indexOf(shown) + 1), ...all].find((one) => ready(one)) ?? shown;
		let timer = 0;
		// An interval: where no other language is here yet, it looks again.
		const greetOn = () => {
			timer = window.setInterval(() => setGreeted(next), GREETED_FOR);
		};
		// The same kind of number: clearing one clears the other.
		const standStill = () => {
			clearTimeout(timer);
			timer = window.setTimeout(greetOn, STANDS_STILL_FOR);
		};
		greetOn();
		for (const sign of SIGNS_OF_A_PERSON) addEventListener(sign, standStill);
		return () => {
			clearTimeout(timer);
			for (const sign of SIGNS_OF_A_PERSON) removeEventListener(sign, standStill);
		};
	}, [words, listen]);
	return greeted;
}
