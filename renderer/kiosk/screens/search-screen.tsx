import { type CSSProperties, useEffect, useMemo, useRef, useState } from "react";
import type { KeywordsAnswer } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { Button } from "../components/button.tsx";
import { useDispatch, useKiosk, useKioskContext, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Phrases } from "../components/phrases.tsx";
import { TopicTile, tileLine, tileText } from "../components/topic-tiles.tsx";
import { useFit } from "../components/use-fit.ts";
import { untilAnswered } from "../components/use-other-sites.ts";
import { createSearch } from "../search/find-topics.ts";
import { formatTyped } from "../search/fold.ts";
import { KEYS } from "../search/keyboard.ts";
import type { StateAt } from "../state/state.ts";
import styles from "./search-screen.module.css";

/** The room above the keys; another letter brings the other topics. */
const MAX_RESULTS = 4;

/** Finds a topic by its name or by everyday words, typed on the script's own keys or a keyboard. */
export default function SearchScreen({ state }: { state: StateAt<"search"> }) {
	const { language, typed } = state;
	const known = useKiosk("topics")[language];
	const { t } = useMessages();
	const dispatch = useDispatch();
	const keywords = useKeywords(language);
	const search = useMemo(
		() => createSearch(language, [...(known?.topics ?? []), ...(known?.otherSites ?? [])], keywords?.topics),
		[language, known, keywords],
	);
	const found = search.find(typed).slice(0, MAX_RESULTS);
	const hasMissed = found.length === 0 && typed.trim() !== "";
	useMissReport(hasMissed ? typed : "", language);
	const list = useRef<HTMLUListElement>(null);
	useFit(list, "[data-box]", found.map((topic) => tileText(t, topic, language)).join());

	const erase = () => dispatch({ type: "search-typed", typed: [...typed].slice(0, -1).join("") });
	const press = (key: string) => dispatch({ type: "search-typed", typed: typed + key });
	useTyping(press, erase);

	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>
					<Phrases text={t("search.title")} />
				</Heading>
				<p className={styles.hint}>{t("search.hint")}</p>
				<p className={styles.typed} aria-live="polite">
					<Icon name="search" />
					<bdi>{formatTyped(language, typed)}</bdi>
				</p>
			</div>
			{hasMissed && keywords && <Nothing texts={keywords.texts} />}
			<ul ref={list} className={styles.found} aria-live="polite" hidden={hasMissed}>
				{found.map((topic) => (
					<li key={topic.id}>
						<TopicTile
							topic={topic}
							line={tileLine(t, topic, language)}
							onPress={() => dispatch({ type: "topic-selected", topic: topic.id })}
						/>
					</li>
				))}
			</ul>
			<Keyboard language={language} onPress={press} />
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => dispatch({ type: "went-back" })}>
					{t("back")}
				</Button>
				<Button kind="plain" icon={<Icon name="delete" directed />} onPress={erase}>
					{t("checkIn.erase")}
				</Button>
			</div>
		</main>
	);
}

/** What to do where no topic fits the words. */
function Nothing({ texts }: Pick<KeywordsAnswer, "texts">) {
	const dispatch = useDispatch();
	return (
		<div className={styles.nothing}>
			<p role="status">{texts.nothing}</p>
			<div>
				<Button kind="plain" onPress={() => dispatch({ type: "went-back" })}>
					{texts.allTopics}
				</Button>
				<Button kind="plain" onPress={() => dispatch({ type: "staff-requested" })}>
					{texts.askStaff}
				</Button>
			</div>
		</div>
	);
}

/** Everyday words of the topics; none until the station answers, and then names alone are found. */
function useKeywords(language: Language): KeywordsAnswer | undefined {
	const { keywords } = useKioskContext();
	const [known, setKnown] = useState<KeywordsAnswer>();
	useEffect(() => {
		const mounted = new AbortController();
		void untilAnswered(() => keywords(language), mounted.signal).then((answer) => {
			if (answer && !mounted.signal.aborted) setKnown(answer);
		});
		return () => mounted.abort();
	}, [keywords, language]);
	return known;
}

/** A visitor who types on has not missed yet. */
const MISSED_AFTER_MS = 1_500;

/** Tells the station of words that find nothing, once the visitor has stopped typing. */
function useMissReport(typed: string, language: Language): void {
	const { reportSearchMiss } = useKioskContext();
	useEffect(() => {
		if (typed === "") return;
		const timer = setTimeout(() => void reportSearchMiss(formatTyped(language, typed), language), MISSED_AFTER_MS);
		return () => clearTimeout(timer);
	}, [reportSearchMiss, typed, language]);
}

interface KeyboardProps {
	language: Language;
	onPress(key: string): void;
}

function Keyboard({ language, onPress }: KeyboardProps) {
	const keys = KEYS[language];
	const rows = "rows" in keys ? keys.rows : [keys.alphabet];
	return (
		<div className={styles.keys} lang={language === "zh-Hans" ? "zh-Latn" : undefined}>
			{rows.map((row, place) =>
				[...row].map((key, index) => (
					<button
						key={key}
						type="button"
						style={index === 0 ? startOf(row, place) : undefined}
						onClick={() => onPress(key)}
					>
						{key.toLocaleUpperCase(language)}
					</button>
				)),
			)}
		</div>
	);
}

const KEYS_TO_A_ROW = 10;

/** Columns are half a key wide, so that a shorter row is centred, as on every keyboard. */
function startOf(row: string, place: number): CSSProperties | undefined {
	if (place === 0) return undefined;
	return { gridColumnStart: 1 + KEYS_TO_A_ROW - [...row].length };
}

function useTyping(press: (key: string) => void, erase: () => void): void {
	useEffect(() => {
		function onKeyDown(event: KeyboardEvent): void {
			if (event.ctrlKey || event.altKey || event.metaKey) return;
			if (event.key === "Backspace") erase();
			else if ([...event.key].length === 1) press(event.key.toLowerCase());
		}
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	});
}
