import { type CSSProperties, useRef } from "react";
import type { Topic, TopicAtOtherSites } from "../../../protocol/api/board.ts";
import type { Language } from "../../../protocol/model/language.ts";
import { formatWait } from "../messages/format-wait.ts";
import type { KioskTranslate } from "../messages/messages.ts";
import { choicesPerScreen } from "../state/modes.ts";
import { isAvailable } from "../state/state.ts";
import { pageOf } from "../state/topic-pages.ts";
import { useKiosk, useLangOf, useMessages } from "./context.ts";
import { Icon } from "./icon.tsx";
import { Phrases } from "./phrases.tsx";
import styles from "./topic-tiles.module.css";
import { useFit } from "./use-fit.ts";

interface TopicTilesProps {
	topics: readonly (Topic | TopicAtOtherSites)[];
	page: number;
	/** Where several topics can be selected: those that are. */
	selected?: readonly string[];
	/** No other topic can be added to the selected ones. */
	isFull?: boolean;
	/** The number of topics that only other sites offer, where a tile leads to them. */
	otherSiteTopics?: number;
	onSelect(topic: string): void;
	onMore(page: number): void;
	onOtherSites?(): void;
}

/** A page of topics as tiles, grouped. The last tile leads to further topics, if any. */
export function TopicTiles(props: TopicTilesProps) {
	const { topics, page, selected, isFull = false, otherSiteTopics = 0, onSelect, onMore, onOtherSites } = props;
	const { language, t } = useMessages();
	const langOf = useLangOf();
	const list = useRef<HTMLUListElement>(null);
	const choices = choicesPerScreen(useKiosk("modes"));
	const { shown, left, otherSites } = pageOf(topics, page, { others: otherSiteTopics, choices });
	const hasGroups = new Set(shown.map(({ group }) => group.id)).size > 1;
	useFit(list, "[data-box]", shown.map((topic) => tileText(t, topic, language)).join());
	return (
		<ul ref={list} className={styles.topics} style={rowsOf(shown.length + (left > 0 || otherSites ? 1 : 0))}>
			{shown.map((topic, place) => (
				<li key={topic.id}>
					{hasGroups && shown[place - 1]?.group.id !== topic.group.id && (
						<span className={styles.group} lang={langOf(topic.group.name)}>
							{topic.group.name}
						</span>
					)}
					<TopicTile
						topic={topic}
						line={"availability" in topic ? tileLine(t, topic, language) : undefined}
						selected={selected?.includes(topic.id)}
						disabled={isFull && !selected?.includes(topic.id)}
						onPress={() => onSelect(topic.id)}
					/>
				</li>
			))}
			{left > 0 && (
				<li>
					<Tile
						icon="ellipsis"
						name={t("topics.more")}
						line={t("topics.moreHint", { count: left })}
						onPress={() => onMore(page + 1)}
					/>
				</li>
			)}
			{otherSites && (
				<li>
					<Tile
						icon="map-pin-house"
						name={t("topics.otherSites")}
						line={t("topics.atOtherSites")}
						onPress={() => onOtherSites?.()}
					/>
				</li>
			)}
		</ul>
	);
}

/** The number of rows for each number of columns that a layout may have. */
function rowsOf(tiles: number): CSSProperties {
	const rows = Object.fromEntries([2, 3, 4].map((columns) => [`--rows-of-${columns}`, Math.ceil(tiles / columns)]));
	return rows as CSSProperties;
}

interface TopicTileProps {
	topic: Topic | TopicAtOtherSites;
	line: string | undefined;
	selected?: boolean | undefined;
	disabled?: boolean;
	onPress(): void;
}

/** One topic as a tile: its name and a line about it. */
export function TopicTile({ topic, line, selected, disabled, onPress }: TopicTileProps) {
	const { t } = useMessages();
	const langOf = useLangOf();
	const isUnavailable = "availability" in topic && !isAvailable(topic.availability);
	const { icon, name } = topic;
	const mark = "availability" in topic ? lastMark(t, topic) : undefined;
	const shown = { icon, name, lang: langOf(name), line, mark, isUnavailable, selected, disabled };
	return <Tile {...shown} onPress={onPress} />;
}

/** So few are left that the next visitor wants to know how many. */
const FEW_LEFT = 5;

/** That it is one of the day's last numbers, with how many there are; they may also be the last because the day ends. */
export function lastMark(t: KioskTranslate, { availability, left }: Topic): string | undefined {
	if (availability !== "last") return undefined;
	return left !== null && left <= FEW_LEFT ? t("topics.left", { left }) : t("topics.last");
}

/** The wait, why the topic is not available, or that other sites offer it. */
export function tileLine(t: KioskTranslate, topic: Topic | TopicAtOtherSites, language: Language): string {
	if (!("availability" in topic)) return t("topics.atOtherSites");
	switch (topic.availability) {
		case "available":
		case "last":
			return formatWait(t, topic, language);
		case "closed":
		case "full":
		case "later":
		case "site-closed":
			return t(`topics.${topic.availability}`);
	}
}

/** Everything that a tile shows: its text size depends on it. */
export function tileText(t: KioskTranslate, topic: Topic | TopicAtOtherSites, language: Language): string {
	return [
		topic.name,
		"availability" in topic && [topic.availability, lastMark(t, topic)],
		tileLine(t, topic, language),
	].join(" ");
}

interface TileProps {
	icon: string;
	name: string;
	lang?: Language | undefined;
	line: string | undefined;
	/** An additional note. */
	mark?: string | undefined;
	isUnavailable?: boolean;
	selected?: boolean | undefined;
	disabled?: boolean | undefined;
	onPress(): void;
}

function Tile({ icon, name, lang, line, mark, isUnavailable = false, selected, disabled = false, onPress }: TileProps) {
	return (
		<button
			type="button"
			className={styles.tile}
			data-unavailable={isUnavailable ? "" : undefined}
			aria-pressed={selected}
			aria-disabled={disabled || undefined}
			onClick={onPress}
			data-box
		>
			<span className={styles.icon}>
				<Icon name={selected === true ? "check" : icon} />
			</span>
			<span className={styles.text}>
				<span className={styles.name} lang={lang} data-two-lines>
					<Phrases text={name} lang={lang} />
				</span>
				{line !== undefined && <span className={styles.line}>{line}</span>}
				{mark !== undefined && <span className={styles.mark}>{mark}</span>}
			</span>
		</button>
	);
}
