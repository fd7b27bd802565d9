import { type CSSProperties, useEffect, useMemo, useRef } from "react";
import type { Language } from "../../../protocol/model/language.ts";
import { Button } from "../components/button.tsx";
import { useDispatch, useKiosk, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Phrases } from "../components/phrases.tsx";
import { TopicTile, tileLine, tileText } from "../components/topic-tiles.tsx";
import { useFit } from "../components/use-fit.ts";
import { createSearch, formatTyped } from "../search/find.ts";
import { KEYS } from "../search/keys.ts";
import type { StateAt } from "../state/state.ts";
import styles from "./search-screen.module.css";

/** The room above the keys; another letter brings the other topics. */
const MAX_RESULTS = 4;

/** Finds a topic by the first letters of its name, typed on the script's own keys or a keyboard. */
export default function SearchScreen({ state }: { state: StateAt<"search"> }) {
	const { language, typed } = state;
	const known = useKiosk("topics")[language];
	const { t } = useMessages();
	const dispatch = useDispatch();
	const search = useMemo(
		() => createSearch(language, [...(known?.topics ?? []), ...(known?.otherSites ?? [])]),
		[language, known],
	);
	const found = search.find(typed).slice(0, MAX_RESULTS);
	const usableKeys = search.usableKeys(typed);
	const list = useRef<HTMLUListElement>(null);
	useFit(list, "[data-box]", found.map((topic) => tileText(t, topic, language)).join());

	const erase = () => dispatch({ type: "search-typed", typed: [...typed].slice(0, -1).join("") });
	// A key without results does nothing: there is always something to select.
	const press = (key: string) => usableKeys.has(key) && dispatch({ type: "search-typed", typed: typed + key });
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
			<ul ref={list} className={styles.found} aria-live="polite">
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
			<Keyboard language={language} usableKeys={usableKeys} onPress={press} />
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

interface KeyboardProps {
	language: Language;
	usableKeys: ReadonlySet<string>;
	onPress(key: string): void;
}

function Keyboard({ language, usableKeys, onPress }: KeyboardProps) {
	const keys = KEYS[language];
	const rows = "rows" in keys ? keys.rows : [keys.alphabet];
	return (
		<div className={styles.keys} lang={language === "zh-Hans" ? "zh-Latn" : undefined}>
			{rows.map((row, place) =>
				[...row].map((key, index) => (
					<button
						key={key}
						type="button"
						aria-disabled={!usableKeys.has(key)}
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
